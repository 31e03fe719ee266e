// Cherish: the fold.
#pragma once

#include <vector>

#include "attune/log/sorted.h"
#include "attune/practices/cherish/events.h"

namespace attune::cherish {

struct Thanks {
  EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::vector<EventId> edits;         ///< oldest first
  std::optional<EventId> answer;      ///< the receiver's newest
  std::optional<EventId> kept;        ///< the event of *mine* it was kept in before
  std::uint64_t touched = 0;          ///< position of the newest event about it
};
BOOST_DESCRIBE_STRUCT(Thanks, (), (id, person, pending, edits, answer, kept, touched))

struct KeptOne {
  EventId id;
  bool pending = false;
  bool offer = false;
};
BOOST_DESCRIBE_STRUCT(KeptOne, (), (id, pending, offer))

/// A time of which the jar shows me nothing; ms, both ends with it.
struct Span {
  EventId item;
  std::int64_t from = 0;
  std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(Span, (), (item, from, to))

struct State {
  std::vector<Thanks> thanks;         ///< oldest first (ours)
  log::SortedMap<EventId, std::uint32_t> at;  ///< thanks by id
  log::SortedSet<log::Pair<std::uint8_t, EventId>> sent;  ///< kept items that became thanks, by their person (ours)
  std::vector<KeptOne> kept;          ///< oldest first (mine)
  std::vector<Span> hidden;           ///< oldest first (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (thanks, at, sent, kept, hidden))

void fold(State& state, const log::Event& event);

}  // namespace attune::cherish
