// Cherish: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/cherish/commands.h"
#include "attune/practices/facts.h"

namespace attune::cherish {

using practices::Mark;
using practices::TakenBackView;

struct EarlierWording {
  std::string did;
  std::string says;
  std::string felt;
  At at;
};
BOOST_DESCRIBE_STRUCT(EarlierWording, (), (did, says, felt, at))

struct AnswerView {
  std::optional<Tap> tap;
  std::string words;
  At at;
  bool by_me = false;
};
BOOST_DESCRIBE_STRUCT(AnswerView, (), (tap, words, at, by_me))

struct ThanksView {
  EventId item;
  bool by_me = false;
  At at;
  Mark mark = Mark::safe;
  bool opened = false;  ///< I opened the envelope; my own count as opened
  std::string did;      ///< empty while not opened
  std::string says;
  std::string felt;
  std::vector<EarlierWording> edited;  ///< earlier wordings, oldest first
  TakenBackView taken_back = TakenBackView::no;
  std::optional<AnswerView> answer;
};
BOOST_DESCRIBE_STRUCT(ThanksView, (), (item, by_me, at, mark, opened, did, says, felt, edited, taken_back, answer))

struct KeptView {
  EventId item;
  std::string did;
  std::string says;
  std::string felt;
  At at;
  Mark mark = Mark::safe;
  bool sent = false;
  bool offered = false;  ///< written to be sent before there was anyone to send it to
};
BOOST_DESCRIBE_STRUCT(KeptView, (), (item, did, says, felt, at, mark, sent, offered))

struct CherishView {
  std::vector<ThanksView> thanks;  ///< newest first
  std::vector<KeptView> kept;      ///< newest first
};
BOOST_DESCRIBE_STRUCT(CherishView, (), (thanks, kept))
using View = CherishView;

View view(const space::Context& context, const State& state);

/// Facts for Today, Us and the offers after pairing.
std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked);
std::vector<practices::Offer> offers(const space::Context& context, const State& state);
/// What was said in *ours* from this position on, or was sealed and not opened by both before it.
std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from);
/// For the jar: thanks of the other's that I opened, and what I kept.
std::vector<practices::Treasure> treasures(const space::Context& context, const State& state);
/// My copy of an item, to be kept when its author takes it away; none: there is nothing to read.
std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item);
/// The item whose content an event of *ours* holds, in part or whole; none: no item of this practice.
std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event);

struct Practice {
  static constexpr std::string_view kName = "cherish";
  using Events = cherish::Events;
  using State = cherish::State;
  using Commands = cherish::Commands;
  using View = cherish::View;
  static void fold(State& state, const log::Event& event) { cherish::fold(state, event); }
  static View view(const space::Context& context, const State& state) { return cherish::view(context, state); }
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return cherish::take_back(context, state, item);
  }
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    return cherish::plan(context, state, command);
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked) {
    return cherish::moments(context, state, asked);
  }
  static std::vector<practices::Offer> offers(const space::Context& context, const State& state) {
    return cherish::offers(context, state);
  }
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from) {
    return cherish::left_out(context, state, from);
  }
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return cherish::copy_of(context, state, item);
  }
  static std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event) {
    return cherish::item_of(context, state, event);
  }
  static std::vector<practices::Treasure> treasures(const space::Context& context, const State& state) {
    return cherish::treasures(context, state);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::cherish
