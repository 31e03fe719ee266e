// Wakes whoever follows something when it has changed, and hands on what is stored nowhere. The second seam of the
// server (the first is store/store.h).
//
// A wake-up carries the topic; the truth is read from the store. So a wake-up may come twice, or for nothing, without
// harm; none is lost between subscribe() and dropping the subscription. Where the append that it is for is at hand, it
// comes along and saves that reading. A signal is the other way round: what it says is in it alone, and it may be lost.
#pragma once

#include <compare>
#include <memory>

#include "wire/bytes.h"

namespace attune::wire {
struct Signalled;  // wire/frames.h
}  // namespace attune::wire

namespace attune::server {

/// What can change: a stream, the set of streams a key is a member of, a mailbox. Or where signals of a stream are
/// said.
struct Topic {
  enum class Kind : std::uint8_t { stream, key, mailbox, signals };
  Kind kind = Kind::stream;
  std::array<std::uint8_t, 32> id{};
  auto operator<=>(const Topic&) const = default;

  static Topic of(const StreamId& id) { return {Kind::stream, id.bytes}; }
  static Topic of(const SignKey& id) { return {Kind::key, id.bytes}; }
  static Topic of(const MailboxId& id) { return {Kind::mailbox, id.bytes}; }
  static Topic signals_of(const StreamId& id) { return {Kind::signals, id.bytes}; }
};

struct Appended;  // relay/appended.h

class Listener {
 public:
  virtual ~Listener() = default;
  /// On the publisher's thread. Must be quick and must not call the bus.
  virtual void woken(const Topic& topic, const std::shared_ptr<const Appended>& appended) = 0;
  /// The same of a signal.
  virtual void signalled(const std::shared_ptr<const wire::Signalled>& signal) = 0;
};

class Bus {
 public:
  virtual ~Bus() = default;
  virtual void subscribe(const Topic& topic, const std::shared_ptr<Listener>& listener) = 0;
  virtual void unsubscribe(const Topic& topic, const Listener& listener) = 0;
  /// `appended`: what was just stored behind the stream that is the topic, if its followers may be handed that.
  virtual void publish(const Topic& topic, std::shared_ptr<const Appended> appended = nullptr) = 0;
  /// To everybody who listens there, `from` excepted.
  virtual void hand_on(const Topic& topic, const std::shared_ptr<const wire::Signalled>& signal,
                       const Listener& from) = 0;
};

}  // namespace attune::server
