#include "bench/relay/line.h"

#include <stdexcept>

#include "wire/tagged.h"

namespace attune::bench {

using namespace wire;

namespace {

constexpr std::string_view kUpgrade =
    "GET /relay HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
constexpr std::uint8_t kStored = 0x83;
constexpr std::uint8_t kRecords = 0x86;
constexpr std::size_t kRecordCountAt = 1 + 32 + 8 + 32;  // in `records`: type, stream, head, R

}  // namespace

Line::Line(const Poll& poll, std::uint16_t port, const Couple& couple, std::size_t person, Heard heard)
    : socket_(port), port_(port), couple_(couple), person_(person), heard_(std::move(heard)) {
  poll.add(socket_, *this);
  socket_.send(kUpgrade);
}

void Line::readable() {
  socket_.receive();
  if (!upgraded_ && !upgraded()) return;
  while (next_message()) {
  }
}

bool Line::upgraded() {
  const std::string_view head = socket_.unread();
  const std::size_t end = head.find("\r\n\r\n");
  if (end == std::string_view::npos) return false;
  if (!head.starts_with("HTTP/1.1 101")) throw std::runtime_error("turned away: " + std::string(head.substr(0, end)));
  socket_.consume(end + 4);
  upgraded_ = true;
  socket_.send(frame_of(encode(Hello{.protocol = kProtocolVersion, .key = couple_.keys[person_].sign, .nonce = {}})));
  return true;
}

// The relay's frames are whole and not masked; those of a load like this are shorter than 64 KiB.
bool Line::next_message() {
  const ByteView in = as_bytes(socket_.unread());
  if (in.size() < 2) return false;
  const bool wide = in[1] == 126;
  if (in[1] > 126 || (wide && in.size() < 4)) return false;
  const std::size_t at = wide ? 4 : 2;
  const std::size_t size = wide ? static_cast<std::size_t>(in[2]) << 8 | in[3] : in[1];
  if (in.size() < at + size) return false;
  if ((in[0] & 0x0f) == 2) take(in.subspan(at, size));
  socket_.consume(at + size);
  return true;
}

void Line::take(ByteView message) {
  // The two that come by the thousand are not taken apart: the load is to cost little.
  if (message.front() == kStored) return heard_.stored();
  if (message.front() == kRecords) return told(message[kRecordCountAt] | message[kRecordCountAt + 1] << 8);
  const auto decoded = decode_from_relay(message);
  if (!decoded) throw std::runtime_error(std::string(decoded.error().name()));
  if (const auto* challenge = std::get_if<Challenged>(&*decoded)) return prove(*challenge);
  if (std::holds_alternative<Welcome>(*decoded)) return follow();
  throw std::runtime_error("the relay refused: message " + std::to_string(message.front()));
}

void Line::prove(const Challenged& challenge) const {
  const tests::Keys& keys = couple_.keys[person_];
  const std::string origin = "http://localhost:" + std::to_string(port_);
  socket_.send(frame_of(encode(Prove{.signature = sign_auth(keys.secret, challenge.nonce, {}, keys.sign, origin)})));
}

void Line::follow() const {
  socket_.send(frame_of(encode(Follow{.stream = couple_.mine_id(person_), .from = 1})));
  socket_.send(frame_of(encode(Follow{.stream = couple_.ours_id(), .from = 1})));
}

void Line::told(std::size_t records) {
  if (untold_ > 0) {
    if (--untold_ == 0) heard_.ready();
    return;
  }
  for (std::size_t i = 0; i < records; ++i) heard_.delivered();
}

}  // namespace attune::bench
