// Open up: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/facts.h"
#include "attune/practices/openup/commands.h"

namespace attune::openup {

using practices::Mark;

/// offered: I have not answered (whether the other has is never shown) · mine_sealed: mine is in · opening: both are
/// in, the envelopes are on their way · opened · not_opened: one opening is missing because it was taken back too late,
/// or the space was mended before both had opened (whoever had answered)
/// · withheld: what was opened is not what was sealed, or its words are not here
enum class QuestionState : std::uint8_t { offered, mine_sealed, opening, opened, not_opened, withheld };
BOOST_DESCRIBE_ENUM(QuestionState, offered, mine_sealed, opening, opened, not_opened, withheld)

struct QuestionView {
  EventId item;
  std::string prompt;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;  ///< of my part
  QuestionState state = QuestionState::offered;
  bool seen = false;  ///< I watched them open
  std::optional<At> sealed_at;
  std::optional<At> opened_at;
  std::optional<std::string> mine;  ///< also while sealed: I may reread my own
  std::optional<std::string> theirs;  ///< only when both are open
  bool can_take_back = false;
};
BOOST_DESCRIBE_STRUCT(QuestionView, (),
                      (item, prompt, by_me, at, mark, state, seen, sealed_at, opened_at, mine, theirs, can_take_back))

struct WrittenView {
  EventId item;
  std::string prompt;
  std::string text;
  At at;
  Mark mark = Mark::safe;
  bool sent = false;
};
BOOST_DESCRIBE_STRUCT(WrittenView, (), (item, prompt, text, at, mark, sent))

struct OpenUpView {
  std::vector<QuestionView> questions;  ///< newest first; passed and taken back ones are not among them
  std::vector<WrittenView> written;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(OpenUpView, (), (questions, written))
using View = OpenUpView;

View view(const space::Context& context, const State& state);

std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked);
std::vector<practices::Offer> offers(const space::Context& context, const State& state);
/// What was said in *ours* from this position on, or was sealed and not opened by both before it.
std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from);
/// Of answers I watched open, the other's: an unchanged app never takes it away once both are sealed. None: not open.
std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item);
/// The question an event of *ours* belongs to; none: to no question.
std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event);

struct Practice {
  static constexpr std::string_view kName = "openup";
  using Events = openup::Events;
  using State = openup::State;
  using Commands = openup::Commands;
  using View = openup::View;
  static void fold(State& state, const log::Event& event) { openup::fold(state, event); }
  static View view(const space::Context& context, const State& state) { return openup::view(context, state); }
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return openup::take_back(context, state, item);
  }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return openup::plan(context, state, command);
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked) {
    return openup::moments(context, state, asked);
  }
  static std::vector<practices::Offer> offers(const space::Context& context, const State& state) {
    return openup::offers(context, state);
  }
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from) {
    return openup::left_out(context, state, from);
  }
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return openup::copy_of(context, state, item);
  }
  static std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event) {
    return openup::item_of(context, state, event);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::openup
