#include "attune/space/invitation.h"

#include "attune/crypto/base64.h"
#include "attune/space/mnemonic.h"
#include "wire/tagged.h"

namespace attune::space {

namespace {

constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";  // RFC 3986 section 2.3

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kUnreserved.contains(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  const auto value = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size() || value(text[i + 1]) < 0 || value(text[i + 2]) < 0) return std::nullopt;
    out.push_back(static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2])));
    i += 2;
  }
  return out;
}

bool loopback(std::string_view host) { return host == "localhost" || host == "127.0.0.1" || host == "[::1]"; }

Writer signed_part(const M2& message) {
  Writer out;
  out.fixed(message.sign).fixed(message.box).fixed(message.self).fixed(message.join).fixed(message.nonce);
  out.fixed(message.m1_hash).number(static_cast<std::uint8_t>(message.name.size()));
  Bytes name(message.name.begin(), message.name.end());
  name.resize(kMaxName);
  return std::move(out.bytes(name));
}

/// Words typed off another screen, the relay's address the last of them.
Result<Link> read_link_words(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  const std::size_t space = text.find_last_of(" \n\r\t");
  if (space == std::string_view::npos) return refuse(kLinkShort);
  crypto::Key s;
  if (const auto read = from_words(text.substr(0, space), s.writable()); !read) {
    return refuse(read.error() == Error(kWordCount) ? kLinkShort : kLinkAltered);
  }
  TRY(relay, read_relay(text.substr(space + 1)));
  return Link{.s = std::move(s), .relay = relay};
}

Writer signed_part(const M5& message) {
  const log::Place ours = message.ours.value_or(log::Place{});
  Writer out;
  out.number(message.mine.position).fixed(message.mine.history);
  out.number(static_cast<std::uint8_t>(message.ours ? 1 : 0));
  out.fixed(ours.stream).number(ours.position).fixed(ours.history);
  return out;
}

Writer signed_part(const M6& message) {
  Writer out;
  out.fixed(message.state).number(message.epoch).fixed(message.key_id).fixed(message.box.sealed);
  return out;
}

crypto::Key mail_key(const crypto::Key& s) { return crypto::derive(s.view(), "mail"); }

wire::Member as_member(const SignKey& sign, const BoxKey& box, const StreamId& self, const Signature& join) {
  return {.sign = sign, .box = box, .person = 0, .role = wire::Role::device, .self = self, .join = join};
}

}  // namespace

std::string write_link(std::string_view app_origin, const Link& link) {
  return std::string(app_origin) + "/#join=1." + crypto::to_base64(link.s.view()) + "." + percent_encode(link.relay);
}

std::vector<std::string> link_words(const Link& link) { return to_words(link.s.view()); }

Result<std::string> read_relay(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '/' || text.back() == '\n')) text.remove_suffix(1);
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  std::string_view rest = lower;
  const bool secure = rest.starts_with("https://");
  if (!secure && !rest.starts_with("http://")) {
    if (rest.contains("://")) return refuse(kBadRelay);
    // Typed without a scheme, as people do.
    const bool local = loopback(rest.substr(0, rest.starts_with('[') ? rest.find(']') + 1 : rest.find(':')));
    return read_relay((local ? "http://" : "https://") + lower);
  }
  rest.remove_prefix(secure ? 8 : 7);
  rest = rest.substr(0, rest.find('/'));
  std::string_view host = rest;
  std::string_view port;
  const std::size_t colon = rest.starts_with('[') ? rest.find("]:") : rest.find(':');
  if (colon != std::string_view::npos) {
    const std::size_t cut = rest.starts_with('[') ? colon + 1 : colon;
    host = rest.substr(0, cut);
    port = rest.substr(cut + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }) ||
        std::stoul(std::string(port)) > 65535 || std::stoul(std::string(port)) == 0) {
      return refuse(kBadRelay);
    }
  }
  constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-.[]:";
  if (host.empty() || host.size() > 253 || host.starts_with('.') || host.starts_with('-') ||
      !std::ranges::all_of(host, [&](char c) { return kHostCharacters.contains(c); }) ||
      (!host.starts_with('[') && (host.contains('[') || host.contains(']') || host.contains("..")))) {
    return refuse(kBadRelay);
  }
  if (!secure && !loopback(host)) return refuse(kBadRelay);
  if (secure && !loopback(host) && !host.contains('.')) return refuse(kBadRelay);
  if (port == (secure ? "443" : "80")) port = {};
  return (secure ? "https://" : "http://") + std::string(host) + (port.empty() ? "" : ":" + std::string(port));
}

