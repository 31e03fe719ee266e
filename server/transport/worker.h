// One thread of the server and the connections that live on it.
#pragma once

#include <chrono>
#include <set>

#include "server/relay/relay.h"
#include "server/settings/settings.h"
#include "server/transport/asio.h"
#include "server/transport/gate.h"
#include "server/web/files.h"

namespace attune::server {

using Clock = std::chrono::steady_clock;

/// What all threads share; nothing of it changes while they run but through its own locks.
struct Shared {
  explicit Shared(const Settings& from);

  Settings settings;
  Relay* relay = nullptr;  ///< set before the threads start
  Gate gate;
  Budget memory;  ///< of messages being read and sent
  std::vector<HttpHeader> headers;
  bool own_pages_only = false;  ///< a browser's page from elsewhere may not come in
  std::atomic<bool> stopping = false;
};

/// Anything on a worker's thread that can be too slow or be told to end.
class Visit {
 public:
  virtual ~Visit() = default;
  /// Now and then: closes itself if it is overdue.
  virtual void check(Clock::time_point now) = 0;
  /// The server stops: says so and closes.
  virtual void leave() = 0;
};

struct Worker {
  explicit Worker(Shared& with) : shared(with), io(1) {}
  Shared& shared;
  std::set<Visit*> visits;  ///< on this worker's thread only; outlives `io`, in which the visits still are at the end
  asio::io_context io;
};

/// A connection that asks to become a WebSocket at /relay.
struct Upgrade {
  Socket socket;
  http::request<http::empty_body> request;
  Gate::Pass pass;
};

/// Reads requests from a fresh connection and answers them, until it ends or becomes a WebSocket.
Task<std::optional<Upgrade>> serve_http(Worker& worker, TimedSocket stream, std::optional<Gate::Pass> pass);

/// A WebSocket at /relay, from its handshake to its end. Returns at once, and nothing of the caller's is kept.
void serve_relay(Worker& worker, Upgrade upgrade);

/// Milliseconds since 1970.
Time wall_clock();

}  // namespace attune::server
