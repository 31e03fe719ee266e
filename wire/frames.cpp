#include "wire/frames.h"

#include <cassert>
#include <limits>

#include "wire/tagged.h"

namespace attune::wire {
namespace {

enum class Type : std::uint8_t {
  hello = 0x01,
  prove = 0x02,
  append = 0x03,
  follow = 0x04,
  mail_put = 0x06,
  mail_follow = 0x07,
  mail_burn = 0x08,
  push_key_ask = 0x09,
  push_set = 0x0a,
  push_clear = 0x0b,
  wake_at = 0x0c,
  slot_put = 0x0d,
  slot_get = 0x0e,
  signal = 0x0f,
  challenged = 0x81,
  welcome = 0x82,
  stored = 0x83,
  moved = 0x84,
  refused = 0x85,
  records = 0x86,
  mail = 0x87,
  joined = 0x88,
  fault = 0x89,
  push_key = 0x8a,
  slot = 0x8b,
  signalled = 0x8c,
};

constexpr std::size_t kKnownSize = 32 + 1 + 8 + 32;

// ---- writing ----

Writer open(Type type) {
  Writer out;
  out.number(static_cast<std::uint8_t>(type));
  return out;
}

template <class Count>
void write_all(Writer& out, const std::vector<Bytes>& items) {
  assert(items.size() <= std::numeric_limits<Count>::max());
  out.number(static_cast<Count>(items.size()));
  for (const Bytes& item : items) out.sized(item);
}

void write(Writer& out, const Known& known) {
  out.fixed(known.stream).number(static_cast<std::uint8_t>(known.kind)).number(known.head).fixed(known.history);
}

Writer write(const Hello& m) {
  Writer out = open(Type::hello);
  out.number(m.protocol).fixed(m.key).fixed(m.nonce);
  return out;
}
Writer write(const Prove& m) {
  Writer out = open(Type::prove);
  out.fixed(m.signature);
  return out;
}
Writer write(const Append& m) {
  Writer out = open(Type::append);
  out.number(m.request).fixed(m.stream).number(static_cast<std::uint8_t>(m.wake));
  write_all<std::uint8_t>(out, m.records);
  write_all<std::uint8_t>(out, m.ahead);
  return out;
}
Writer write(const Follow& m) {
  Writer out = open(Type::follow);
  out.fixed(m.stream).number(m.from);
  return out;
}
Writer write(const MailPut& m) {
  Writer out = open(Type::mail_put);
  out.number(m.request).fixed(m.mailbox).number(static_cast<std::uint8_t>(m.create)).sized(m.mail);
  return out;
}
Writer write(const MailFollow& m) {
  Writer out = open(Type::mail_follow);
  out.fixed(m.mailbox);
  return out;
}
Writer write(const MailBurn& m) {
  Writer out = open(Type::mail_burn);
  out.fixed(m.mailbox);
  return out;
}
Writer write(const PushKeyAsk&) { return open(Type::push_key_ask); }
Writer write(const PushSet& m) {
  assert(m.endpoint.size() <= kMaxEndpoint);
  Writer out = open(Type::push_set);
  out.number(m.request).number(static_cast<std::uint16_t>(m.endpoint.size())).bytes(as_bytes(m.endpoint));
  out.fixed(m.p256dh).fixed(m.auth);
  return out;
}
Writer write(const PushClear& m) {
  Writer out = open(Type::push_clear);
  out.number(m.request);
  return out;
}
Writer write(const WakeAt& m) {
  assert(m.times.size() <= kMaxWakeTimes);
  Writer out = open(Type::wake_at);
  out.number(m.request).number(static_cast<std::uint8_t>(m.times.size()));
  for (const std::uint64_t time : m.times) out.number(time);
  return out;
}
/// What SlotPut and Slot have in common.
template <class Message>
void write_piece(Writer& out, const Message& m) {
  assert(m.bytes.size() <= kMaxSlotPiece);
  out.fixed(m.id).number(m.piece).number(m.count).sized(m.bytes);
}
Writer write(const SlotPut& m) {
  Writer out = open(Type::slot_put);
  out.number(m.request).fixed(m.stream);
  write_piece(out, m);
  return out;
}
Writer write(const SlotGet& m) {
  Writer out = open(Type::slot_get);
  out.number(m.request).fixed(m.stream).number(m.piece);
  return out;
}
/// What Signal and Signalled end with.
void write_said(Writer& out, const Bytes& said) {
  assert(said.size() <= kMaxSignal);
  out.number(static_cast<std::uint16_t>(said.size())).bytes(said);
}
Writer write(const Signal& m) {
  Writer out = open(Type::signal);
  out.fixed(m.stream);
  write_said(out, m.bytes);
  return out;
}

Writer write(const Challenged& m) {
  Writer out = open(Type::challenged);
  out.fixed(m.nonce);
  return out;
}
Writer write(const Welcome& m) {
  assert(m.streams.size() <= kMaxStreams);
  Writer out = open(Type::welcome);
  out.number(static_cast<std::uint16_t>(m.streams.size()));
  for (const Known& known : m.streams) write(out, known);
  return out;
}
Writer write(const Stored& m) {
  Writer out = open(Type::stored);
  out.number(m.request).number(m.head).fixed(m.history);
  return out;
}
Writer write(const Moved& m) {
  Writer out = open(Type::moved);
  out.number(m.request).number(m.head).fixed(m.history);
  return out;
}
Writer write(const Refused& m) {
  Writer out = open(Type::refused);
  out.number(m.request).number(m.code);
  return out;
}
Writer write(const Records& m) {
  Writer out = open(Type::records);
  out.fixed(m.stream).number(m.head).fixed(m.history);
  write_all<std::uint16_t>(out, m.records);
  return out;
}
Writer write(const Mail& m) {
  Writer out = open(Type::mail);
  out.fixed(m.mailbox).number(static_cast<std::uint8_t>(m.state));
  write_all<std::uint8_t>(out, m.mails);
  return out;
}
Writer write(const Joined& m) {
  Writer out = open(Type::joined);
  write(out, m.stream);
  return out;
}
Writer write(const Fault& m) {
  Writer out = open(Type::fault);
  out.number(m.code);
  return out;
}
Writer write(const PushKey& m) {
  Writer out = open(Type::push_key);
  out.number(static_cast<std::uint8_t>(m.available)).fixed(m.key);
  return out;
}
Writer write(const Slot& m) {
  Writer out = open(Type::slot);
  out.number(m.request);
  write_piece(out, m);
  return out;
}
Writer write(const Signalled& m) {
  Writer out = open(Type::signalled);
  out.fixed(m.stream).fixed(m.from);
  write_said(out, m.bytes);
  return out;
}

// ---- reading ----

/// A Reader that keeps the first thing found wrong. Counts and lengths are judged before anything is allocated.
class Frame {
 public:
  explicit Frame(ByteView bytes) : in_(bytes) {}

