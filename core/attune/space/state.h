// The fold of the space: names, what was opened or taken back, and the sealed answers (PROTOCOL.md 7, 8, 15).
//
// Total and deterministic: what is forbidden changes nothing. One struct for each stream; only views combine them.
#pragma once

#include <array>
#include <map>

#include "attune/log/sorted.h"
#include "attune/space/events.h"

namespace attune::space {

/// One person's side of a sealed question: none ⇄ committed → opened.
struct Side {
  enum class State : std::uint8_t { none, committed, opened };
  State state = State::none;
  EventId commit;
  Hash commitment;
  EventId opening;
  bool late_take_back = false;  ///< taken back after both had committed: shown as "not opened" until it opens
};
BOOST_DESCRIBE_STRUCT(Side, (), (state, commit, commitment, opening, late_take_back))
struct Sealed {
  std::array<Side, 2> sides;
  [[nodiscard]] bool both_committed() const {
    return sides[0].state != Side::State::none && sides[1].state != Side::State::none;
  }
};
BOOST_DESCRIBE_STRUCT(Sealed, (), (sides))

/// Who wrote an event of *ours*, and where.
struct Wrote {
  std::uint64_t position = 0;
  std::uint8_t person = 0;
  bool pending = false;
};
BOOST_DESCRIBE_STRUCT(Wrote, (), (position, person, pending))

struct Ours {
  log::SortedMap<EventId, Wrote> wrote;  ///< every event of *ours*
  std::array<std::optional<EventId>, 2> named;
  log::SortedMap<EventId, EventId> taken_back;  ///< item → the event that took it back
  log::SortedMap<EventId, Sealed> sealed;  ///< by question event
  std::array<std::optional<EventId>, 2> first;  ///< what each person wrote first
  std::uint64_t begins = 0;             ///< where the stream that is written to now begins; 0: at the beginning
  log::SortedMap<EventId, StreamId> earlier;  ///< questions answered before that, and in which stream

  /// A question from before that both had not opened by then. Nobody answers or opens it any more: what is sealed names
  /// its stream, and one could have read the other's answer in a history that this one leaves out.
  [[nodiscard]] bool left_behind(const EventId& question) const;
};
BOOST_DESCRIBE_STRUCT(Ours, (), (wrote, named, taken_back, sealed, first, begins, earlier))

struct Mine {
  std::optional<EventId> joined;
  std::optional<EventId> my_name;
  std::map<SignKey, EventId> device_named;
  log::SortedSet<EventId> opened;
  log::SortedMap<EventId, EventId> copied;  ///< item → the event that holds my copy
  log::SortedSet<EventId> kept_to_myself;
  log::SortedSet<EventId> pending;  ///< events of mine that are not confirmed
};
BOOST_DESCRIBE_STRUCT(Mine, (), (joined, my_name, device_named, opened, copied, kept_to_myself, pending))

struct State {
  Ours ours;
  Mine mine;
};
BOOST_DESCRIBE_STRUCT(State, (), (ours, mine))

/// False, and nothing is done: an event of *ours* of this id counts already.
bool fold(State& state, const log::Event& event);

/// From `position` on it is another stream of *ours*, which continues `earlier`.
void go_on(State& state, const StreamId& earlier, std::uint64_t position);

}  // namespace attune::space
