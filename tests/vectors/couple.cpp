#include "vectors/couple.h"

#include <sodium.h>

#include "wire/tagged.h"

namespace attune::tests {

using namespace wire;

Keys keys_of(std::uint8_t number) {
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed;
  seed.fill(number);
  Keys out;
  out.secret.resize(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(out.sign.bytes.data(), out.secret.data(), seed.data());
  crypto_scalarmult_base(out.box.bytes.data(), seed.data());
  return out;
}

Member member_of(const Keys& keys, std::uint8_t person, Role role, const StreamId& self) {
  return {.sign = keys.sign,
          .box = keys.box,
          .person = person,
          .role = role,
          .self = self,
          .join = sign_join(keys.secret, self, role, keys.sign, keys.box)};
}

Box box_for(const Keys& keys) { return {.recipient = keys.sign, .sealed = {}}; }

Header control_header(const Keys& author, const Control& control) {
  const Bytes skeleton = encode(control);
  Header out;
  out.cls = Class::control;
  out.author = author.sign;
  out.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  out.skeleton_hash = skeleton_hash(skeleton);
  out.content_hash = content_hash({});
  return out;
}

Record event_record(const Keys& author, const Header& on_top_of, ByteView skeleton, ByteView content) {
  Record out;
  out.header.stream = stream_of(on_top_of);
  out.header.position = on_top_of.position + 1;
  out.header.prev = history_hash(on_top_of);
  out.header.author = author.sign;
  out.header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  out.header.content_length = static_cast<std::uint32_t>(content.size());
  out.header.skeleton_hash = skeleton_hash(skeleton);
  out.header.content_hash = content_hash(content);
  out.signature = sign_header(author.secret, out.header);
  if (!skeleton.empty()) out.skeleton = Bytes(skeleton.begin(), skeleton.end());
  if (!content.empty()) out.content = Bytes(content.begin(), content.end());
  return out;
}

Couple::Couple() {
  Member only = member_of(phone, 0, Role::device, {});
  only.join = {};
  mine_genesis.key_id = all<KeyId>(1);
  mine_genesis.adds = {only};
  mine_genesis.boxes = {box_for(phone)};
  mine = *found(control_header(phone, mine_genesis), mine_genesis);

  ours_genesis.kind = StreamKind::ours;
  ours_genesis.pairing = all<Hash>(2);
  ours_genesis.key_id = all<KeyId>(3);
  ours_genesis.adds = {member_of(phone, 0, Role::device, self), member_of(laptop, 0, Role::device, self),
                       member_of(phrase, 0, Role::phrase, self), member_of(other, 1, Role::device, other_self)};
  ours_genesis.boxes = {box_for(phone), box_for(laptop), box_for(phrase), box_for(other)};
  const Table founded = *found(control_header(phone, ours_genesis), ours_genesis);

  next.cls = Class::control;
  next.stream = founded.stream;
  next.author = phone.sign;
  next.position = 9;
  Members with_reader;
  with_reader.adds = {member_of(reader, 0, Role::reader, self)};
  ours = *apply(founded, next, with_reader, earlier());
  next.position = 10;
}

Members Couple::adding() const {
  Members out;
  out.pairing = all<Hash>(4);
  out.adds = {member_of(fresh, 0, Role::device, self)};
  out.boxes = {box_for(fresh)};
  return out;
}

Members Couple::removing() const {
  Members out;
  out.removes = {laptop.sign};
  out.boxes = {box_for(phone), box_for(phrase), box_for(other)};
  out.epoch = NewEpoch{.epoch = 1, .key_id = all<KeyId>(5), .old_key = {}};
  return out;
}

EarlierAt Couple::earlier() {
  return [](std::uint64_t position) -> std::optional<Earlier> {
    switch (position) {
      case 1: return Earlier{.cls = Class::event, .author = keys_of(1).sign};
      case 2: return Earlier{.cls = Class::control, .author = keys_of(1).sign};
      case 3: return Earlier{.cls = Class::event, .author = keys_of(5).sign};
      case 4: return Earlier{.cls = Class::event, .author = keys_of(2).sign};
      case 5: return Earlier{.cls = Class::event, .author = keys_of(7).sign};
      case 10: return Earlier{.cls = Class::event, .author = keys_of(1).sign};
      default: return std::nullopt;
    }
  };
}

}  // namespace attune::tests
