// Letters: the fold.
#pragma once

#include "attune/practices/letters/events.h"

namespace attune::letters {

struct HeldOne {
  EventId id;
  bool pending = false;
  std::int64_t due = 0;  ///< ms
  bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(HeldOne, (), (id, pending, due, withdrawn))

struct State {
  practices::AllGiven sealed;  ///< (ours)
  std::vector<std::optional<EventId>> held_before;  ///< of each of these, where it was held (ours)
  log::SortedSet<log::Pair<std::uint8_t, EventId>> posted;  ///< held ones that were, by person (ours)
  std::vector<HeldOne> held;   ///< oldest first (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (sealed, held_before, posted, held))

void fold(State& state, const log::Event& event);

}  // namespace attune::letters
