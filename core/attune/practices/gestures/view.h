// Gestures: what a screen shows.
#pragma once

#include "attune/practices/gestures/commands.h"

namespace attune::gestures {

using practices::Mark;

struct GestureView {
  std::optional<std::string> gesture;  ///< its id in the content
  std::optional<EventId> own;          ///< or which of somebody's own it is
  std::string text;                    ///< of one in own words
  Liking liking = Liking::love;
  At at;
  Mark mark = Mark::safe;
};
BOOST_DESCRIBE_STRUCT(GestureView, (), (gesture, own, text, liking, at, mark))

struct GesturesView {
  std::vector<GestureView> mine;    ///< in the order in which they came; what is not said is not among them
  std::vector<GestureView> theirs;
  std::uint32_t not_shown = 0;      ///< so many I kept while I was alone, and the other does not see
};
BOOST_DESCRIBE_STRUCT(GesturesView, (), (mine, theirs, not_shown))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "gestures";
  using Events = gestures::Events;
  using State = gestures::State;
  using Commands = gestures::Commands;
  using View = GesturesView;
  static void fold(State& state, const log::Event& event) { gestures::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return gestures::plan(context, state, command);
  }
  static View view(const space::Context& context, const State& state);
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::gestures
