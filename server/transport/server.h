// The relay on the network: HTTP for the web app, WebSocket at /relay. Nothing outside of transport/ knows Asio or
// Beast.
//
// Every thread has an io_context of its own and a connection stays on the one it came to, so that nothing of it needs a
// lock. What other threads have for a connection (an answer, a wake-up) is posted to its thread.
#pragma once

#include <atomic>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "server/push/pusher.h"
#include "server/settings/settings.h"

namespace attune::server {

enum class ListenFault : std::uint8_t { port_in_use, address };

class Server {
 public:
  /// Takes the address and port of the settings, so that a port in use is noticed before any data is touched.
  static std::expected<std::unique_ptr<Server>, ListenFault> open(const Settings& settings);
  virtual ~Server() = default;

  /// From run() on, devices are called as this. Without it nobody is called.
  virtual void call_as(PushIdentity identity) = 0;
  /// Serves until stop() or one of the signals SIGINT and SIGTERM; false if the port could not be listened on after
  /// all. `relay` and its store outlive the server.
  /// `started` is called once connections are taken in; `settle` once nothing new is: when that returns, every append
  /// taken in so far has been answered by the store. Then the connections are told, closed, and run() returns.
  virtual bool run(Relay& relay, const std::function<void()>& started, const std::function<void()>& settle) = 0;
  /// From any thread, once `started` has been called.
  virtual void stop() = 0;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
};

}  // namespace attune::server
