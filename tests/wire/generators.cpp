#include "wire/generators.h"

#include <set>

namespace attune::tests {

using namespace wire;

namespace {

Member any_member() {
  return {.sign = any_fixed<SignKey>(),
          .box = any_fixed<BoxKey>(),
          .person = *rc::gen::inRange<std::uint8_t>(0, 2),
          .role = static_cast<Role>(*rc::gen::inRange<std::uint8_t>(0, 3)),
          .self = any_fixed<StreamId>(),
          .join = any_fixed<Signature>()};
}

Box any_box() { return {.recipient = any_fixed<SignKey>(), .sealed = any_fixed<decltype(Box::sealed)>()}; }

StreamKind any_kind() { return static_cast<StreamKind>(*rc::gen::inRange<std::uint8_t>(0, 2)); }
bool any_flag() { return *rc::gen::arbitrary<bool>(); }

Genesis any_genesis() {
  Genesis out;
  out.kind = any_kind();
  out.pairing = any_fixed<Hash>();
  if (any_flag()) {
    out.continues = Continues{
        .stream = any_fixed<StreamId>(), .position = any_number<std::uint64_t>(), .history = any_fixed<Hash>()};
  }
  out.key_id = any_fixed<KeyId>();
  out.adds = any_list(4, any_member);
  out.boxes = any_list(4, any_box);
  return out;
}

Members any_members() {
  Members out;
  out.pairing = any_fixed<Hash>();
  out.adds = any_list(3, any_member);
  out.removes = any_list(3, any_fixed<SignKey>);
  out.boxes = any_list(4, any_box);
  if (any_flag()) {
    out.epoch = NewEpoch{.epoch = any_number<std::uint32_t>(),
                         .key_id = any_fixed<KeyId>(),
                         .old_key = any_fixed<decltype(NewEpoch::old_key)>()};
  }
  return out;
}

Erase any_erase() {
  const auto positions = *rc::gen::arbitrary<std::set<std::uint64_t>>();
  return {.skeletons = any_flag(),
          .positions = {positions.begin(), positions.end()},
          .blobs = any_list(3, any_fixed<BlobId>)};
}

Known any_known() {
  return {.stream = any_fixed<StreamId>(),
          .kind = any_kind(),
          .head = any_number<std::uint64_t>(),
          .history = any_fixed<Hash>()};
}

template <class Message>
Message any_head() {
  Message out;
  out.request = any_number<std::uint32_t>();
  out.head = any_number<std::uint64_t>();
  out.history = any_fixed<Hash>();
  return out;
}

std::vector<Bytes> any_records(std::size_t least) {
  auto out = any_list(4, [] { return any_bytes(300); });
  while (out.size() < least) out.push_back(any_bytes(300));
  return out;
}

P256Key any_p256_key() {
  auto out = any_fixed<P256Key>();
  out.bytes[0] = 4;
  return out;
}

std::string any_address() {
  std::string out(*rc::gen::inRange<std::size_t>(1, kMaxEndpoint + 1), 'a');
  for (char& c : out) c = *rc::gen::inRange<char>('!', 0x7f);
  return out;
}

std::vector<std::uint64_t> any_wake_times() {
  std::set<std::uint64_t> out;
  for (auto left = *rc::gen::inRange<std::size_t>(0, kMaxWakeTimes + 1); left > 0; --left) {
    out.insert(*rc::gen::inRange<std::uint64_t>(0, kMaxWakeTime + 1));
  }
  return {out.begin(), out.end()};
}

/// A piece, or none, of SlotPut or Slot.
template <class Message>
Message any_piece() {
  Message out;
  out.request = any_number<std::uint32_t>();
  if (any_flag()) return out;
  out.id = any_fixed<Hash>();
  out.count = *rc::gen::inRange<std::uint8_t>(1, kMaxSlotPieces);
  out.piece = *rc::gen::inRange<std::uint8_t>(0, out.count);
  out.bytes = any_bytes(200);
  out.bytes.push_back(1);
  return out;
}

Bytes any_said() {
  Bytes out = any_bytes(kMaxSignal - 1);
  out.push_back(1);
  return out;
}

}  // namespace

Record any_record() {
  Record out;
  const Bytes skeleton = any_bytes(64);
  const Bytes content = any_bytes(64);
  out.header.cls = any_flag() ? Class::control : Class::event;
  out.header.stream = any_fixed<StreamId>();
  out.header.position = any_number<std::uint64_t>();
  out.header.prev = any_fixed<Hash>();
  out.header.epoch = any_number<std::uint32_t>();
  out.header.author = any_fixed<SignKey>();
  out.header.nonce = any_fixed<Nonce>();
  out.header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  out.header.content_length = static_cast<std::uint32_t>(content.size());
  out.header.skeleton_hash = skeleton_hash(skeleton);
  out.header.content_hash = content_hash(content);
  out.signature = any_fixed<Signature>();
  if (!skeleton.empty()) out.skeleton = skeleton;
  if (!content.empty()) out.content = content;
  return out;
}

Control any_control() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return any_genesis();
    case 1: return any_members();
    case 2: return any_erase();
    default: return Close{};
  }
}

