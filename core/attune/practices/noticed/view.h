// Noticed: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/noticed/commands.h"

namespace attune::noticed {

using practices::Mark;
using practices::TakenBackView;

struct NoticedAnswerView {
  std::optional<Tap> tap;
  std::string words;
  At at;
  bool by_me = false;
};
BOOST_DESCRIBE_STRUCT(NoticedAnswerView, (), (tap, words, at, by_me))

struct NoticedOneView {
  EventId item;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;
  bool opened = false;                ///< I have looked at it; my own count as opened
  std::optional<std::string> effort;  ///< none while not opened, or gone, or if it is in own words
  std::string words;
  TakenBackView taken_back = TakenBackView::no;
  std::optional<NoticedAnswerView> answer;
};
BOOST_DESCRIBE_STRUCT(NoticedOneView, (), (item, by_me, at, mark, opened, effort, words, taken_back, answer))

struct OwnEffortView {
  EventId item;
  std::string text;
  bool listed = true;
  Mark mark = Mark::safe;
};
BOOST_DESCRIBE_STRUCT(OwnEffortView, (), (item, text, listed, mark))

/// An effort as it can be sent again with one tap.
struct RecentEffort {
  std::optional<std::string> effort;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(RecentEffort, (), (effort, words))

struct NoticedView {
  std::vector<NoticedOneView> noticed;  ///< newest first
  std::vector<RecentEffort> recent;     ///< what I noticed last, each once, newest first, at most six
  std::vector<OwnEffortView> own;       ///< efforts in my own words, newest first
  std::vector<std::string> hidden;      ///< ids of the content that I took from my list
};
BOOST_DESCRIBE_STRUCT(NoticedView, (), (noticed, recent, own, hidden))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "noticed";
  using Events = noticed::Events;
  using State = noticed::State;
  using Commands = noticed::Commands;
  using View = NoticedView;
  static void fold(State& state, const log::Event& event) { noticed::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return noticed::plan(context, state, command);
  }
  static View view(const space::Context& context, const State& state);
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return practices::take_back(context, state.sent, item);
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked);
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from);
  static std::vector<practices::Treasure> treasures(const space::Context& context, const State& state);
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return practices::copy_of<Sent>(context, state.sent, item);
  }
  static std::optional<EventId> item_of(const space::Context&, const State& state, const EventId& event) {
    return state.sent.find(event) == nullptr ? std::nullopt : std::optional(event);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::noticed
