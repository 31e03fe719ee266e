// Letters: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/letters/commands.h"

namespace attune::letters {

using practices::Mark;
using practices::TakenBackView;

/// held: mine, in no stream but mine · closed: sent, its date has not come · ready: its date has come, I have not
/// opened it · open
enum class LetterState : std::uint8_t { held, closed, ready, open };
BOOST_DESCRIBE_ENUM(LetterState, held, closed, ready, open)

struct LetterView {
  EventId item;
  bool by_me = false;
  At at;                     ///< when it was written
  Mark mark = Mark::safe;
  bool opened = false;       ///< I opened the envelope; my own count as opened
  LetterState state = LetterState::open;
  At opens;
  bool held_by_me = false;   ///< it is, or was before it came, held by its author
  std::string text;          ///< of mine, and of what is open
  TakenBackView taken_back = TakenBackView::no;
};
BOOST_DESCRIBE_STRUCT(LetterView, (), (item, by_me, at, mark, opened, state, opens, held_by_me, text, taken_back))

struct LettersView {
  std::vector<LetterView> letters;  ///< newest first; what I withdrew is not among them
};
BOOST_DESCRIBE_STRUCT(LettersView, (), (letters))

struct Practice : practices::Bare {
  static constexpr std::string_view kName = "letters";
  using Events = letters::Events;
  using State = letters::State;
  using Commands = letters::Commands;
  using OwnAccord = letters::OwnAccord;
  using View = LettersView;
  static void fold(State& state, const log::Event& event) { letters::fold(state, event); }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return letters::plan(context, state, command);
  }
  static std::optional<Post> owed(const space::Context& context, const State& state) {
    return letters::owed(context, state);
  }
  static std::optional<std::int64_t> next_due(const space::Context& context, const State& state) {
    return letters::next_due(context, state);
  }
  static Result<> may_open(const space::Context& context, const State& state, const EventId& item) {
    return letters::may_open(context, state, item);
  }
  static View view(const space::Context& context, const State& state);
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return practices::take_back(context, state.sealed, item);
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked);
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from);
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return practices::copy_of<Sealed>(context, state.sealed, item);
  }
  static std::optional<EventId> item_of(const space::Context&, const State& state, const EventId& event) {
    return state.sealed.find(event) == nullptr ? std::nullopt : std::optional(event);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::letters
