#include "attune/space/mending.h"

#include <algorithm>

#include "attune/log/planted.h"
#include "attune/log/reading.h"
#include "attune/log/writer.h"
#include "attune/space/enrol.h"

namespace attune::space {

namespace {

/// The yes that a record holds, if it is one.
std::optional<Continued::Fields> yes_in(const log::Stream& stream, const log::Held& held) {
  const wire::Header& header = held.record.header;
  const crypto::Key* key = stream.key(header.epoch);
  if (header.cls != wire::Class::event || held.voided || !held.record.skeleton || key == nullptr) return std::nullopt;
  const auto text = log::open_skeleton(stream.id(), held.record, key->view());
  const auto skeleton = text ? log::read_skeleton(StreamKind::ours, *text) : Result<log::Skeleton>(refuse(kBadMail));
  if (!skeleton) return std::nullopt;
  for (const log::Item& item : skeleton->items) {
    Continued::Fields fields;
    if (item.kind != Continued::kKind || item.version != Continued::kVersion) continue;
    if (schema::read(item.fields, fields)) return fields;
  }
  return std::nullopt;
}

std::optional<Continued::Content> content_in(const log::Stream& stream, const log::Held& held) {
  const crypto::Key* key = stream.key(held.record.header.epoch);
  if (key == nullptr || !held.record.content) return std::nullopt;
  const auto text = log::open_content(stream.id(), held.record, key->view());
  const auto json = text ? log::read_content(StreamKind::ours, *text, 0) : Result<schema::Json>(refuse(kBadMail));
  Continued::Content content;
  if (!json || !schema::read(*json, content)) return std::nullopt;
  return content;
}

bool names(const Continued::Fields& fields, const wire::Continues& continues) {
  return fields.stream == continues.stream && fields.position == continues.position &&
         fields.history == continues.history;
}

/// The key that its proposer hands on is the one of that place: whoever holds the earlier stream can tell.
bool hands_on_the_key(const Continued::Content& content, const log::Stream& earlier, std::uint64_t position) {
  if (content.epoch != earlier.epoch_at(position)) return false;
  const crypto::Key* key = earlier.key(content.epoch);
  return key == nullptr || Hash::copy_of(key->view()) == content.key;
}

}  // namespace

std::optional<wire::Genesis> genesis_of(const log::Stream& stream) {
  if (stream.empty() || !stream.records().front().record.skeleton) return std::nullopt;
  auto control = wire::decode_control(*stream.records().front().record.skeleton);
  auto* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
  if (genesis == nullptr || genesis->kind != wire::StreamKind::ours) return std::nullopt;
  return std::move(*genesis);
}

std::optional<wire::Continues> continued_by(const log::Stream& stream) {
  const auto genesis = genesis_of(stream);
  return genesis ? genesis->continues : std::nullopt;
}

std::vector<wire::Member> members_at(const log::Stream& stream, std::uint64_t position) {
  std::vector<wire::Member> out;
  for (const wire::Seat& seat : stream.table().seats) {
    if (seat.added_at <= position && !seat.removed_at && seat.member.role != wire::Role::reader) {
      out.push_back(seat.member);
    }
  }
  return out;
}

log::NewEvent yes_to(const wire::Continues& continues, const Continued::Content& content, const log::EventId& id) {
  auto event = log::make<Continued>(
      id, {.stream = continues.stream, .position = continues.position, .history = continues.history}, content);
  event.wake = true;
  return event;
}

Result<std::unique_ptr<log::Stream>> found_behind(const log::Stream& earlier, std::uint64_t position,
                                                  std::vector<wire::Member> members, const crypto::DeviceKeys& me,
                                                  At at, const Entropy& entropy) {
  const auto genesis = genesis_of(earlier);
  const std::uint32_t epoch = earlier.epoch_at(position);
  const crypto::Key* old_key = earlier.key(epoch);
  if (!genesis || old_key == nullptr) return refuse(kNothingToMend);
  const wire::Continues continues{
      .stream = earlier.id(), .position = position, .history = earlier.history_at(position)};
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  const wire::Record first =
      log::make_control(head, me, found_successor(std::move(members), genesis->pairing, continues, entropy));
  auto out = std::make_unique<log::Stream>(head.stream);
  TRY(founded, out->check({wire::encode(first)}));
  out->admit(std::move(founded));
  TRY_VOID(out->unlock(me));
  const Continued::Content content{.epoch = epoch, .key = Hash::copy_of(old_key->view()), .at = at};
  const log::NewEvent yes = yes_to(continues, content, crypto::random_fixed<log::EventId>(entropy));
  const wire::Record second = log::seal_event(head, out->key(0)->view(), me, log::plain_ours(yes), entropy);
  TRY(said, out->check({wire::encode(second)}));
  out->admit(std::move(said));
  return out;
}

Agreed agreed_in(const log::Stream& successor) {
  Agreed out;
  const auto continues = continued_by(successor);
  if (!continues) return out;
  for (const log::Held& held : successor.records()) {
    const wire::Seat* seat = successor.table().seat(held.record.header.author);
    if (seat == nullptr) continue;
    const auto yes = yes_in(successor, held);
    if (!yes || !names(*yes, *continues)) continue;
    auto& by = out.by[seat->member.person];
    if (!by) by = held.record.header.author;
    if (!out.handed_on) out.handed_on = content_in(successor, held);
    if (out.both()) break;
  }
  return out;
}

Verdict judge(const log::Stream& successor, const log::Stream& ours, const wire::Table& mine, const StreamId& self) {
  if (successor.empty()) return Verdict::not_yet;
  const auto genesis = genesis_of(successor);
  if (!genesis || !genesis->continues || genesis->continues->stream != ours.id()) return Verdict::unrelated;
  const wire::Continues& continues = *genesis->continues;
  const wire::Seat* author = ours.table().seat(successor.records().front().record.header.author);
  // My keys are no secret: what a stranger founds with them is not worth a word.
  if (author == nullptr || successor.table().closed) return Verdict::unrelated;
  const auto first = genesis_of(ours);
  if (!first || genesis->pairing != successor_pairing(first->pairing, continues)) return Verdict::refused;
  if (!log::planted().skip_continues) {
    if (continues.position >= ours.next()) return Verdict::not_yet;
    if (ours.history_at(continues.position) != continues.history) return Verdict::another_history;
  }
  if (author->removed_at || author->added_at > continues.position) return Verdict::refused;
  for (const wire::Member& member : genesis->adds) {
    const wire::Seat* seat = ours.table().seat(member.sign);
    if (seat == nullptr || seat->member != member || seat->added_at > continues.position) return Verdict::refused;
    // Whether a device of mine still belongs to me is for *mine* to say; of the other's, what I know counts.
    if (member.self == self ? mine.seat(member.sign) == nullptr : seat->removed_at.has_value()) {
      return Verdict::refused;
    }
  }
  if (successor.next() < 2) return Verdict::not_yet;
  const log::Held& second = successor.records()[1];
  if (!second.record.skeleton || !second.record.content) return Verdict::not_yet;
  const auto yes = yes_in(successor, second);
  const auto content = content_in(successor, second);
  const bool said = yes && names(*yes, continues) && content &&
                    second.record.header.author == successor.records().front().record.header.author;
  if (!said || !hands_on_the_key(*content, ours, continues.position)) return Verdict::refused;
  return Verdict::fits;
}

bool goes_before(const log::Stream& one, const log::Stream& other) {
  const auto left = continued_by(one);
  const auto right = continued_by(other);
  if (!left || !right) return left.has_value();
  return std::pair(left->position, one.id()) < std::pair(right->position, other.id());
}

}  // namespace attune::space