FromDevice any_from_device() {
  switch (*rc::gen::inRange(0, 14)) {
    case 0: return Hello{.key = any_fixed<SignKey>(), .nonce = any_fixed<Challenge>()};
    case 1: return Prove{.signature = any_fixed<Signature>()};
    case 2:
      return Append{.request = any_number<std::uint32_t>(),
                    .stream = any_fixed<StreamId>(),
                    .wake = any_flag(),
                    .records = any_records(1),
                    .ahead = any_records(0)};
    case 3: return Follow{.stream = any_fixed<StreamId>(), .from = any_number<std::uint64_t>()};
    case 4:
      return MailPut{.request = any_number<std::uint32_t>(),
                     .mailbox = any_fixed<MailboxId>(),
                     .create = any_flag(),
                     .mail = any_bytes(kMaxMail)};
    case 5: return MailFollow{.mailbox = any_fixed<MailboxId>()};
    case 6: return PushKeyAsk{};
    case 7:
      return PushSet{.request = any_number<std::uint32_t>(),
                     .endpoint = any_address(),
                     .p256dh = any_p256_key(),
                     .auth = any_fixed<PushSecret>()};
    case 8: return PushClear{.request = any_number<std::uint32_t>()};
    case 9: return WakeAt{.request = any_number<std::uint32_t>(), .times = any_wake_times()};
    case 10: {
      auto out = any_piece<SlotPut>();
      out.stream = any_fixed<StreamId>();
      return out;
    }
    case 11:
      return SlotGet{.request = any_number<std::uint32_t>(),
                     .stream = any_fixed<StreamId>(),
                     .piece = *rc::gen::inRange<std::uint8_t>(0, kMaxSlotPieces)};
    case 12: return Signal{.stream = any_fixed<StreamId>(), .bytes = any_said()};
    default: return MailBurn{.mailbox = any_fixed<MailboxId>()};
  }
}

FromRelay any_from_relay() {
  switch (*rc::gen::inRange(0, 12)) {
    case 0: return Challenged{.nonce = any_fixed<Challenge>()};
    case 1: return Welcome{.streams = any_list(5, any_known)};
    case 2: return any_head<Stored>();
    case 3: return any_head<Moved>();
    case 4: return Refused{.request = any_number<std::uint32_t>(), .code = any_number<std::uint16_t>()};
    case 5:
      return Records{.stream = any_fixed<StreamId>(),
                     .head = any_number<std::uint64_t>(),
                     .history = any_fixed<Hash>(),
                     .records = any_records(0)};
    case 6:
      return Mail{.mailbox = any_fixed<MailboxId>(),
                  .state = static_cast<MailboxState>(*rc::gen::inRange<std::uint8_t>(0, 4)),
                  .mails = any_list(kMaxMailsInBox, [] { return any_bytes(200); })};
    case 7: return Joined{.stream = any_known()};
    case 9: return any_piece<Slot>();
    case 10: return Signalled{.stream = any_fixed<StreamId>(), .from = any_fixed<SignKey>(), .bytes = any_said()};
    case 8: return any_flag() ? PushKey{.available = true, .key = any_p256_key()} : PushKey{};
    default: return Fault{.code = any_number<std::uint16_t>()};
  }
}

}  // namespace attune::tests
