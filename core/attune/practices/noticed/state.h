// Noticed: the fold.
#pragma once

#include "attune/practices/noticed/events.h"

namespace attune::noticed {

struct OwnEffort {
  EventId id;
  bool pending = false;
  bool listed = true;
};
BOOST_DESCRIBE_STRUCT(OwnEffort, (), (id, pending, listed))

struct State {
  practices::AllGiven sent;         ///< (ours)
  std::vector<OwnEffort> own;       ///< oldest first (mine)
  std::vector<std::string> hidden;  ///< ids of the content that are not on my list, sorted (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (sent, own, hidden))

void fold(State& state, const log::Event& event);

}  // namespace attune::noticed