  template <class Integer>
  Integer number() {
    return in_.number<Integer>();
  }
  template <class F>
  F fixed() {
    return in_.fixed<F>();
  }
  std::uint8_t up_to(std::uint8_t most) {
    const auto value = in_.number<std::uint8_t>();
    if (value > most) wrong(kBadFrame);
    return value;
  }
  bool flag() { return up_to(1) == 1; }

  Bytes sized(std::size_t most) {
    const auto length = in_.number<std::uint32_t>();
    if (length > most) {
      wrong(kTooLarge);
      return {};
    }
    const ByteView raw = in_.bytes(length);
    return {raw.begin(), raw.end()};
  }
  /// length u16, then as many bytes, at least one.
  ByteView some(std::size_t most) {
    const std::size_t length = in_.number<std::uint16_t>();
    if (length > most) wrong(kTooLarge);
    const ByteView raw = in_.bytes(length);
    if (raw.empty()) wrong(kBadFrame);
    return raw;
  }
  /// The same of printable characters.
  std::string text(std::size_t most) {
    const ByteView raw = some(most);
    if (std::ranges::any_of(raw, [](std::uint8_t c) { return c <= ' ' || c >= 0x7f; })) wrong(kBadFrame);
    return std::string(as_text(raw));
  }
  Bytes said() {
    const ByteView raw = some(kMaxSignal);
    return {raw.begin(), raw.end()};
  }
  /// An uncompressed point as far as its first byte shows; whether it lies on the curve is for whoever uses it.
  P256Key p256_key() {
    const auto key = fixed<P256Key>();
    if (key.bytes[0] != 4) wrong(kBadFrame);
    return key;
  }
  template <class Count>
  std::vector<Bytes> list(std::size_t most, std::size_t most_each, const ErrorCode& too_many, std::size_t before = 0) {
    const std::size_t count = in_.number<Count>();
    std::vector<Bytes> out;
    if (count > most) wrong(too_many);
    if (count * sizeof(std::uint32_t) > in_.left()) wrong(kBadFrame);
    std::size_t total = before;  // of another list that shares the limit
    for (std::size_t i = 0; i < count && !wrong_; ++i) {
      out.push_back(sized(most_each));
      total += out.back().size();
      if (in_.failed()) wrong(kBadFrame);
      if (total > kMaxBatchBytes) wrong(kTooLarge);
    }
    return out;
  }
  Known known() {
    Known out;
    out.stream = fixed<StreamId>();
    out.kind = static_cast<StreamKind>(up_to(1));
    out.head = number<std::uint64_t>();
    out.history = fixed<Hash>();
    return out;
  }
  std::vector<Known> knowns() {
    const std::size_t count = in_.number<std::uint16_t>();
    std::vector<Known> out;
    if (count > kMaxStreams) wrong(kTooLarge);
    if (count * kKnownSize > in_.left()) wrong(kBadFrame);
    for (std::size_t i = 0; i < count && !wrong_; ++i) out.push_back(known());
    return out;
  }

