// Touches: the fold. It remembers the newest ones only: a touch is felt, not kept.
#pragma once

#include "attune/practices/touches/events.h"

namespace attune::touches {

inline constexpr std::int64_t kLeastBetween = 60'000;  ///< ms between two of one person
inline constexpr std::size_t kMostADay = 30;           ///< of one person, by their own days
inline constexpr std::size_t kRemembered = 120;        ///< so many of both are remembered

struct TouchOne {
  EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::int64_t ms = 0;
  std::int64_t day = 0;  ///< days since 1970 where it was sent
};
BOOST_DESCRIBE_STRUCT(TouchOne, (), (id, person, pending, ms, day))

struct State {
  std::vector<TouchOne> sent;            ///< oldest first (ours)
  log::SortedSet<EventId> felt;          ///< what the marks name (mine)
  std::int64_t muted_until = 0;          ///< ms (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (sent, felt, muted_until))

/// The day that it is where somebody sends one.
std::int64_t day_of(std::int64_t ms, std::int32_t offset);
/// Since when this person has to wait, and until when: a touch of theirs within the minute. None: there is none.
const TouchOne* within_the_minute(const State& state, std::uint8_t person, std::int64_t ms);
/// How many this person sent that day.
std::size_t sent_on(const State& state, std::uint8_t person, std::int64_t day);

void fold(State& state, const log::Event& event);

}  // namespace attune::touches
