// Listen: what a screen shows, and the few facts other parts may read.
#pragma once

#include "attune/practices/facts.h"
#include "attune/practices/listen/commands.h"

namespace attune::listen {

using practices::Mark;

/// nobody: both may, or nobody has to
enum class Floor : std::uint8_t { mine, theirs, nobody };
BOOST_DESCRIBE_ENUM(Floor, mine, theirs, nobody)

/// Which device a session is on, seen from this one.
/// on_another: I take part with another of my devices · on_theirs: on the other's phone, together
enum class Where : std::uint8_t { here, on_another, on_theirs };
BOOST_DESCRIBE_ENUM(Where, here, on_another, on_theirs)

/// Something that was typed.
struct PieceView {
  Move move = Move::piece;
  bool by_me = false;
  std::string text;
  At at;
};
BOOST_DESCRIBE_STRUCT(PieceView, (), (move, by_me, text, at))

/// The one session that is not over.
struct ListeningView {
  EventId item;
  How how = How::two_phones;
  Stage stage = Stage::proposed;
  bool by_me = false;        ///< I asked first
  bool asked_by_me = false;  ///< I named the time that stands now
  std::optional<At> when;    ///< that time; none: now
  At at;                     ///< when it was named
  Mark mark = Mark::safe;
  std::uint16_t seconds = 0;  ///< of a piece
  Where where = Where::here;

  EventId asked;  ///< what both are asked, as `agree` and `ready` name it: a time, or whether a time-out is over
  bool i_am_ready = false;
  std::optional<EventId> other_ready;  ///< their "now is good"
  std::optional<At> other_ready_at;
  std::optional<About> about;  ///< mine, or out since the other agreed
  std::string words;

  Floor floor = Floor::nobody;
  bool i_speak = false;    ///< I am the speaker of this turn
  bool first_turn = true;
  bool smaller = false;    ///< this piece is to be a smaller one
  std::uint8_t not_yet = 0;
  std::uint32_t step = 0;
  std::vector<PieceView> pieces;  ///< of a typed one, oldest first

  std::optional<At> until;  ///< of the time-out
  bool time_out_by_me = false;

  std::optional<std::string> my_thanks;
  std::optional<std::string> their_thanks;
  std::optional<bool> i_keep;
};
BOOST_DESCRIBE_STRUCT(ListeningView, (),
                      (item, how, stage, by_me, asked_by_me, when, at, mark, seconds, where, asked, i_am_ready,
                       other_ready, other_ready_at, about, words, floor, i_speak, first_turn, smaller, not_yet, step,
                       pieces, until, time_out_by_me, my_thanks, their_thanks, i_keep))

/// A thank-you as it stands in a session that is over.
struct ThankYouView {
  EventId item;
  std::string text;  ///< may be empty: thanked without words
  bool can_take_back = false;
};
BOOST_DESCRIBE_STRUCT(ThankYouView, (), (item, text, can_take_back))

/// One that began and is over.
struct HeldView {
  EventId item;
  How how = How::two_phones;
  End end = End::finished;
  bool ended_by_me = false;
  At at;  ///< when it ended
  Mark mark = Mark::safe;
  std::optional<ThankYouView> my_thanks;
  std::optional<ThankYouView> their_thanks;
  std::vector<PieceView> pieces;  ///< only if both kept them
  std::optional<std::uint8_t> understood;  ///< my own mark, 1..7
};
BOOST_DESCRIBE_STRUCT(HeldView, (),
                      (item, how, end, ended_by_me, at, mark, my_thanks, their_thanks, pieces, understood))

struct IdeaView {
  EventId item;
  bool by_me = false;
  std::string text;
  At at;
  Mark mark = Mark::safe;
};
BOOST_DESCRIBE_STRUCT(IdeaView, (), (item, by_me, text, at, mark))

struct ListenView {
  std::optional<ListeningView> open;
  std::vector<HeldView> held;   ///< newest first
  std::vector<IdeaView> ideas;  ///< for a talk at another time, newest first
};
BOOST_DESCRIBE_STRUCT(ListenView, (), (open, held, ideas))
using View = ListenView;

View view(const space::Context& context, const State& state);

std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked);
/// Nothing: there is no session before there are two.
std::vector<practices::Offer> offers(const space::Context& context, const State& state);
/// Thank-yous and topics from this position of *ours* on.
std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from);
/// The other's thank-you, if I have opened it. Of pieces nothing: an unchanged app keeps none (LISTENING.md).
std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item);
/// A thank-you is an item of its own.
std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event);

struct Practice {
  static constexpr std::string_view kName = "listen";
  using Events = listen::Events;
  using State = listen::State;
  using Commands = listen::Commands;
  using OwnAccord = listen::OwnAccord;
  using View = listen::View;
  static void fold(State& state, const log::Event& event) { listen::fold(state, event); }
  static void go_on(State& state) { listen::go_on(state); }
  static bool is_over(const State& state, const EventId& session) { return listen::is_over(state, session); }
  static std::vector<EventId> gone_behind(const space::Context& context, const State& state) {
    return listen::gone_behind(context, state);
  }
  static View view(const space::Context& context, const State& state) { return listen::view(context, state); }
  static std::optional<space::TakeBack> take_back(const space::Context& context, const State& state,
                                                  const EventId& item) {
    return listen::take_back(context, state, item);
  }
  static std::optional<ClearPieces> owed(const space::Context& context, const State& state) {
    return listen::owed(context, state);
  }
  /// A tap that came too late for what has happened since has no words to keep: the screen shows where they are now.
  template <class Command>
  static Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Command& command) {
    auto out = listen::plan(context, state, command);
    if (!out && context.again && !has_words(command)) return log::Plan{};
    return out;
  }
  static std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                                const practices::Asked& asked) {
    return listen::moments(context, state, asked);
  }
  static std::vector<practices::Offer> offers(const space::Context& context, const State& state) {
    return listen::offers(context, state);
  }
  static std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state,
                                                  std::uint64_t from) {
    return listen::left_out(context, state, from);
  }
  static std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
    return listen::copy_of(context, state, item);
  }
  static std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event) {
    return listen::item_of(context, state, event);
  }
  static std::span<const ErrorCode* const> errors() { return kErrors; }
};

}  // namespace attune::listen
