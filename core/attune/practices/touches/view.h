// Touches: what a screen shows. The sender sees that one was sent, nothing more.
#pragma once

#include "attune/practices/touches/commands.h"

namespace attune::touches {

using practices::Mark;

struct TouchView {
  EventId item;
  Touch touch = Touch::squeeze;
  std::string words;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;
  bool felt = false;  ///< of the other's: I have felt it
};
BOOST_DESCRIBE_STRUCT(TouchView, (), (item, touch, words, by_me, at, mark, felt))

struct TouchesView {
  std::vector<TouchView> touches;            ///< newest first, of the last hundred or so
  std::optional<std::int64_t> muted_until;   ///< ms; none: they are shown as they come
  std::int64_t next_at = 0;                  ///< ms from which on I can send one
  std::uint32_t left_today = 0;              ///< so many are left for today
};
BOOST_DESCRIBE_STRUCT(TouchesView, (), (touches, muted_until, next_at, left_today))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "touches";
  using Events = touches::Events;
  using State = touches::State;
  using Commands = touches::Commands;
  using View = TouchesView;
  static void fold(State& state, const log::Event& event) { touches::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return touches::plan(context, state, command);
  }
  static View view(const space::Context& context, const State& state);
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item);
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::touches
