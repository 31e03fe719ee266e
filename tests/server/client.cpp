#include "server/client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace attune::tests {

using namespace wire;

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connected = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  EXPECT_EQ(connected, 0) << "nobody listens on port " << port;
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A server that never answers fails the test instead of holding it up.
  const timeval patience{.tv_sec = 30, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

void Client::send_text(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Client::fill() {
  char buffer[65536];
  const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
  if (got < 0 && errno == EAGAIN) ADD_FAILURE() << "no answer within 30 s";
  if (got <= 0) return false;
  read_.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_head() {
  std::size_t end = 0;
  while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return {};
  }
  std::string out = read_.substr(0, end + 4);
  read_.erase(0, end + 4);
  return out;
}

std::string Client::read_exactly(std::size_t size) {
  while (read_.size() < size) {
    if (!fill()) return {};
  }
  std::string out = read_.substr(0, size);
  read_.erase(0, size);
  return out;
}

std::string Client::get(std::string_view target, std::string_view more_headers) {
  send_text("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more_headers) + "\r\n");
  std::string head = read_head();
  const std::size_t length = head.find("Content-Length: ");
  if (length == std::string::npos) return head;
  return head + read_exactly(std::stoul(head.substr(length + 16)));
}

bool Client::closed() {
  read_.clear();
  while (fill()) read_.clear();
  return errno != EAGAIN;
}

std::string Client::upgrade(std::string_view more_headers) {
  send_text(
      "GET /relay HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
      "13\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
      std::string(more_headers) + "\r\n");
  return read_head();
}

void Client::send_frame(ByteView payload, std::uint8_t opcode, bool last) {
  std::string frame;
  frame += static_cast<char>((last ? 0x80 : 0) | opcode);
  const std::size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else {
    const bool wide = size > 0xffff;
    frame += static_cast<char>(0x80 | (wide ? 127 : 126));
    for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8)
      frame += static_cast<char>(static_cast<std::uint64_t>(size) >> shift & 0xff);
  }
  frame.append(4, '\0');  // a mask of zeros changes nothing
  frame.append(as_text(payload));
  send_text(frame);
}

std::optional<FromRelay> Client::hear() {
  for (;;) {
    const std::string start = read_exactly(2);
    if (start.empty()) return std::nullopt;
    const auto opcode = static_cast<std::uint8_t>(start[0] & 0x0f);
    std::uint64_t size = static_cast<std::uint8_t>(start[1]);
    if (size >= 126) {
      const std::string wide = read_exactly(size == 126 ? 2 : 8);
      size = 0;
      for (const char c : wide) size = size << 8 | static_cast<std::uint8_t>(c);
    }
    const std::string payload = size == 0 ? std::string() : read_exactly(size);
    if (opcode == 8) {
      send_frame(as_bytes(payload), 8);
      ::shutdown(socket_, SHUT_WR);
      return std::nullopt;
    }
    if (opcode != 2) continue;
    const auto message = decode_from_relay(as_bytes(payload));
    if (!message) {
      ADD_FAILURE() << message.error().name();
      return std::nullopt;
    }
    return *message;
  }
}

std::optional<Welcome> Client::arrive(const Keys& keys, std::string_view origin, std::string_view more_headers) {
  if (!upgrade(more_headers).starts_with("HTTP/1.1 101")) return std::nullopt;
  const auto nonce = all<Challenge>(0x33);
  send(Hello{.protocol = kProtocolVersion, .key = keys.sign, .nonce = nonce});
  const auto challenged = expect<Challenged>();
  if (!challenged) return std::nullopt;
  send(Prove{.signature = sign_auth(keys.secret, challenged->nonce, nonce, keys.sign, origin)});
  return expect<Welcome>();
}

}  // namespace attune::tests
