// Rows for messages between device and relay.
#include "vectors/couple.h"
#include "vectors/invalid_rows.h"
#include "wire/frames.h"

namespace attune::tests {
namespace {

using namespace wire;

using Damage = std::function<void(Bytes&)>;

void device_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, FromDevice sound, Damage damage) {
  rows.push_back({code, what, [=](bool broken) {
                    Bytes bytes = encode(sound);
                    if (broken) damage(bytes);
                    return outcome(decode_from_device(bytes));
                  }});
}

void relay_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, FromRelay sound, Damage damage) {
  rows.push_back({code, what, [=](bool broken) {
                    Bytes bytes = encode(sound);
                    if (broken) damage(bytes);
                    return outcome(decode_from_relay(bytes));
                  }});
}

/// What `message` would be with these bytes behind its fixed part.
Damage encoded_as(FromDevice message) {
  return [message](Bytes& bytes) { bytes = encode(message); };
}
Damage encoded_as(FromRelay message) {
  return [message](Bytes& bytes) { bytes = encode(message); };
}

Damage appending(std::vector<Bytes> records) {
  Append out;
  out.records = std::move(records);
  return encoded_as(FromDevice(out));
}
/// Beside one record of `size` bytes.
Damage showing(std::vector<Bytes> ahead, std::size_t size = 300) {
  Append out;
  out.records = {Bytes(size)};
  out.ahead = std::move(ahead);
  return encoded_as(FromDevice(out));
}
Damage putting(Bytes mail) {
  MailPut out;
  out.mail = std::move(mail);
  return encoded_as(FromDevice(out));
}
Damage delivering(std::vector<Bytes> records) {
  Records out;
  out.records = std::move(records);
  return encoded_as(FromRelay(out));
}
Damage holding(std::vector<Bytes> mails) {
  Mail out;
  out.mails = std::move(mails);
  return encoded_as(FromRelay(out));
}

/// The length field at `offset` says `length` (nothing is added behind it).
Damage length_at(std::size_t offset, std::size_t length) {
  return [=](Bytes& bytes) {
    for (std::size_t i = 0; i < 4; ++i) bytes[offset + i] = static_cast<std::uint8_t>(length >> (8 * i));
  };
}

/// A push address one character too long, with all that belongs behind it.
Damage long_address() {
  return [](Bytes& bytes) {
    bytes[5] = static_cast<std::uint8_t>((kMaxEndpoint + 1) & 0xff);
    bytes[6] = static_cast<std::uint8_t>((kMaxEndpoint + 1) >> 8);
    bytes.resize(7);
    bytes.resize(7 + kMaxEndpoint + 1, 'a');
    bytes.resize(bytes.size() + 65 + 16, 4);
  };
}

/// A signal of one byte more than allowed, its length at `offset`.
Damage one_byte_more_at(std::size_t offset) {
  return [=](Bytes& bytes) {
    ++bytes[offset];
    bytes.push_back(0);
  };
}

constexpr std::size_t kPushAddress = 1 + 4 + 2;
constexpr std::size_t kPutPiece = 1 + 4 + 32 + 32;
constexpr std::size_t kSlotPieceAt = 1 + 4 + 32;
constexpr std::size_t kSignalLength = 1 + 32;
constexpr std::size_t kSignalledLength = 1 + 32 + 32;
constexpr std::size_t kAppendWake = 1 + 4 + 32;
constexpr std::size_t kAppendCount = kAppendWake + 1;
constexpr std::size_t kRecordsCount = 1 + 32 + 8 + 32;

}  // namespace

