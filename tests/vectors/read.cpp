// The structs of wire/ from their fields in vectors.json.
#include "vectors/sections.h"

namespace attune::tests {

using namespace wire;

namespace {

Box read_box(const Entry& entry) {
  return {.recipient = entry.fixed<SignKey>("recipient"), .sealed = entry.fixed<decltype(Box::sealed)>("sealed")};
}

template <class F>
std::vector<F> fixed_list(const Entry& entry, const char* name) {
  std::vector<F> out;
  for (const Bytes& bytes : entry.byte_list(name)) out.push_back(bytes.size() == F::kSize ? F::copy_of(bytes) : F{});
  return out;
}

Genesis read_genesis(const Entry& entry) {
  Genesis out;
  out.kind = static_cast<StreamKind>(entry.number("kind"));
  out.pairing = entry.fixed<Hash>("pairing");
  if (!entry.none("continues")) {
    const Entry from = entry.inside("continues");
    out.continues = Continues{.stream = from.fixed<StreamId>("stream"),
                              .position = from.number("position"),
                              .history = from.fixed<Hash>("history")};
  }
  out.key_id = entry.fixed<KeyId>("key_id");
  out.adds = entry.list("adds", read_member);
  out.boxes = entry.list("boxes", read_box);
  return out;
}

Members read_members(const Entry& entry) {
  Members out;
  out.pairing = entry.fixed<Hash>("pairing");
  out.adds = entry.list("adds", read_member);
  out.removes = fixed_list<SignKey>(entry, "removes");
  out.boxes = entry.list("boxes", read_box);
  if (!entry.none("epoch")) {
    const Entry epoch = entry.inside("epoch");
    out.epoch = NewEpoch{.epoch = epoch.small<std::uint32_t>("epoch"),
                         .key_id = epoch.fixed<KeyId>("key_id"),
                         .old_key = epoch.fixed<decltype(NewEpoch::old_key)>("old_key")};
  }
  return out;
}

Known read_known(const Entry& entry) {
  return {.stream = entry.fixed<StreamId>("stream"),
          .kind = static_cast<StreamKind>(entry.number("kind")),
          .head = entry.number("head"),
          .history = entry.fixed<Hash>("history")};
}

template <class Message>
Message read_head(const Entry& entry) {
  Message out;
  out.request = entry.small<std::uint32_t>("request");
  out.head = entry.number("head");
  out.history = entry.fixed<Hash>("history");
  return out;
}

}  // namespace

Member read_member(const Entry& entry) {
  return {.sign = entry.fixed<SignKey>("sign"),
          .box = entry.fixed<BoxKey>("box"),
          .person = entry.small<std::uint8_t>("person"),
          .role = static_cast<Role>(entry.number("role")),
          .self = entry.fixed<StreamId>("self"),
          .join = entry.fixed<Signature>("join")};
}

Control read_control(const std::string& kind, const Entry& fields) {
  if (kind == "genesis") return read_genesis(fields);
  if (kind == "members") return read_members(fields);
  if (kind == "erase") {
    return Erase{.skeletons = fields.flag("skeletons"),
                 .positions = fields.number_list("positions"),
                 .blobs = fixed_list<BlobId>(fields, "blobs")};
  }
  return Close{};
}

FromDevice read_from_device(const std::string& type, const Entry& fields) {
  if (type == "hello") return Hello{.key = fields.fixed<SignKey>("key"), .nonce = fields.fixed<Challenge>("nonce")};
  if (type == "prove") return Prove{.signature = fields.fixed<Signature>("signature")};
  if (type == "append") {
    return Append{.request = fields.small<std::uint32_t>("request"),
                  .stream = fields.fixed<StreamId>("stream"),
                  .wake = fields.flag("wake"),
                  .records = fields.byte_list("records"),
                  .ahead = fields.byte_list("ahead")};
  }
  if (type == "follow") return Follow{.stream = fields.fixed<StreamId>("stream"), .from = fields.number("from")};
  if (type == "mail-put") {
    return MailPut{.request = fields.small<std::uint32_t>("request"),
                   .mailbox = fields.fixed<MailboxId>("mailbox"),
                   .create = fields.flag("create"),
                   .mail = fields.bytes("mail")};
  }
  if (type == "mail-follow") return MailFollow{.mailbox = fields.fixed<MailboxId>("mailbox")};
  if (type == "push-key-ask") return PushKeyAsk{};
  if (type == "push-set") {
    return PushSet{.request = fields.small<std::uint32_t>("request"),
                   .endpoint = fields.text("endpoint"),
                   .p256dh = fields.fixed<P256Key>("p256dh"),
                   .auth = fields.fixed<PushSecret>("auth")};
  }
  if (type == "push-clear") return PushClear{.request = fields.small<std::uint32_t>("request")};
  if (type == "wake-at") {
    return WakeAt{.request = fields.small<std::uint32_t>("request"), .times = fields.number_list("times")};
  }
  if (type == "slot-put") {
    return SlotPut{.request = fields.small<std::uint32_t>("request"),
                   .stream = fields.fixed<StreamId>("stream"),
                   .id = fields.fixed<Hash>("id"),
                   .piece = fields.small<std::uint8_t>("piece"),
                   .count = fields.small<std::uint8_t>("count"),
                   .bytes = fields.bytes("bytes")};
  }
  if (type == "slot-get") {
    return SlotGet{.request = fields.small<std::uint32_t>("request"),
                   .stream = fields.fixed<StreamId>("stream"),
                   .piece = fields.small<std::uint8_t>("piece")};
  }
  if (type == "signal") return Signal{.stream = fields.fixed<StreamId>("stream"), .bytes = fields.bytes("bytes")};
  return MailBurn{.mailbox = fields.fixed<MailboxId>("mailbox")};
}

FromRelay read_from_relay(const std::string& type, const Entry& fields) {
  if (type == "challenged") return Challenged{.nonce = fields.fixed<Challenge>("nonce")};
  if (type == "welcome") return Welcome{.streams = fields.list("streams", read_known)};
  if (type == "stored") return read_head<Stored>(fields);
  if (type == "moved") return read_head<Moved>(fields);
  if (type == "refused") {
    return Refused{.request = fields.small<std::uint32_t>("request"), .code = fields.small<std::uint16_t>("code")};
  }
  if (type == "records") {
    return Records{.stream = fields.fixed<StreamId>("stream"),
                   .head = fields.number("head"),
                   .history = fields.fixed<Hash>("history"),
                   .records = fields.byte_list("records")};
  }
  if (type == "mail") {
    return Mail{.mailbox = fields.fixed<MailboxId>("mailbox"),
                .state = static_cast<MailboxState>(fields.number("state")),
                .mails = fields.byte_list("mails")};
  }
  if (type == "joined") return Joined{.stream = read_known(fields)};
  if (type == "push-key") return PushKey{.available = fields.flag("available"), .key = fields.fixed<P256Key>("key")};
  if (type == "slot") {
    return Slot{.request = fields.small<std::uint32_t>("request"),
                .id = fields.fixed<Hash>("id"),
                .piece = fields.small<std::uint8_t>("piece"),
                .count = fields.small<std::uint8_t>("count"),
                .bytes = fields.bytes("bytes")};
  }
  if (type == "signalled") {
    return Signalled{.stream = fields.fixed<StreamId>("stream"),
                     .from = fields.fixed<SignKey>("from"),
                     .bytes = fields.bytes("bytes")};
  }
  return Fault{.code = fields.small<std::uint16_t>("code")};
}

}  // namespace attune::tests
