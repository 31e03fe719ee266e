// Feelings: the fold.
#pragma once

#include "attune/practices/feelings/events.h"

namespace attune::feelings {

struct NotedOne {
  EventId id;
  bool pending = false;
};
BOOST_DESCRIBE_STRUCT(NotedOne, (), (id, pending))

struct State {
  practices::AllGiven shared;   ///< (ours)
  std::vector<NotedOne> noted;  ///< oldest first (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (shared, noted))

void fold(State& state, const log::Event& event);

}  // namespace attune::feelings
