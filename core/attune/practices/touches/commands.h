// Touches: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/touches/state.h"

namespace attune::touches {

inline constexpr ErrorCode kTooSoon{1340, "touch-too-soon", "A minute lies between two touches."};
inline constexpr ErrorCode kEnoughToday{1341, "touches-enough-today", "Thirty touches are enough for a day."};
inline constexpr ErrorCode kWordsOfLove{1342, "words-of-love-only", "Only “I love you” takes words."};
inline constexpr ErrorCode kBadMute{1343, "bad-quiet-time", "Touches can be quiet for up to seven days."};

inline constexpr std::size_t kMaxLove = 300;                             ///< bytes of words of love
inline constexpr std::int64_t kMostMuted = 7LL * 24 * 60 * 60'000;       ///< ms from now

/// Errors: not-paired, touch-too-soon, touches-enough-today, words-of-love-only, text-too-long.
struct Send {
  static constexpr std::string_view kName = "touches.send";
  Touch touch = Touch::squeeze;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Send, (), (touch, words))

/// I have felt this one and all before it. Errors: unknown-item.
struct Feel {
  static constexpr std::string_view kName = "touches.feel";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(Feel, (), (item))

/// None is shown as it comes before this time (ms); a time that is past ends it. The other is not told.
/// Errors: bad-quiet-time.
struct Mute {
  static constexpr std::string_view kName = "touches.mute";
  std::int64_t until = 0;
};
BOOST_DESCRIBE_STRUCT(Mute, (), (until))

using Commands = boost::mp11::mp_list<Send, Feel, Mute>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Send& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Feel& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Mute& command);

/// What may be written, and is read.
Result<> check(const Sent::Content& content);

inline constexpr const ErrorCode* kErrors[] = {&kTooSoon, &kEnoughToday, &kWordsOfLove, &kBadMute};

}  // namespace attune::touches
