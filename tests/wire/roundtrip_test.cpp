// What is written is read back the same, and nothing that was cut short or mangled is taken for something it is not.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "vectors/couple.h"
#include "wire/generators.h"

namespace attune::tests {
namespace {

using namespace wire;

RC_GTEST_PROP(RoundTrip, ARecordIsReadBackAsItWasWritten, ()) {
  const Record record = any_record();
  const auto back = decode_record(encode(record));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == record);
}

RC_GTEST_PROP(RoundTrip, ARecordWithoutItsErasedPartsIsReadBack, ()) {
  Record record = any_record();
  record.content.reset();
  const auto without_content = decode_record(encode(record));
  RC_ASSERT(without_content.has_value());
  record.skeleton.reset();
  const auto bare = decode_record(encode(record));
  RC_ASSERT(bare.has_value());
  RC_ASSERT(*bare == record);
}

RC_GTEST_PROP(RoundTrip, AControlRecordIsReadBackAsItWasWritten, ()) {
  const Control control = any_control();
  const auto back = decode_control(encode(control));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == control);
}

RC_GTEST_PROP(RoundTrip, AMessageOfADeviceIsReadBackAsItWasWritten, ()) {
  const FromDevice message = any_from_device();
  const auto back = decode_from_device(encode(message));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == message);
}

RC_GTEST_PROP(RoundTrip, AMessageOfARelayIsReadBackAsItWasWritten, ()) {
  const FromRelay message = any_from_relay();
  const auto back = decode_from_relay(encode(message));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == message);
}

RC_GTEST_PROP(Canonical, WhateverIsAcceptedAsARecordIsWrittenBackByteForByte, ()) {
  Bytes bytes = encode(any_record());
  bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::inRange<std::uint8_t>(1, 255);
  if (const auto record = decode_record(bytes)) RC_ASSERT(encode(*record) == bytes);
}

RC_GTEST_PROP(Canonical, WhateverIsAcceptedAsAControlRecordIsWrittenBackByteForByte, ()) {
  Bytes bytes = encode(any_control());
  bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::inRange<std::uint8_t>(1, 255);
  if (const auto control = decode_control(bytes)) RC_ASSERT(encode(*control) == bytes);
}

RC_GTEST_PROP(Canonical, WhateverIsAcceptedAsAMessageIsWrittenBackByteForByte, ()) {
  Bytes bytes = *rc::gen::arbitrary<bool>() ? encode(any_from_device()) : encode(any_from_relay());
  bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::inRange<std::uint8_t>(1, 255);
  if (const auto message = decode_from_device(bytes)) RC_ASSERT(encode(*message) == bytes);
  if (const auto message = decode_from_relay(bytes)) RC_ASSERT(encode(*message) == bytes);
}

RC_GTEST_PROP(Canonical, NoiseIsNeverFatal, ()) {
  const Bytes noise = any_bytes(400);
  static_cast<void>(decode_record(noise));
  static_cast<void>(decode_control(noise));
  static_cast<void>(decode_from_device(noise));
  static_cast<void>(decode_from_relay(noise));
}

