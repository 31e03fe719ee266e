// Good news: the fold.
#pragma once

#include "attune/practices/goodnews/events.h"

namespace attune::goodnews {

/// Where "tell me tonight" is.
enum class Evening : std::uint8_t { none, wanted, talked };
BOOST_DESCRIBE_ENUM(Evening, none, wanted, talked)

struct Since {
  std::vector<EventId> told;       ///< answers to what was asked, oldest first
  Evening evening = Evening::none;
  std::optional<EventId> wanted;   ///< the event that said "tell me tonight"
};
BOOST_DESCRIBE_STRUCT(Since, (), (told, evening, wanted))

struct State {
  practices::AllGiven shared;         ///< its `answer` is what the other asked last (ours)
  std::vector<Since> since;           ///< of each of these, what came of it (ours)
  log::SortedSet<EventId> felt_good;  ///< (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (shared, since, felt_good))

void fold(State& state, const log::Event& event);

}  // namespace attune::goodnews