void add_frame_rows(std::vector<Row>& rows) {
  const Hello hello{.key = all<SignKey>(1), .nonce = all<Challenge>(2)};
  const Append append{.request = 1, .stream = all<StreamId>(3), .wake = true, .records = {Bytes(300)}, .ahead = {}};
  const MailPut put{.request = 2, .mailbox = all<MailboxId>(4), .create = true, .mail = Bytes(100)};
  const Records records{.stream = all<StreamId>(5), .head = 7, .history = all<Hash>(6), .records = {Bytes(300)}};
  const Mail mail{.mailbox = all<MailboxId>(7), .state = MailboxState::open, .mails = {Bytes(90)}};
  const Welcome welcome{.streams = {Known{}}};
  P256Key point = all<P256Key>(8);
  point.bytes[0] = 4;
  const PushSet set{.request = 3, .endpoint = "https://push.example/x", .p256dh = point, .auth = all<PushSecret>(9)};
  const WakeAt wake{.request = 4, .times = {100, 200}};
  const PushKey push_key{.available = true, .key = point};
  const SlotPut piece{
      .request = 5, .stream = all<StreamId>(3), .id = all<Hash>(10), .piece = 1, .count = 2, .bytes = Bytes(40)};
  const SlotPut empty{.request = 5, .stream = all<StreamId>(3), .id = {}, .piece = 0, .count = 0, .bytes = {}};
  const SlotGet get{.request = 6, .stream = all<StreamId>(3), .piece = 1};
  const Slot slot{.request = 6, .id = all<Hash>(10), .piece = 1, .count = 2, .bytes = Bytes(40)};
  const Signal signal{.stream = all<StreamId>(3), .bytes = Bytes(kMaxSignal)};
  const Signalled signalled{.stream = all<StreamId>(3), .from = all<SignKey>(1), .bytes = Bytes(kMaxSignal)};

  device_row(rows, kBadFrame, "no bytes at all", hello, [](Bytes& b) { b.clear(); });
  device_row(rows, kBadFrame, "an unknown type", hello, [](Bytes& b) { b[0] = 0x05; });
  device_row(rows, kBadFrame, "a relay's message from a device", hello, encoded_as(FromRelay(Challenged{})));
  device_row(rows, kBadFrame, "a byte short", hello, [](Bytes& b) { b.pop_back(); });
  device_row(rows, kBadFrame, "a byte left over", hello, [](Bytes& b) { b.push_back(0); });
  device_row(rows, kOtherProtocol, "a newer protocol", hello, [](Bytes& b) { b[1] = 2; });
  device_row(rows, kOtherProtocol, "a newer protocol whose hello is longer", hello,
             [](Bytes& b) { b[1] = 9, b.push_back(0); });
  device_row(rows, kTooLarge, "a frame over all limits", hello, [](Bytes& b) { b.resize(kMaxFrame + 1); });
  device_row(rows, kBadFrame, "a wake bit of 2", append, [](Bytes& b) { b[kAppendWake] = 2; });
  device_row(rows, kBatchSize, "an append of nothing", append, encoded_as(FromDevice(Append{})));
  device_row(rows, kBatchSize, "an append of 65 records", append, appending(std::vector<Bytes>(kMaxAppendRecords + 1)));
  device_row(rows, kBadFrame, "more records than there are bytes", append, [](Bytes& b) { b[kAppendCount] = 2; });
  device_row(rows, kTooLarge, "a record over its limit", append, length_at(kAppendCount + 1, kMaxRecord + 1));
  device_row(rows, kTooLarge, "records over the batch's limit", append,
             appending(std::vector<Bytes>(8, Bytes(kMaxRecord))));
  device_row(rows, kBadFrame, "more records ahead than there are bytes", append, [](Bytes& b) { b.back() = 1; });
  device_row(rows, kTooLarge, "81 records ahead", append, showing(std::vector<Bytes>(kMaxAppendAhead + 1)));
  device_row(rows, kTooLarge, "a record ahead over its limit", append, showing({Bytes(kMaxRecord + 1)}));
  device_row(rows, kTooLarge, "records and those ahead over the limit they share", append,
             showing(std::vector<Bytes>(7, Bytes(kMaxRecord - 1)), kMaxRecord));
  device_row(rows, kBadFrame, "a create bit of 2", put, [](Bytes& b) { b[1 + 4 + 32] = 2; });
  device_row(rows, kTooLarge, "a mail over its limit", put, putting(Bytes(kMaxMail + 1)));
  device_row(rows, kBadFrame, "a question for the push key with more to it", PushKeyAsk{},
             [](Bytes& b) { b.push_back(0); });
  device_row(rows, kTooLarge, "a push address over its limit", set, long_address());
  device_row(rows, kBadFrame, "a push address of nothing", set,
             encoded_as(FromDevice(PushSet{.request = 3, .endpoint = {}, .p256dh = point, .auth = {}})));
  device_row(rows, kBadFrame, "a push address with a space in it", set, [](Bytes& b) { b[kPushAddress] = ' '; });
  device_row(rows, kBadFrame, "a push address that is not ASCII", set, [](Bytes& b) { b[kPushAddress] = 0xc3; });
  device_row(rows, kBadFrame, "a push key that is no whole point", set, [](Bytes& b) { b[b.size() - 16 - 65] = 2; });
  device_row(rows, kBadFrame, "a push secret cut short", set, [](Bytes& b) { b.pop_back(); });
  device_row(rows, kTooLarge, "17 wake-up times", wake, [](Bytes& b) {
    b[5] = kMaxWakeTimes + 1;
    b.resize(6 + 8 * (kMaxWakeTimes + 1));
  });
  device_row(rows, kBadFrame, "wake-up times that do not rise", wake,
             encoded_as(FromDevice(WakeAt{.request = 4, .times = {200, 200}})));
  device_row(rows, kBadFrame, "a wake-up time beyond all times", wake,
             encoded_as(FromDevice(WakeAt{.request = 4, .times = {100, kMaxWakeTime + 1}})));
  device_row(rows, kBadFrame, "more wake-up times than there are bytes", wake, [](Bytes& b) { b[5] = 3; });
  device_row(rows, kBadFrame, "a piece behind the last of its snapshot", piece, [](Bytes& b) { b[kPutPiece] = 2; });
  device_row(rows, kTooLarge, "a piece over its limit", piece, [](Bytes& b) {
    b[kPutPiece + 2] = 1, b[kPutPiece + 4] = kMaxSlotPiece >> 16;
    b.resize(kPutPiece + 6 + kMaxSlotPiece + 1);
  });
  device_row(rows, kBadFrame, "a piece of no bytes", piece, [](Bytes& b) {
    b[kPutPiece + 2] = 0;
    b.resize(kPutPiece + 6);
  });
  device_row(rows, kBadFrame, "a piece cut short", piece, [](Bytes& b) { b.pop_back(); });
  device_row(rows, kBadFrame, "a slot emptied with an id", empty, [](Bytes& b) { b[37] = 1; });
  device_row(rows, kBadFrame, "a slot emptied at its second piece", empty, [](Bytes& b) { b[kPutPiece] = 1; });
  device_row(rows, kBadFrame, "a slot emptied with a byte", empty, [](Bytes& b) {
    b[kPutPiece + 2] = 1;
    b.push_back(0);
  });
  device_row(rows, kBadFrame, "a question for a piece with more to it", get, [](Bytes& b) { b.push_back(0); });
  device_row(rows, kTooLarge, "a signal over its limit", signal, one_byte_more_at(kSignalLength));
  device_row(rows, kBadFrame, "a signal of no bytes", signal, encoded_as(FromDevice(Signal{})));
  device_row(rows, kBadFrame, "a signal cut short", signal, [](Bytes& b) { b.pop_back(); });
  device_row(rows, kBadFrame, "a signal with more behind it", signal, [](Bytes& b) { b.push_back(0); });

  relay_row(rows, kBadFrame, "no bytes at all", welcome, [](Bytes& b) { b.clear(); });
  relay_row(rows, kBadFrame, "an unknown type", welcome, [](Bytes& b) { b[0] = 0x8f; });
  relay_row(rows, kBadFrame, "a device's message from a relay", welcome, encoded_as(FromDevice(MailBurn{})));
  relay_row(rows, kBadFrame, "a byte left over", welcome, [](Bytes& b) { b.push_back(0); });
  relay_row(rows, kTooLarge, "a frame over all limits", welcome, [](Bytes& b) { b.resize(kMaxFrame + 1); });
  relay_row(rows, kBadFrame, "more streams than there are bytes", welcome, [](Bytes& b) { b[1] = 2; });
  relay_row(rows, kTooLarge, "more streams than a welcome names", welcome, [](Bytes& b) {
    b[1] = 1, b[2] = 4;  // 1,025
    b.resize(3 + (kMaxStreams + 1) * 73);
  });
  relay_row(rows, kBadFrame, "a stream of no known kind", welcome, [](Bytes& b) { b[3 + 32] = 2; });
  relay_row(rows, kBadFrame, "fewer records than counted", records, [](Bytes& b) { b[kRecordsCount] = 2; });
  relay_row(rows, kTooLarge, "513 records", records, delivering(std::vector<Bytes>(kMaxBatchRecords + 1)));
  relay_row(rows, kTooLarge, "a record over its limit", records, length_at(kRecordsCount + 2, kMaxRecord + 1));
  relay_row(rows, kTooLarge, "records over the batch's limit", records,
            delivering(std::vector<Bytes>(8, Bytes(kMaxRecord))));
  relay_row(rows, kBadFrame, "a mailbox in no known state", mail, [](Bytes& b) { b[1 + 32] = 4; });
  relay_row(rows, kTooLarge, "nine mails in a box", mail, holding(std::vector<Bytes>(kMaxMailsInBox + 1)));
  relay_row(rows, kTooLarge, "a mail over its limit", mail, holding({Bytes(kMaxMail + 1)}));
  relay_row(rows, kBadFrame, "an available bit of 2", push_key, [](Bytes& b) { b[1] = 2; });
  relay_row(rows, kBadFrame, "a push key where none is available", push_key, [](Bytes& b) { b[1] = 0; });
  relay_row(rows, kBadFrame, "a push key that is no whole point", push_key, [](Bytes& b) { b[2] = 3; });
  relay_row(rows, kBadFrame, "a piece behind the last of its snapshot", slot, [](Bytes& b) { b[kSlotPieceAt] = 2; });
  relay_row(rows, kBadFrame, "a piece of nothing", slot, [](Bytes& b) { b[kSlotPieceAt + 1] = 0; });
  relay_row(rows, kTooLarge, "a signal over its limit", signalled, one_byte_more_at(kSignalledLength));
  relay_row(rows, kBadFrame, "a signal of no bytes", signalled, encoded_as(FromRelay(Signalled{})));
  relay_row(rows, kBadFrame, "a signal cut short", signalled, [](Bytes& b) { b.pop_back(); });
}

}  // namespace attune::tests