Result<Link> read_link(std::string_view text) {
  const std::size_t at = text.find("join=");
  if (at == std::string_view::npos) return read_link_words(text);
  std::string_view rest = text.substr(at + 5);
  rest = rest.substr(0, rest.find_first_of(" \n\r\t\"<>"));
  const std::size_t dot = rest.find('.');
  if (dot == std::string_view::npos) return refuse(kLinkShort);
  if (rest.substr(0, dot) != "1") return refuse(rest.substr(0, dot).empty() ? kLinkAltered : kLinkNewer);
  rest.remove_prefix(dot + 1);
  const std::size_t second = rest.find('.');
  if (second == std::string_view::npos || second + 1 == rest.size()) return refuse(kLinkShort);
  if (second < 43) return refuse(kLinkShort);
  const auto s = crypto::fixed_from_base64<Hash>(rest.substr(0, second));
  const auto address = percent_decode(rest.substr(second + 1));
  if (!s || !address) return refuse(kLinkAltered);
  TRY(relay, read_relay(*address));
  return Link{.s = crypto::Key(s->view()), .relay = relay};
}

MailboxId mailbox_of(const crypto::Key& s) {
  return MailboxId::copy_of(wire::tagged_kdf(s.view(), "mailbox", {}).view());
}

Bytes encode(const M1& message) {
  Writer out;
  out.number(static_cast<std::uint8_t>(message.role)).fixed(message.sign).fixed(message.box).fixed(message.self);
  out.fixed(message.join).fixed(message.nonce_hash);
  return std::move(out).take();
}

Bytes encode(const M2& message) { return std::move(signed_part(message).fixed(message.signature)).take(); }

Bytes encode(const M3& message) {
  Writer out;
  out.fixed(message.nonce).fixed(message.hash).fixed(message.signature);
  return std::move(out).take();
}

Bytes encode(const M5& message) { return std::move(signed_part(message).fixed(message.signature)).take(); }

Bytes encode(const M6& message) { return std::move(signed_part(message).fixed(message.signature)).take(); }

Result<M1> decode_m1(ByteView body) {
  Reader in(body);
  M1 out;
  const auto role = in.number<std::uint8_t>();
  out.role = static_cast<Invited>(role);
  out.sign = in.fixed<SignKey>();
  out.box = in.fixed<BoxKey>();
  out.self = in.fixed<StreamId>();
  out.join = in.fixed<Signature>();
  out.nonce_hash = in.fixed<Hash>();
  if (!in.finished() || role > 1) return refuse(kBadMail);
  return out;
}

Result<M2> decode_m2(ByteView body) {
  Reader in(body);
  M2 out;
  out.sign = in.fixed<SignKey>();
  out.box = in.fixed<BoxKey>();
  out.self = in.fixed<StreamId>();
  out.join = in.fixed<Signature>();
  out.nonce = in.fixed<Challenge>();
  out.m1_hash = in.fixed<Hash>();
  const auto length = in.number<std::uint8_t>();
  const ByteView name = in.bytes(kMaxName);
  out.signature = in.fixed<Signature>();
  if (!in.finished() || length > kMaxName) return refuse(kBadMail);
  if (std::ranges::any_of(name.subspan(length), [](std::uint8_t b) { return b != 0; })) return refuse(kBadMail);
  out.name = std::string(as_text(name.first(length)));
  return out;
}

Result<M3> decode_m3(ByteView body) {
  Reader in(body);
  M3 out;
  out.nonce = in.fixed<Challenge>();
  out.hash = in.fixed<Hash>();
  out.signature = in.fixed<Signature>();
  if (!in.finished()) return refuse(kBadMail);
  return out;
}

Result<M5> decode_m5(ByteView body, const StreamId& mine) {
  Reader in(body);
  M5 out;
  out.mine.stream = mine;
  out.mine.position = in.number<std::uint64_t>();
  out.mine.history = in.fixed<Hash>();
  const auto flag = in.number<std::uint8_t>();
  log::Place ours;
  ours.stream = in.fixed<StreamId>();
  ours.position = in.number<std::uint64_t>();
  ours.history = in.fixed<Hash>();
  out.signature = in.fixed<Signature>();
  const bool zeros = ours.stream.zero() && ours.position == 0 && ours.history.zero();
  if (!in.finished() || flag > 1 || (flag == 0) != zeros) return refuse(kBadMail);
  if (flag == 1) out.ours = ours;
  return out;
}

Result<M6> decode_m6(ByteView body, const SignKey& recipient) {
  Reader in(body);
  M6 out;
  out.state = in.fixed<Hash>();
  out.epoch = in.number<std::uint32_t>();
  out.key_id = in.fixed<KeyId>();
  out.box.recipient = recipient;
  out.box.sealed = in.fixed<decltype(wire::Box::sealed)>();
  out.signature = in.fixed<Signature>();
  if (!in.finished()) return refuse(kBadMail);
  return out;
}

