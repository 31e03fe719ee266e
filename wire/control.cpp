#include "wire/control.h"

#include <cassert>

#include <sodium.h>

#include "wire/limits.h"
#include "wire/tagged.h"

namespace attune::wire {
namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

// ---- writing ----

template <class Count, class Items, class Each>
void write_list(Writer& out, const Items& items, std::size_t most, Each each) {
  assert(items.size() <= most);
  out.number(static_cast<Count>(items.size()));
  for (const auto& item : items) each(item);
}

void write(Writer& out, const Member& member) {
  out.fixed(member.sign)
      .fixed(member.box)
      .number(member.person)
      .number(static_cast<std::uint8_t>(member.role))
      .fixed(member.self)
      .fixed(member.join);
}

void write(Writer& out, const Box& box) { out.fixed(box.recipient).fixed(box.sealed); }

template <class Items>
void write_few(Writer& out, const Items& items) {
  write_list<std::uint8_t>(out, items, kMaxMembers, [&out](const auto& item) { write(out, item); });
}

void write(Writer& out, const Genesis& genesis) {
  out.number(static_cast<std::uint8_t>(genesis.kind)).fixed(genesis.pairing);
  out.number(static_cast<std::uint8_t>(genesis.continues.has_value()));
  if (genesis.continues) {
    out.fixed(genesis.continues->stream).number(genesis.continues->position).fixed(genesis.continues->history);
  }
  out.fixed(genesis.key_id);
  write_few(out, genesis.adds);
  write_few(out, genesis.boxes);
}

void write(Writer& out, const Members& members) {
  out.fixed(members.pairing);
  write_few(out, members.adds);
  write_list<std::uint8_t>(out, members.removes, kMaxMembers, [&out](const SignKey& key) { out.fixed(key); });
  write_few(out, members.boxes);
  out.number(static_cast<std::uint8_t>(members.epoch.has_value()));
  if (members.epoch) out.number(members.epoch->epoch).fixed(members.epoch->key_id).fixed(members.epoch->old_key);
}

void write(Writer& out, const Erase& erase) {
  out.number(static_cast<std::uint8_t>(erase.skeletons));
  write_list<std::uint16_t>(out, erase.positions, kMaxErase, [&out](std::uint64_t position) { out.number(position); });
  write_list<std::uint16_t>(out, erase.blobs, kMaxEraseBlobs, [&out](const BlobId& blob) { out.fixed(blob); });
}

void write(Writer&, const Close&) {}

ControlKind kind_of(const Control& control) {
  return std::visit(Match{
                        [](const Genesis&) { return ControlKind::genesis; },
                        [](const Members&) { return ControlKind::members; },
                        [](const Erase&) { return ControlKind::erase; },
                        [](const Close&) { return ControlKind::close; },
                    },
                    control);
}

// ---- reading: `good` turns false at the first value that is none of its kind ----

struct Layout {
  Reader in;
  bool good = true;

  std::uint8_t up_to(std::uint8_t most) {
    const auto value = in.number<std::uint8_t>();
    if (value > most) good = false;
    return value;
  }
  bool flag() { return up_to(1) == 1; }

  /// A list whose items take at least `size` bytes each: nothing is allocated for items that can not be there.
  template <class Count, class Item, class Each>
  std::vector<Item> list(std::size_t most, std::size_t size, Each each) {
    const std::size_t count = in.number<Count>();
    std::vector<Item> out;
    if (count > most || count * size > in.left()) {
      good = false;
      return out;
    }
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(each());
    return out;
  }