  [[nodiscard]] bool cut_short() const { return in_.failed(); }
  void wrong(const ErrorCode& code) {
    if (!wrong_) wrong_ = code;
  }
  template <class Message>
  Result<Message> finish(Message message) {
    if (!in_.finished()) wrong(kBadFrame);
    if (wrong_) return std::unexpected(*wrong_);
    return message;
  }

 private:
  Reader in_;
  std::optional<Error> wrong_;
};

Hello read_hello(Frame& in) {
  Hello m;
  m.protocol = in.number<std::uint8_t>();
  // What follows may be of another shape then.
  if (!in.cut_short() && m.protocol != kProtocolVersion) in.wrong(kOtherProtocol);
  m.key = in.fixed<SignKey>();
  m.nonce = in.fixed<Challenge>();
  return m;
}
std::size_t size_of(const std::vector<Bytes>& items) {
  std::size_t out = 0;
  for (const Bytes& item : items) out += item.size();
  return out;
}
Append read_append(Frame& in) {
  Append m;
  m.request = in.number<std::uint32_t>();
  m.stream = in.fixed<StreamId>();
  m.wake = in.flag();
  m.records = in.list<std::uint8_t>(kMaxAppendRecords, kMaxRecord, kBatchSize);
  if (m.records.empty()) in.wrong(kBatchSize);
  m.ahead = in.list<std::uint8_t>(kMaxAppendAhead, kMaxRecord, kTooLarge, size_of(m.records));
  return m;
}
Follow read_follow(Frame& in) {
  Follow m;
  m.stream = in.fixed<StreamId>();
  m.from = in.number<std::uint64_t>();
  return m;
}
MailPut read_mail_put(Frame& in) {
  MailPut m;
  m.request = in.number<std::uint32_t>();
  m.mailbox = in.fixed<MailboxId>();
  m.create = in.flag();
  m.mail = in.sized(kMaxMail);
  return m;
}
PushSet read_push_set(Frame& in) {
  PushSet m;
  m.request = in.number<std::uint32_t>();
  m.endpoint = in.text(kMaxEndpoint);
  m.p256dh = in.p256_key();
  m.auth = in.fixed<PushSecret>();
  return m;
}
WakeAt read_wake_at(Frame& in) {
  WakeAt m;
  m.request = in.number<std::uint32_t>();
  const std::size_t count = in.number<std::uint8_t>();
  if (count > kMaxWakeTimes) in.wrong(kTooLarge);
  for (std::size_t i = 0; i < count && !in.cut_short(); ++i) {
    m.times.push_back(in.number<std::uint64_t>());
    const bool rises = i == 0 || m.times[i] > m.times[i - 1];
    if (!rises || m.times[i] > kMaxWakeTime) in.wrong(kBadFrame);
  }
  return m;
}
template <class Message>
void read_piece(Frame& in, Message& m) {
  m.id = in.fixed<Hash>();
  m.piece = in.number<std::uint8_t>();
  m.count = in.number<std::uint8_t>();
  m.bytes = in.sized(kMaxSlotPiece);
  const bool something = m.piece < m.count && !m.bytes.empty();
  const bool nothing = m.count == 0 && m.piece == 0 && m.id.zero() && m.bytes.empty();
  if (!something && !nothing) in.wrong(kBadFrame);
}
SlotPut read_slot_put(Frame& in) {
  SlotPut m;
  m.request = in.number<std::uint32_t>();
  m.stream = in.fixed<StreamId>();
  read_piece(in, m);
  return m;
}
SlotGet read_slot_get(Frame& in) {
  SlotGet m;
  m.request = in.number<std::uint32_t>();
  m.stream = in.fixed<StreamId>();
  m.piece = in.number<std::uint8_t>();
  return m;
}
Signal read_signal(Frame& in) {
  Signal m;
  m.stream = in.fixed<StreamId>();
  m.bytes = in.said();
  return m;
}
Signalled read_signalled(Frame& in) {
  Signalled m;
  m.stream = in.fixed<StreamId>();
  m.from = in.fixed<SignKey>();
  m.bytes = in.said();
  return m;
}
Slot read_slot(Frame& in) {
  Slot m;
  m.request = in.number<std::uint32_t>();
  read_piece(in, m);
  return m;
}
PushKey read_push_key(Frame& in) {
  PushKey m;
  m.available = in.flag();
  m.key = m.available ? in.p256_key() : in.fixed<P256Key>();
  if (!m.available && !m.key.zero()) in.wrong(kBadFrame);
  return m;
}
/// Stored and Moved.
template <class Message>
Message read_head(Frame& in) {
  Message m;
  m.request = in.number<std::uint32_t>();
  m.head = in.number<std::uint64_t>();
  m.history = in.fixed<Hash>();
  return m;
}
Refused read_refused(Frame& in) {
  Refused m;
  m.request = in.number<std::uint32_t>();
  m.code = in.number<std::uint16_t>();
  return m;
}
Records read_records(Frame& in) {
  Records m;
  m.stream = in.fixed<StreamId>();
  m.head = in.number<std::uint64_t>();
  m.history = in.fixed<Hash>();
  m.records = in.list<std::uint16_t>(kMaxBatchRecords, kMaxRecord, kTooLarge);
  return m;
}
Mail read_mail(Frame& in) {
  Mail m;
  m.mailbox = in.fixed<MailboxId>();
  m.state = static_cast<MailboxState>(in.up_to(static_cast<std::uint8_t>(MailboxState::unknown)));
  m.mails = in.list<std::uint8_t>(kMaxMailsInBox, kMaxMail, kTooLarge);
  return m;
}

}  // namespace

Bytes encode(const FromDevice& message) {
  return std::visit([](const auto& m) { return write(m).take(); }, message);
}

Bytes encode(const FromRelay& message) {
  return std::visit([](const auto& m) { return write(m).take(); }, message);
}

Result<FromDevice> decode_from_device(ByteView bytes) {
  if (bytes.size() > kMaxFrame) return refuse(kTooLarge);
  Frame in(bytes);
  const auto type = static_cast<Type>(in.number<std::uint8_t>());
  switch (type) {
    case Type::hello: return in.finish<FromDevice>(read_hello(in));
    case Type::prove: return in.finish<FromDevice>(Prove{in.fixed<Signature>()});
    case Type::append: return in.finish<FromDevice>(read_append(in));
    case Type::follow: return in.finish<FromDevice>(read_follow(in));
    case Type::mail_put: return in.finish<FromDevice>(read_mail_put(in));
    case Type::mail_follow: return in.finish<FromDevice>(MailFollow{in.fixed<MailboxId>()});
    case Type::mail_burn: return in.finish<FromDevice>(MailBurn{in.fixed<MailboxId>()});
    case Type::push_key_ask: return in.finish<FromDevice>(PushKeyAsk{});
    case Type::push_set: return in.finish<FromDevice>(read_push_set(in));
    case Type::push_clear: return in.finish<FromDevice>(PushClear{in.number<std::uint32_t>()});
    case Type::wake_at: return in.finish<FromDevice>(read_wake_at(in));
    case Type::slot_put: return in.finish<FromDevice>(read_slot_put(in));
    case Type::slot_get: return in.finish<FromDevice>(read_slot_get(in));
    case Type::signal: return in.finish<FromDevice>(read_signal(in));
    default: return refuse(kBadFrame);
  }
}

Result<FromRelay> decode_from_relay(ByteView bytes) {
  if (bytes.size() > kMaxFrame) return refuse(kTooLarge);
  Frame in(bytes);
  const auto type = static_cast<Type>(in.number<std::uint8_t>());
  switch (type) {
    case Type::challenged: return in.finish<FromRelay>(Challenged{in.fixed<Challenge>()});
    case Type::welcome: return in.finish<FromRelay>(Welcome{in.knowns()});
    case Type::stored: return in.finish<FromRelay>(read_head<Stored>(in));
    case Type::moved: return in.finish<FromRelay>(read_head<Moved>(in));
    case Type::refused: return in.finish<FromRelay>(read_refused(in));
    case Type::records: return in.finish<FromRelay>(read_records(in));
    case Type::mail: return in.finish<FromRelay>(read_mail(in));
    case Type::joined: return in.finish<FromRelay>(Joined{in.known()});
    case Type::fault: return in.finish<FromRelay>(Fault{in.number<std::uint16_t>()});
    case Type::push_key: return in.finish<FromRelay>(read_push_key(in));
    case Type::slot: return in.finish<FromRelay>(read_slot(in));
    case Type::signalled: return in.finish<FromRelay>(read_signalled(in));
    default: return refuse(kBadFrame);
  }
}

Signature sign_auth(ByteView secret, const Challenge& relay, const Challenge& device, const SignKey& key,
                    std::string_view origin) {
  return tagged_sign(secret, "auth", {relay.view(), device.view(), key.view(), as_bytes(origin)});
}

bool verify_auth(const Signature& signature, const Challenge& relay, const Challenge& device, const SignKey& key,
                 std::string_view origin) {
  return tagged_verify(key, signature, "auth", {relay.view(), device.view(), key.view(), as_bytes(origin)});
}

}  // namespace attune::wire