/// `decode` refuses every proper beginning of `whole`, but those that are whole by themselves.
template <class Decode>
void refuses_every_beginning(const Bytes& whole, Decode decode, const std::set<std::size_t>& whole_by_themselves) {
  ASSERT_TRUE(decode(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // A copy of exactly this size, so that a sanitizer sees any read behind its end.
    const Bytes beginning(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(decode(beginning).has_value(), whole_by_themselves.contains(size)) << size << " bytes";
  }
}

TEST(Truncated, ARecordCutAnywhereIsRefusedButWhereErasingCutsIt) {
  const Couple couple;
  const Bytes bytes =
      encode(event_record(couple.phone, couple.next, Bytes(40, std::uint8_t{1}), Bytes(50, std::uint8_t{2})));
  refuses_every_beginning(bytes, [](ByteView b) { return decode_record(b); }, {272, 272 + 40});
}

TEST(Truncated, AControlRecordCutAnywhereIsRefused) {
  const Couple couple;
  const Erase erase{.skeletons = true, .positions = {1, 2}, .blobs = {all<BlobId>(1)}};
  for (const Control& control : {Control(couple.ours_genesis), Control(couple.removing()), Control(erase)}) {
    refuses_every_beginning(encode(control), [](ByteView b) { return decode_control(b); }, {});
  }
}

TEST(Truncated, AMessageCutAnywhereIsRefused) {
  const auto device = [](ByteView b) { return decode_from_device(b); };
  const auto relay = [](ByteView b) { return decode_from_relay(b); };
  const std::vector<Bytes> three = {Bytes(3), Bytes(), Bytes(5)};
  refuses_every_beginning(encode(FromDevice(Hello{})), device, {});
  refuses_every_beginning(encode(FromDevice(Prove{})), device, {});
  refuses_every_beginning(
      encode(FromDevice(Append{.request = 1, .stream = {}, .wake = true, .records = three, .ahead = three})), device,
      {});
  refuses_every_beginning(encode(FromDevice(Follow{})), device, {});
  refuses_every_beginning(encode(FromDevice(MailPut{.request = 1, .mailbox = {}, .create = true, .mail = Bytes(9)})),
                          device, {});
  refuses_every_beginning(encode(FromDevice(MailFollow{})), device, {});
  refuses_every_beginning(encode(FromDevice(MailBurn{})), device, {});
  refuses_every_beginning(encode(FromDevice(PushKeyAsk{})), device, {});
  P256Key key;
  key.bytes[0] = 4;
  refuses_every_beginning(encode(FromDevice(PushSet{.request = 1, .endpoint = "https://a", .p256dh = key, .auth = {}})),
                          device, {});
  refuses_every_beginning(encode(FromDevice(PushClear{})), device, {});
  refuses_every_beginning(encode(FromDevice(WakeAt{.request = 1, .times = {1, 2}})), device, {});
  refuses_every_beginning(
      encode(FromDevice(
          SlotPut{.request = 1, .stream = {}, .id = all<Hash>(1), .piece = 0, .count = 1, .bytes = Bytes(9)})),
      device, {});
  refuses_every_beginning(encode(FromDevice(SlotGet{})), device, {});
  refuses_every_beginning(encode(FromDevice(Signal{.stream = {}, .bytes = Bytes(9)})), device, {});
  refuses_every_beginning(encode(FromRelay(Challenged{})), relay, {});
  refuses_every_beginning(encode(FromRelay(Welcome{.streams = {Known{}, Known{}}})), relay, {});
  refuses_every_beginning(encode(FromRelay(Stored{})), relay, {});
  refuses_every_beginning(encode(FromRelay(Moved{})), relay, {});
  refuses_every_beginning(encode(FromRelay(Refused{})), relay, {});
  refuses_every_beginning(encode(FromRelay(Records{.stream = {}, .head = 1, .history = {}, .records = three})), relay,
                          {});
  refuses_every_beginning(encode(FromRelay(Mail{.mailbox = {}, .state = MailboxState::open, .mails = three})), relay,
                          {});
  refuses_every_beginning(encode(FromRelay(Joined{})), relay, {});
  refuses_every_beginning(encode(FromRelay(Fault{})), relay, {});
  refuses_every_beginning(encode(FromRelay(PushKey{.available = true, .key = key})), relay, {});
  refuses_every_beginning(
      encode(FromRelay(Slot{.request = 1, .id = all<Hash>(1), .piece = 0, .count = 1, .bytes = Bytes(9)})), relay, {});
  refuses_every_beginning(encode(FromRelay(Signalled{.stream = {}, .from = {}, .bytes = Bytes(9)})), relay, {});
}

}  // namespace
}  // namespace attune::tests