  Member member() {
    Member out;
    out.sign = in.fixed<SignKey>();
    out.box = in.fixed<BoxKey>();
    out.person = up_to(1);
    out.role = static_cast<Role>(up_to(static_cast<std::uint8_t>(Role::reader)));
    out.self = in.fixed<StreamId>();
    out.join = in.fixed<Signature>();
    return out;
  }
  std::vector<Member> members() {
    return list<std::uint8_t, Member>(kMaxMembers, 162, [this] { return member(); });
  }
  std::vector<Box> boxes() {
    return list<std::uint8_t, Box>(kMaxMembers, 144, [this] {
      Box out;
      out.recipient = in.fixed<SignKey>();
      out.sealed = in.fixed<decltype(Box::sealed)>();
      return out;
    });
  }
};

Genesis read_genesis(Layout& from) {
  Genesis out;
  out.kind = static_cast<StreamKind>(from.up_to(1));
  out.pairing = from.in.fixed<Hash>();
  if (from.flag()) {
    Continues continues;
    continues.stream = from.in.fixed<StreamId>();
    continues.position = from.in.number<std::uint64_t>();
    continues.history = from.in.fixed<Hash>();
    out.continues = continues;
  }
  out.key_id = from.in.fixed<KeyId>();
  out.adds = from.members();
  out.boxes = from.boxes();
  return out;
}

Members read_members(Layout& from) {
  Members out;
  out.pairing = from.in.fixed<Hash>();
  out.adds = from.members();
  out.removes =
      from.list<std::uint8_t, SignKey>(kMaxMembers, SignKey::kSize, [&from] { return from.in.fixed<SignKey>(); });
  out.boxes = from.boxes();
  if (from.flag()) {
    NewEpoch epoch;
    epoch.epoch = from.in.number<std::uint32_t>();
    epoch.key_id = from.in.fixed<KeyId>();
    epoch.old_key = from.in.fixed<decltype(NewEpoch::old_key)>();
    out.epoch = epoch;
  }
  return out;
}

Erase read_erase(Layout& from) {
  Erase out;
  out.skeletons = from.flag();
  out.positions = from.list<std::uint16_t, std::uint64_t>(kMaxErase, sizeof(std::uint64_t),
                                                          [&from] { return from.in.number<std::uint64_t>(); });
  out.blobs =
      from.list<std::uint16_t, BlobId>(kMaxEraseBlobs, BlobId::kSize, [&from] { return from.in.fixed<BlobId>(); });
  if (std::ranges::adjacent_find(out.positions, std::greater_equal{}) != out.positions.end()) from.good = false;
  return out;
}

}  // namespace

Bytes encode(const Control& control) {
  Writer out;
  out.number(static_cast<std::uint8_t>(kind_of(control)));
  std::visit([&out](const auto& body) { write(out, body); }, control);
  return std::move(out).take();
}

bool unknown_control(ByteView skeleton) {
  return !skeleton.empty() && skeleton[0] > static_cast<std::uint8_t>(ControlKind::close);
}

Result<Control> decode_control(ByteView skeleton) {
  Layout from{.in = Reader(skeleton)};
  Control out;
  switch (static_cast<ControlKind>(from.in.number<std::uint8_t>())) {
    case ControlKind::genesis: out = read_genesis(from); break;
    case ControlKind::members: out = read_members(from); break;
    case ControlKind::erase: out = read_erase(from); break;
    case ControlKind::close: out = Close{}; break;
    default: return refuse(kBadControl);
  }
  if (!from.good || !from.in.finished()) return refuse(kBadControl);
  return out;
}

Signature sign_join(ByteView secret, const StreamId& self, Role role, const SignKey& sign, const BoxKey& box) {
  const auto role_byte = static_cast<std::uint8_t>(role);
  return tagged_sign(secret, "join", {self.view(), {&role_byte, 1}, sign.view(), box.view()});
}

bool usable(const BoxKey& key) {
  // Any scalar serves: libsodium refuses the points for which every scalar gives zero.
  constexpr std::array<std::uint8_t, crypto_scalarmult_SCALARBYTES> kAnyScalar = {8};
  std::array<std::uint8_t, crypto_scalarmult_BYTES> shared{};
  return crypto_scalarmult(shared.data(), kAnyScalar.data(), key.bytes.data()) == 0;
}

bool verify_join(const Member& member) {
  const auto role_byte = static_cast<std::uint8_t>(member.role);
  return usable(member.box) &&
         tagged_verify(member.sign, member.join, "join",
                       {member.self.view(), {&role_byte, 1}, member.sign.view(), member.box.view()});
}

}  // namespace attune::wire
