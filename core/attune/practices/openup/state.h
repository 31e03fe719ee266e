// Open up: the fold.
#pragma once

#include <vector>

#include "attune/log/sorted.h"
#include "attune/practices/openup/events.h"

namespace attune::openup {

struct Question {
  EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::string prompt;
  std::optional<EventId> written;  ///< the event of *mine* its answer was written in before
};
BOOST_DESCRIBE_STRUCT(Question, (), (id, person, pending, prompt, written))

struct WrittenOne {
  EventId id;
  bool pending = false;
  std::string prompt;
};
BOOST_DESCRIBE_STRUCT(WrittenOne, (), (id, pending, prompt))

struct State {
  std::vector<Question> questions;    ///< oldest first (ours)
  log::SortedMap<EventId, std::uint32_t> at;  ///< questions by id
  log::SortedSet<log::Pair<std::uint8_t, EventId>> sent;  ///< written items that became questions, by person (ours)
  log::SortedSet<EventId> passed;     ///< (mine)
  std::vector<WrittenOne> written;    ///< oldest first (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (questions, at, sent, passed, written))

void fold(State& state, const log::Event& event);

}  // namespace attune::openup
