// A device of a test: talks to a relay through a session, without a network.
#pragma once

#include <gtest/gtest.h>

#include <deque>

#include "server/bus/local_bus.h"
#include "server/log.h"
#include "server/relay/relay.h"
#include "server/store/memory.h"

namespace attune::tests {

inline constexpr server::Time kNow{1'790'000'000'000};
inline constexpr const char* kOrigin = "http://localhost:8420";

class Device {
 public:
  Device(server::Relay& relay, const Keys& keys, server::Entrance entrance = {});

  /// Hello and prove, up to the welcome.
  Device& arrive();
  void send(const wire::FromDevice& message) { send_raw(wire::encode(message)); }
  void send_raw(ByteView message);
  /// Everything the relay has to say now.
  std::vector<wire::FromRelay> hear();
  /// The next thing the relay says, which must be a Message.
  template <class Message>
  Message expect() {
    if (heard_.empty()) listen();
    if (heard_.empty()) {
      ADD_FAILURE() << "the relay says nothing";
      return {};
    }
    const wire::FromRelay next = heard_.front();
    heard_.pop_front();
    const auto* message = std::get_if<Message>(&next);
    EXPECT_NE(message, nullptr) << "the relay says something else: " << next.index();
    return message != nullptr ? *message : Message{};
  }
  [[nodiscard]] bool hears_nothing() { return hear().empty(); }

  server::Session& session() { return *session_; }
  [[nodiscard]] int wakings() const { return *wakings_; }
  server::Time now = kNow;
  Keys keys;
  wire::Welcome welcome;

 private:
  void listen();

  std::shared_ptr<int> wakings_ = std::make_shared<int>(0);
  server::Entrance entrance_;
  std::unique_ptr<server::Session> session_;
  std::deque<wire::FromRelay> heard_;
};

/// A relay over a store in memory.
struct World {
  explicit World(server::MemoryStore::Commit commit = server::MemoryStore::Commit::at_once, server::Policy policy = {});

  server::MemoryStore store;
  server::LocalBus bus;
  server::Relay relay;

  Keys phone = keys_of(1);
  Keys laptop = keys_of(2);
  Keys phrase = keys_of(3);
  Keys other = keys_of(5);
  Keys fresh = keys_of(6);
  Keys stranger = keys_of(7);

  Device device(const Keys& keys) { return Device(relay, keys); }
  /// Founds the log's stream by its genesis' author and appends the rest; fails the test if refused.
  void store_log(const Log& log, const Keys& founder);
};

}  // namespace attune::tests
