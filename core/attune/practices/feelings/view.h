// Feelings: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/feelings/commands.h"

namespace attune::feelings {

using practices::Mark;
using practices::TakenBackView;

struct FeelingAnswerView {
  std::optional<Response> response;
  std::string words;
  At at;
  bool by_me = false;
};
BOOST_DESCRIBE_STRUCT(FeelingAnswerView, (), (response, words, at, by_me))

struct SharedFeelingView {
  EventId item;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;
  bool opened = false;                ///< I have looked at it; my own count as opened
  std::vector<std::string> feelings;  ///< none while not opened, or gone
  std::string line;
  Wish wish = Wish::just_so_you_know;
  TakenBackView taken_back = TakenBackView::no;
  std::optional<FeelingAnswerView> answer;
};
BOOST_DESCRIBE_STRUCT(SharedFeelingView, (), (item, by_me, at, mark, opened, feelings, line, wish, taken_back, answer))

struct NotedFeelingView {
  EventId item;
  std::vector<std::string> feelings;
  std::string line;
  At at;
  Mark mark = Mark::safe;
};
BOOST_DESCRIBE_STRUCT(NotedFeelingView, (), (item, feelings, line, at, mark))

struct FeelingsView {
  std::vector<SharedFeelingView> shared;  ///< newest first
  std::vector<NotedFeelingView> noted;    ///< newest first; only for me
};
BOOST_DESCRIBE_STRUCT(FeelingsView, (), (shared, noted))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "feelings";
  using Events = feelings::Events;
  using State = feelings::State;
  using Commands = feelings::Commands;
  using View = FeelingsView;
  static void fold(State& state, const log::Event& event) { feelings::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return feelings::plan(context, state, command);
  }
  static View view(const space::Context& context, const State& state);
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return practices::take_back(context, state.shared, item);
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked);
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from);
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return practices::copy_of<Shared>(context, state.shared, item);
  }
  static std::optional<EventId> item_of(const space::Context&, const State& state, const EventId& event) {
    return state.shared.find(event) == nullptr ? std::nullopt : std::optional(event);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::feelings
