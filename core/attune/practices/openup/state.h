// Open up: the fold.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "attune/practices/openup/events.h"

namespace attune::openup {

struct Question {
  EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::string prompt;
  std::optional<EventId> written;  ///< the event of *mine* its answer was written in before
};

struct WrittenOne {
  EventId id;
  bool pending = false;
  std::string prompt;
};

struct State {
  std::vector<Question> questions;    ///< oldest first (ours)
  std::map<EventId, std::size_t> at;  ///< questions by id
  std::set<std::pair<std::uint8_t, EventId>> sent;  ///< written items that became questions, by person (ours)
  std::set<EventId> passed;           ///< (mine)
  std::vector<WrittenOne> written;    ///< oldest first (mine)
};

void fold(State& state, const log::Event& event);

}  // namespace attune::openup
