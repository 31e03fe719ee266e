// Which devices to call through their push service, and when. Knows no clock, address or key of theirs: it is asked
// each second what is due, and told what became of it. Safe to use from several threads.
//
// A device that is not connected is called at once, one that is connected only if it says nothing for fifteen seconds:
// a phone put away a moment ago still looks connected, and whoever has it in their hand needs no call. Between two
// calls lies a minute at least; what comes in between waits for its end, so that it is told after all. A call that
// could not be made is tried again a few times, ever more slowly. All of it is in memory: a call that a restart loses
// is no more than one that came late, for the device sees at its next connect what there is.
#pragma once

#include <optional>
#include <vector>

#include "server/relay/presence.h"

namespace attune::server {

class Waker {
 public:
  explicit Waker(Presence& presence) : presence_(presence) {}

  /// Something was stored that this device would want to notice.
  void news(const SignKey& device, Time now) { ask(device, false, now); }
  /// A time has come that the device itself has asked for; it is called whether it is connected or not.
  void time_came(const SignKey& device, Time now) { ask(device, true, now); }

  /// At most so many devices to call now, those that wait longest first. Each is not named again before answered().
  std::vector<SignKey> due(Time now, std::size_t most);

  enum class Answer : std::uint8_t {
    called,  ///< or it never will be, by a fault of ours
    gone,    ///< no more where it was called; what came meanwhile is told where it may be by then
    later    ///< to be tried again
  };
  /// `wait_ms`: what the push service asked for; at least the waker's own pause is kept, at most an hour.
  void answered(const SignKey& device, Answer answer, Time now, std::int64_t wait_ms = 0);

  static constexpr std::int64_t kApartMs = 60 * 1000;
  static constexpr std::int64_t kGraceMs = 15 * 1000;
  static constexpr std::size_t kMostWaiting = 10'000;

 private:
  struct Turn {
    std::optional<Time> due;
    Time asked;           ///< newest reason for it
    bool surely = false;  ///< whether the device is heard from or not
    bool calling = false;
    std::size_t failed = 0;
    Time called;
  };
  void ask(const SignKey& device, bool surely, Time now);

  Presence& presence_;
  std::mutex mutex_;
  std::map<SignKey, Turn> turns_;
};

}  // namespace attune::server
