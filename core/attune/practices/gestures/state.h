// Gestures: the fold.
#pragma once

#include <array>

#include "attune/practices/gestures/events.h"

namespace attune::gestures {

/// One gesture of somebody's menu, in the order in which they came.
struct Entry {
  std::optional<std::string> gesture;
  std::optional<EventId> own;  ///< the event it was named in first
  EventId said;                ///< the newest event about it
  bool pending = false;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (gesture, own, said, pending))

inline constexpr std::size_t kMostEntries = 200;  ///< of one person's menu

struct State {
  std::array<std::vector<Entry>, 2> menus;  ///< by person (ours)
  std::vector<Entry> kept;                  ///< (mine)
  log::SortedSet<log::Pair<std::uint8_t, EventId>>
      shown;  ///< kept ones that the other has seen since, by person (ours)
};
BOOST_DESCRIBE_STRUCT(State, (), (menus, kept, shown))

/// The entry of a menu; none: it does not stand there.
const Entry* find(const std::vector<Entry>& menu, const std::optional<std::string>& gesture,
                  const std::optional<EventId>& own);

void fold(State& state, const log::Event& event);

}  // namespace attune::gestures
