// The relay: who may append and read, in what order, and what each connection is told. No socket, clock, thread or
// random device: messages of wire/frames.h in, messages out.
//
//   MemoryStore store;                       // or SqliteStore
//   LocalBus bus;
//   Relay relay(store, bus, policy);
//   auto session = relay.connect({.nonce = random}, [] { /* have next() called soon */ });
//   session->receive(message, now);          // each message the device sends
//   while (auto message = session->next(now)) send(*message);     // whenever woken, and after receive()
//   if (session->ended()) hang_up();
//
// One session is used by one thread; different sessions of one relay may live on different threads. Destroying a
// session is hanging up.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "server/bus/bus.h"
#include "server/relay/allowance.h"
#include "server/relay/budget.h"
#include "server/relay/policy.h"
#include "server/relay/waker.h"
#include "server/store/store.h"

namespace attune::server {

/// What the relay is told of a new connection.
struct Entrance {
  Challenge nonce;                       ///< 32 fresh random bytes
  Time now;                              ///< the challenge must be answered within 30 s of it
  bool token = false;                    ///< the connection showed the registration token
  std::shared_ptr<Allowance> allowance;  ///< of its network address; none: no limit
};

/// One connection. Its messages, in order:
///  - hello → challenge; prove → welcome, or fault and the end.
///  - append → stored (after the commit), moved or refused. Requests are answered in the order in which they are done.
///  - follow → records, at least once (perhaps none inside), then live. Delivery goes up to where the key ceased to be
///    a member. A key that never was one, or a stream that does not exist, gets refused with request 0.
///  - mail put → stored (head and history zero) or refused. Putting the same mail again changes nothing.
///  - mail follow → mail, now and at every change.
///  - push key ask → push key. Push set, push clear, wake at → stored (head and history zero) or refused.
///  - slot put → stored (head and history zero) or refused. Slot get → slot or refused, one at a time.
///  - signal → nothing. To the other connections that follow the stream and have said a signal of it, signalled: behind
///    all else there is to say, the newest of each sender, if both keys may write in the stream. Ten a second are taken
///    of one connection (twenty at once); what is beyond, or not for it to say, is dropped.
/// What a connection appended itself is not delivered to it, and a key that becomes a member by another connection's
/// append is told with `joined`.
class Session {
 public:
  virtual ~Session() = default;

  /// A message of the device. Checks signatures here, on the caller's thread.
  virtual void receive(ByteView message, Time now) = 0;
  /// False: as many requests as allowed are not answered yet; read no more from the socket until true again.
  /// Receiving all the same is harmless, such a request is refused with kSlowDown.
  [[nodiscard]] virtual bool ready() const = 0;
  /// The next message to send, or none for now. Records are read from the store here, one batch at a time, so a device
  /// that reads slowly costs no memory; what was appended just now comes without reading where it can. A batch holds at
  /// least one record, then at most so many bytes of them.
  virtual std::optional<Bytes> next(Time now, std::size_t batch_bytes = wire::kMaxBatchBytes) = 0;
  /// After the messages that next() still has, hang up.
  [[nodiscard]] virtual bool ended() const = 0;
  /// The challenge was answered rightly.
  [[nodiscard]] virtual bool proven() const = 0;
  /// The server stops. What the store has answered so far is said first, then that it stops.
  virtual void stop() = 0;
};

class Relay {
 public:
  /// `store` and `bus` outlive the relay; the relay outlives its sessions and every write it queued.
  Relay(Store& store, Bus& bus, Policy policy);

  /// `wake` is called, on any thread, when next() may have something new or ready() may have become true. It must not
  /// call the session itself, and may be called once more while the session is being destroyed.
  std::unique_ptr<Session> connect(Entrance entrance, std::function<void()> wake);

  /// Hands the wake-up times that have come to the waker; every few seconds. One that is more than an hour late,
  /// because the server was not running, is let go.
  void ring(Time now);

  /// Empties expired mailboxes and slots; now and then (it changes nothing that a device is told).
  void tidy(Time now);

  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] Store& store() { return store_; }
  [[nodiscard]] Bus& bus() { return bus_; }
  /// Records of all connections that wait to be stored.
  [[nodiscard]] Budget& in_flight() { return in_flight_; }
  /// Records that are stored and wait to be handed to who is connected. Without room they are read from the store.
  [[nodiscard]] Budget& handed_on() { return handed_on_; }
  [[nodiscard]] Presence& presence() { return presence_; }
  /// Whom to call, if the policy has a push key.
  [[nodiscard]] Waker& waker() { return waker_; }

 private:
  Store& store_;
  Bus& bus_;
  Policy policy_;
  Budget in_flight_;
  Budget handed_on_;
  Presence presence_;
  Waker waker_{presence_};
};

}  // namespace attune::server