Bytes seal_mail(const crypto::Key& s, std::uint8_t kind, ByteView body, const Entropy& entropy) {
  Writer writer;
  writer.number(kind).number(static_cast<std::uint16_t>(body.size())).bytes(body);
  Bytes plain = std::move(writer).take();
  plain.resize(wire::kMailSize);
  return crypto::seal(mail_key(s).view(), mailbox_of(s).view(), plain, entropy);
}

Result<Letter> open_mail(const crypto::Key& s, ByteView mail) {
  const auto plain = crypto::open(mail_key(s).view(), mailbox_of(s).view(), mail);
  if (!plain || plain->size() != wire::kMailSize) return refuse(kBadMail);
  Reader in(*plain);
  Letter out;
  out.kind = in.number<std::uint8_t>();
  const ByteView body = in.bytes(in.number<std::uint16_t>());
  const ByteView rest = in.bytes(in.left());
  if (in.failed() || std::ranges::any_of(rest, [](std::uint8_t b) { return b != 0; })) return refuse(kBadMail);
  out.body.assign(body.begin(), body.end());
  return out;
}

M2 make_m2(const crypto::DeviceKeys& keys, const StreamId& self, const Signature& join, const Challenge& nonce,
           ByteView m1, std::string name) {
  M2 out{.sign = keys.sign,
         .box = keys.box,
         .self = self,
         .join = join,
         .nonce = nonce,
         .m1_hash = wire::tagged_hash("m1", {m1}),
         .name = std::move(name),
         .signature = {}};
  out.signature = wire::tagged_sign(keys.sign_secret.view(), "m2", {signed_part(out).view()});
  return out;
}

M3 make_m3(const crypto::DeviceKeys& keys, const Challenge& nonce, ByteView m1, ByteView m2) {
  M3 out{.nonce = nonce, .hash = wire::tagged_hash("m1m2", {m1, m2}), .signature = {}};
  out.signature = wire::tagged_sign(keys.sign_secret.view(), "m3", {out.nonce.view(), out.hash.view()});
  return out;
}

M5 make_m5(const crypto::DeviceKeys& keys, const Hash& pairing, const log::Place& mine,
           const std::optional<log::Place>& ours) {
  M5 out{.mine = mine, .ours = ours, .signature = {}};
  out.signature = wire::tagged_sign(keys.sign_secret.view(), "m5", {pairing.view(), signed_part(out).view()});
  return out;
}

M6 make_m6(const crypto::DeviceKeys& keys, const Hash& pairing, const Hash& state, std::uint32_t epoch,
           const KeyId& key_id, const wire::Box& box) {
  M6 out{.state = state, .epoch = epoch, .key_id = key_id, .box = box, .signature = {}};
  out.signature = wire::tagged_sign(keys.sign_secret.view(), "m6", {pairing.view(), signed_part(out).view()});
  return out;
}

Result<> check_m1(const M1& m1) {
  if (!wire::verify_join(as_member(m1.sign, m1.box, m1.self, m1.join))) return refuse(kBadMail);
  return {};
}

Result<> check_m2(const M2& m2, ByteView m1_body) {
  if (m2.m1_hash != wire::tagged_hash("m1", {m1_body}) ||
      !wire::tagged_verify(m2.sign, m2.signature, "m2", {signed_part(m2).view()}) ||
      !wire::verify_join(as_member(m2.sign, m2.box, m2.self, m2.join))) {
    return refuse(kBadMail);
  }
  return {};
}

Result<> check_m3(const M3& m3, const M1& m1, ByteView m1_body, ByteView m2_body) {
  if (wire::tagged_hash("nonce", {m3.nonce.view()}) != m1.nonce_hash ||
      m3.hash != wire::tagged_hash("m1m2", {m1_body, m2_body}) ||
      !wire::tagged_verify(m1.sign, m3.signature, "m3", {m3.nonce.view(), m3.hash.view()})) {
    return refuse(kBadMail);
  }
  return {};
}

Result<> check_m5(const M5& m5, const M1& m1, const Hash& pairing) {
  if (!wire::tagged_verify(m1.sign, m5.signature, "m5", {pairing.view(), signed_part(m5).view()})) {
    return refuse(kBadMail);
  }
  return {};
}

Result<> check_m6(const M6& m6, const M1& m1, const Hash& pairing) {
  if (!wire::tagged_verify(m1.sign, m6.signature, "m6", {pairing.view(), signed_part(m6).view()})) {
    return refuse(kBadMail);
  }
  return {};
}

std::vector<std::string> compare_words(ByteView m1, ByteView m2, const Challenge& nonce_a) {
  return four_words(wire::tagged_hash("words", {m1, m2, nonce_a.view()}));
}

Hash pairing_hash(ByteView m1, ByteView m2, const Challenge& nonce_a) {
  return wire::tagged_hash("pairing", {m1, m2, nonce_a.view()});
}

}  // namespace attune::space
