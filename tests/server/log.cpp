#include "server/log.h"

namespace attune::tests {

using namespace wire;

void resign(Record& record, const Keys& author) { record.signature = sign_header(author.secret, record.header); }

Append append_of(std::uint32_t request, const StreamId& stream, const std::vector<Record>& records) {
  Append out{.request = request, .stream = stream, .wake = false, .records = {}, .ahead = {}};
  for (const Record& record : records) out.records.push_back(encode(record));
  return out;
}

Log::Log(const Keys& founder, const Genesis& genesis) {
  const Control control = genesis;
  Record record;
  record.header = control_header(founder, control);
  record.skeleton = encode(control);
  resign(record, founder);
  id_ = stream_of(record.header);
  records_.push_back(std::move(record));
}

const Record& Log::event(const Keys& author, std::size_t content) {
  ++filler_;
  const Bytes skeleton(256, filler_);
  return add(event_record(author, records_.back().header, skeleton, Bytes(content, filler_)), author);
}

const Record& Log::control(const Keys& author, const Control& control) {
  Record record;
  record.header = control_header(author, control);
  record.skeleton = encode(control);
  const Record& out = add(std::move(record), author);
  if (const auto* members = std::get_if<Members>(&control); members != nullptr && members->epoch) {
    epoch_ = members->epoch->epoch;
  }
  return out;
}

const Record& Log::add(Record record, const Keys& author) {
  record.header.stream = id_;
  record.header.position = records_.size();
  record.header.prev = history();
  record.header.epoch = epoch_;
  resign(record, author);
  records_.push_back(std::move(record));
  return records_.back();
}

Append Log::append(std::uint32_t request, std::uint64_t first, std::uint64_t last) const {
  const auto begin = records_.begin();
  return append_of(request, id_,
                   {begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last) + 1});
}

Genesis mine_genesis(const Keys& founder) {
  Genesis out;
  Member only = member_of(founder, 0, Role::device, {});
  only.join = {};
  out.key_id = all<KeyId>(1);
  out.adds = {only};
  out.boxes = {box_for(founder)};
  return out;
}

Genesis ours_genesis(const Keys& one, const Keys& other, const std::vector<Member>& more) {
  Genesis out;
  out.kind = StreamKind::ours;
  out.pairing = all<Hash>(2);
  out.key_id = all<KeyId>(3);
  out.adds = {member_of(one, 0, Role::device, self_of(0))};
  out.adds.insert(out.adds.end(), more.begin(), more.end());
  out.adds.push_back(member_of(other, 1, Role::device, self_of(1)));
  for (const Member& member : out.adds) out.boxes.push_back({.recipient = member.sign, .sealed = {}});
  return out;
}

Members adding(const Keys& key, std::uint8_t person, const StreamId& self) {
  Members out;
  out.pairing = all<Hash>(4);
  out.adds = {member_of(key, person, Role::device, self)};
  out.boxes = {box_for(key)};
  return out;
}

Members removing(const Keys& key, const std::vector<Keys>& left) {
  Members out;
  out.removes = {key.sign};
  for (const Keys& one : left) out.boxes.push_back(box_for(one));
  out.epoch = NewEpoch{.epoch = 1, .key_id = all<KeyId>(5), .old_key = {}};
  return out;
}

}  // namespace attune::tests
