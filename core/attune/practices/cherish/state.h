// Cherish: the fold.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "attune/practices/cherish/events.h"

namespace attune::cherish {

struct Thanks {
  EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::vector<EventId> edits;         ///< oldest first
  std::optional<EventId> answer;      ///< the receiver's newest
  std::optional<EventId> kept;        ///< the event of *mine* it was kept in before
};

struct KeptOne {
  EventId id;
  bool pending = false;
  bool offer = false;
};

struct State {
  std::vector<Thanks> thanks;         ///< oldest first (ours)
  std::map<EventId, std::size_t> at;  ///< thanks by id
  std::set<std::pair<std::uint8_t, EventId>> sent;  ///< kept items that became thanks, each by its own person (ours)
  std::vector<KeptOne> kept;          ///< oldest first (mine)
};

void fold(State& state, const log::Event& event);

}  // namespace attune::cherish
