// Good news: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/goodnews/commands.h"

namespace attune::goodnews {

using practices::Mark;
using practices::TakenBackView;

struct AskedView {
  std::vector<std::string> questions;  ///< ids of the content
  std::string words;
  At at;
};
BOOST_DESCRIBE_STRUCT(AskedView, (), (questions, words, at))

struct ToldView {
  std::string words;
  At at;
};
BOOST_DESCRIBE_STRUCT(ToldView, (), (words, at))

struct GoodNewsOneView {
  EventId item;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;
  bool opened = false;  ///< I have looked at it; my own count as opened
  Sort sort = Sort::joy;
  std::string text;     ///< empty while not opened, or gone
  TakenBackView taken_back = TakenBackView::no;
  std::optional<AskedView> asked;  ///< what was asked about it last
  std::optional<ToldView> told;    ///< and answered
  Evening evening = Evening::none;
  bool felt_good = false;  ///< only for me, of mine
  /// Which two of the content's questions are offered: the first at this place, counted round, the second behind it.
  std::uint32_t offered = 0;
};
BOOST_DESCRIBE_STRUCT(GoodNewsOneView, (),
                      (item, by_me, at, mark, opened, sort, text, taken_back, asked, told, evening, felt_good, offered))

struct GoodNewsView {
  std::vector<GoodNewsOneView> news;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(GoodNewsView, (), (news))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "goodnews";
  using Events = goodnews::Events;
  using State = goodnews::State;
  using Commands = goodnews::Commands;
  using View = GoodNewsView;
  static void fold(State& state, const log::Event& event) { goodnews::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return goodnews::plan(context, state, command);
  }
  static View view(const space::Context& context, const State& state);
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item);
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

}  // namespace attune::goodnews
