// Calls the devices that the waker names: makes the request for the push service and reads its answer. Knows no socket
// and no clock; the network is a PushSink, and a test's own.
//
// Every call is the same: "wake up", sealed to the device, always of the same size, for a day, in place of one that the
// service has not handed over yet. Whether it was the other person or a time the device asked for does not show.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/push/p256.h"
#include "server/relay/endpoint.h"
#include "server/relay/relay.h"

namespace attune::server {

struct PushRequest {
  Endpoint endpoint;
  std::vector<std::pair<std::string, std::string>> headers;
  Bytes body;
};

struct PushReply {
  int status = 0;  ///< 0: the service was not reached
  std::int64_t retry_after_s = 0;  ///< what it asks for; 0: nothing
};

class PushSink {
 public:
  virtual ~PushSink() = default;
  /// POSTs it. `done` is called once, later, on the thread that called; or never, if the server stops before.
  virtual void send(PushRequest request, std::function<void(PushReply)> done) = 0;
};

/// As whom the relay calls.
struct PushIdentity {
  P256Pair key;
  std::string contact;  ///< mailto: or https:, or empty

  /// From the store; made and kept there if there is none yet. None: the store could not keep it, or holds no key.
  static std::optional<PushIdentity> load(Store& store, std::string contact);
};

class Pusher {
 public:
  /// All of them outlive it.
  Pusher(Relay& relay, PushSink& sink, PushIdentity identity)
      : relay_(relay), sink_(sink), identity_(std::move(identity)) {}
  Pusher(const Pusher&) = delete;
  Pusher& operator=(const Pusher&) = delete;

  /// Each second, always on the same thread.
  void tick(Time now);

  static constexpr std::size_t kMostAtOnce = 16;
  static constexpr std::size_t kPlaintextSize = 128;

 private:
  void call(const SignKey& device);
  void answered(const SignKey& device, const Subscription& called, const PushReply& reply);

  Relay& relay_;
  PushSink& sink_;
  PushIdentity identity_;
  Time now_;
  Time rung_;
  std::size_t calling_ = 0;
};

}  // namespace attune::server
