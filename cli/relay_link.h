// The connection to a relay, as a session uses it: what happened is fetched, one event at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/bytes.h"

namespace attune::cli {

namespace link {
struct Opened {};
struct Frame {
  Bytes bytes;
};
/// The connection is over, or never came to be: "server-unreachable", "server-is-none", "server-untrusted",
/// "slow-down", "bad-address" or "connection-lost".
struct Closed {
  std::string code;
};
/// The person pressed Ctrl-C, or the process is asked to end.
struct Interrupted {};
using Event = std::variant<Opened, Frame, Closed, Interrupted>;
}  // namespace link

class RelayLink {
 public:
  virtual ~RelayLink() = default;
  /// Opens a connection to a relay address such as "https://example.org", hanging up any other first. https is
  /// checked against the machine's certificates, http is for the machine itself only.
  virtual void dial(const std::string& relay) = 0;
  /// From the next connection on, this is shown to the relay: some let in only whom their owner gave a token. Not kept.
  virtual void show_token(std::string token) = 0;
  /// One binary message. Without an open connection it goes nowhere.
  virtual void send(Bytes frame) = 0;
  /// Ends the connection; no event of it comes any more.
  virtual void hang_up() = 0;
  /// The next event, waiting until then. None: the time is up.
  virtual std::optional<link::Event> next(std::chrono::steady_clock::time_point until) = 0;
  /// From now on SIGINT and SIGTERM come as events.
  virtual void catch_interrupts() = 0;
};

std::unique_ptr<RelayLink> make_relay_link();

/// A token travels as a name in a header: letters, digits and !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2), at least one of them.
bool is_token(std::string_view text);

}  // namespace attune::cli
