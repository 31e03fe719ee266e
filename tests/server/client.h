// A small client over a real socket: HTTP and WebSocket by hand, so that a test can also do what no browser would.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "server/log.h"

namespace attune::tests {

class Client {
 public:
  /// Connects to this machine; any failure fails the test.
  explicit Client(std::uint16_t port);
  ~Client();
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), read_(std::move(other.read_)) {}
  Client& operator=(Client&&) = delete;

  void send_text(std::string_view bytes);
  /// The head of an HTTP answer, up to the empty line. Empty: the other side has closed.
  std::string read_head();
  std::string read_exactly(std::size_t size);
  /// A whole answer with a content length.
  std::string get(std::string_view target, std::string_view more_headers = {});
  /// True once the other side has closed; waits for it.
  bool closed();

  /// GET /relay as a WebSocket; the head of the answer.
  std::string upgrade(std::string_view more_headers = {});
  void send_frame(ByteView payload, std::uint8_t opcode = 2, bool last = true);
  void send(const wire::FromDevice& message) { send_frame(wire::encode(message)); }
  /// The next message; none: closed. Pings are passed over.
  std::optional<wire::FromRelay> hear();
  template <class Message>
  std::optional<Message> expect() {
    const auto heard = hear();
    if (!heard) return std::nullopt;
    const auto* message = std::get_if<Message>(&*heard);
    return message == nullptr ? std::nullopt : std::optional<Message>(*message);
  }
  /// Upgrade, hello, prove. None: turned away.
  std::optional<wire::Welcome> arrive(const Keys& keys, std::string_view origin, std::string_view more_headers = {});
  [[nodiscard]] int socket() const { return socket_; }

 private:
  bool fill();

  int socket_ = -1;
  std::string read_;
};

}  // namespace attune::tests
