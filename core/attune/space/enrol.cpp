#include "attune/space/enrol.h"

#include "wire/tagged.h"

namespace attune::space {

namespace {

wire::Box box_for(const wire::Member& member, const StreamId& stream, std::uint32_t epoch, const crypto::Key& key,
                  const Entropy& entropy) {
  return crypto::seal_key(member.sign, member.box, stream, epoch, key.view(), entropy);
}

}  // namespace

wire::Member own_member(const crypto::DeviceKeys& keys, wire::Role role, const StreamId& self, std::uint8_t person) {
  return {.sign = keys.sign,
          .box = keys.box,
          .person = person,
          .role = role,
          .self = self,
          .join = wire::sign_join(keys.sign_secret.view(), self, role, keys.sign, keys.box)};
}

wire::Genesis found_mine(const crypto::DeviceKeys& me, const Entropy& entropy) {
  const crypto::Key key = crypto::random_key(entropy);
  wire::Genesis out;
  out.kind = wire::StreamKind::mine;
  out.key_id = crypto::key_id({}, 0, key.view());
  out.adds.push_back({.sign = me.sign, .box = me.box, .person = 0, .role = wire::Role::device, .self = {}, .join = {}});
  out.boxes.push_back(box_for(out.adds.front(), {}, 0, key, entropy));
  return out;
}

wire::Genesis found_ours(std::vector<wire::Member> members, const Hash& pairing, const Entropy& entropy) {
  const crypto::Key key = crypto::random_key(entropy);
  wire::Genesis out;
  out.kind = wire::StreamKind::ours;
  out.pairing = pairing;
  out.key_id = crypto::key_id({}, 0, key.view());
  out.adds = std::move(members);
  for (const wire::Member& member : out.adds) out.boxes.push_back(box_for(member, {}, 0, key, entropy));
  return out;
}

Hash successor_pairing(const Hash& earlier, const wire::Continues& continues) {
  Writer position;
  position.number(continues.position);
  const Bytes at = std::move(position).take();
  return wire::tagged_hash("successor", {earlier.view(), continues.stream.view(), at, continues.history.view()});
}

wire::Genesis found_successor(std::vector<wire::Member> members, const Hash& earlier, const wire::Continues& continues,
                              const Entropy& entropy) {
  wire::Genesis out = found_ours(std::move(members), successor_pairing(earlier, continues), entropy);
  out.continues = continues;
  return out;
}

wire::Members add_members(const log::Stream& stream, std::vector<wire::Member> adds, const Hash& pairing,
                          const Entropy& entropy) {
  wire::Members out;
  out.pairing = pairing;
  out.adds = std::move(adds);
  const std::uint32_t epoch = stream.table().epoch;
  for (const wire::Member& member : out.adds) {
    if (member.role != wire::Role::reader) {
      out.boxes.push_back(box_for(member, stream.id(), epoch, *stream.key(epoch), entropy));
    }
  }
  return out;
}

wire::Members replace_members(const log::Stream& stream, std::vector<wire::Member> adds, std::vector<SignKey> removes,
                              const Entropy& entropy) {
  const std::uint32_t old_epoch = stream.table().epoch;
  const crypto::Key key = crypto::random_key(entropy);
  wire::Members out;
  out.adds = std::move(adds);
  out.removes = std::move(removes);
  out.epoch = wire::NewEpoch{
      .epoch = old_epoch + 1,
      .key_id = crypto::key_id(stream.id(), old_epoch + 1, key.view()),
      .old_key = crypto::seal_old_key(key.view(), stream.id(), old_epoch, stream.key(old_epoch)->view(), entropy)};
  const auto box = [&](const wire::Member& member) {
    if (member.role != wire::Role::reader) {
      out.boxes.push_back(box_for(member, stream.id(), old_epoch + 1, key, entropy));
    }
  };
  for (const wire::Seat& seat : stream.table().seats) {
    if (!seat.removed_at && std::ranges::find(out.removes, seat.member.sign) == out.removes.end()) box(seat.member);
  }
  for (const wire::Member& member : out.adds) box(member);
  return out;
}

}  // namespace attune::space
