// Listen: what one may ask for, and why it is refused. Where a session is, and who may do what there: state.h.
//
// A move names the session and the `step` it was made in sight of; if the session has moved on since, it is refused.
// Every command but `propose` can also meet unknown-item and listening-over.
#pragma once

#include "attune/practices/listen/state.h"
#include "attune/space/context.h"

namespace attune::listen {

inline constexpr ErrorCode kBadReturn{1209, "bad-return-time", "A time-out takes from 15 minutes to 24 hours."};
inline constexpr ErrorCode kTypedOnly{1213, "typed-only", "Only a typed session keeps words."};
inline constexpr ErrorCode kBadLength{1214, "bad-piece-length", "A piece takes from 15 to 180 seconds."};
inline constexpr ErrorCode kBadScore{1215, "bad-score", "How understood one felt is a number from 1 to 7."};

inline constexpr std::uint16_t kLeastSeconds = 15;  ///< of a piece
inline constexpr std::uint16_t kMostSeconds = 180;
inline constexpr std::uint16_t kUsualSeconds = 45;
inline constexpr std::uint32_t kLeastTimeOut = 15;  ///< minutes
inline constexpr std::uint32_t kMostTimeOut = 24 * 60;
inline constexpr std::size_t kMaxPiece = 2000;   ///< bytes of what is typed in one move
inline constexpr std::size_t kMaxTopic = 500;    ///< bytes
inline constexpr std::size_t kMaxThanks = 2000;  ///< bytes
inline constexpr std::uint8_t kMostScore = 7;

/// Asks for a session, or begins one at the table. Errors: not-paired, listening-open, bad-piece-length.
struct Propose {
  static constexpr std::string_view kName = "listen.propose";
  How how = How::two_phones;
  std::optional<bool> other_first;
  std::optional<At> when;                ///< none: now
  std::optional<std::uint16_t> seconds;  ///< of a piece; none: 45
};
BOOST_DESCRIBE_STRUCT(Propose, (), (how, other_first, when, seconds))

/// Keeps for me what it is to be about, until it goes out with my "now is good". Errors: not-yours (who asked first has
/// a topic), listening-begun, said-already (it has gone out), text-too-long.
struct KeepTopic {
  static constexpr std::string_view kName = "listen.topic";
  EventId session;
  About about = About::us;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(KeepTopic, (), (session, about, words))

/// Agrees to the time that was named, as the view has it in `asked`; with `now`, also that it is good.
/// Errors: listening-begun, listening-moved-on (another time was named), said-already, not-what-comes-now (who asked
/// does not answer).
struct Agree {
  static constexpr std::string_view kName = "listen.agree";
  EventId session;
  EventId asked;
  std::optional<bool> now;
};
BOOST_DESCRIBE_STRUCT(Agree, (), (session, asked, now))

/// Not this time; or withdraws what I asked. Errors: listening-begun.
struct Decline {
  static constexpr std::string_view kName = "listen.decline";
  static constexpr bool kOnlyEnds = true;
  EventId session;
};
BOOST_DESCRIBE_STRUCT(Decline, (), (session))

/// Names another time. Errors: listening-begun.
struct Postpone {
  static constexpr std::string_view kName = "listen.postpone";
  EventId session;
  At when;
};
BOOST_DESCRIBE_STRUCT(Postpone, (), (session, when))

/// "Now is good", on this device, to what the view has in `asked`. With `anew` (the view's `other_ready`) the other is
/// asked once more, since theirs was long ago. Errors: not-what-comes-now, listening-moved-on (another time, another
/// time-out), said-already, on-one-phone.
struct SayReady {
  static constexpr std::string_view kName = "listen.ready";
  EventId session;
  EventId asked;
  std::optional<EventId> anew;
};
BOOST_DESCRIBE_STRUCT(SayReady, (), (session, asked, anew))

/// Takes part with this device from now on. Errors: not-what-comes-now (I have not said that now is good),
/// on-one-phone.
struct BeHere {
  static constexpr std::string_view kName = "listen.here";
  EventId session;
};
BOOST_DESCRIBE_STRUCT(BeHere, (), (session))

// ---- moves ----
// Errors of each: listening-not-begun, in-time-out, on-another-device, on-one-phone, listening-moved-on,
// other-has-floor, nothing-said-yet, only-yes-moves-on, not-what-comes-now; with words: typed-only, text-empty,
// text-too-long.

struct SayPiece {
  static constexpr std::string_view kName = "listen.piece";
  EventId session;
  std::uint32_t step = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(SayPiece, (), (session, step, text))

struct SayBack {
  static constexpr std::string_view kName = "listen.say-back";
  EventId session;
  std::uint32_t step = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(SayBack, (), (session, step, text))

enum class Heard : std::uint8_t { yes, almost, not_yet };
BOOST_DESCRIBE_ENUM(Heard, yes, almost, not_yet)

/// Was that it? With `almost`, what was missed.
struct Confirm {
  static constexpr std::string_view kName = "listen.confirm";
  EventId session;
  std::uint32_t step = 0;
  Heard heard = Heard::yes;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Confirm, (), (session, step, heard, text))

struct TakeSmaller {
  static constexpr std::string_view kName = "listen.smaller";
  EventId session;
  std::uint32_t step = 0;
};
BOOST_DESCRIBE_STRUCT(TakeSmaller, (), (session, step))

/// Is there more?
struct SayMore {
  static constexpr std::string_view kName = "listen.more";
  EventId session;
  std::uint32_t step = 0;
  bool more = false;
};
BOOST_DESCRIBE_STRUCT(SayMore, (), (session, step, more))

/// "That makes sense because…"
struct MakeSense {
  static constexpr std::string_view kName = "listen.make-sense";
  EventId session;
  std::uint32_t step = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(MakeSense, (), (session, step, text))

/// "I imagine you feel…"
struct Imagine {
  static constexpr std::string_view kName = "listen.imagine";
  EventId session;
  std::uint32_t step = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Imagine, (), (session, step, text))

/// Is that the feeling? If not, what it is.
struct NameFeeling {
  static constexpr std::string_view kName = "listen.name-feeling";
  EventId session;
  std::uint32_t step = 0;
  bool right = true;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(NameFeeling, (), (session, step, right, text))

// ---- at any moment, and at the end ----

/// The caller names the return. Errors: listening-not-begun, in-time-out, bad-return-time, on-another-device,
/// on-one-phone.
struct TimeOut {
  static constexpr std::string_view kName = "listen.time-out";
  EventId session;
  std::uint32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(TimeOut, (), (session, minutes))

/// For today. By either, from any device. Errors: listening-not-begun.
struct Stop {
  static constexpr std::string_view kName = "listen.stop";
  static constexpr bool kOnlyEnds = true;
  EventId session;
};
BOOST_DESCRIBE_STRUCT(Stop, (), (session))

/// A topic for a talk at another time. Errors: listening-not-begun, in-time-out, both-understood-first, text-….
struct NoteIdea {
  static constexpr std::string_view kName = "listen.idea";
  EventId session;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(NoteIdea, (), (session, text))

/// A thank-you, with words or without; it stays. At the table also for the one across.
/// Errors: listening-not-begun, in-time-out, both-understood-first, said-already, on-…, text-too-long.
struct Thank {
  static constexpr std::string_view kName = "listen.thank";
  EventId session;
  std::optional<std::string> text;
  std::optional<bool> across;
};
BOOST_DESCRIBE_STRUCT(Thank, (), (session, text, across))

/// Are the typed pieces kept? Only with a yes of both. Errors: listening-not-begun, in-time-out, both-understood-first,
/// not-what-comes-now, said-already, on-another-device.
struct KeepPieces {
  static constexpr std::string_view kName = "listen.keep";
  EventId session;
  bool keep = false;
};
BOOST_DESCRIBE_STRUCT(KeepPieces, (), (session, keep))

/// How understood I felt, from 1 to 7, for me alone. Errors: listening-not-begun, not-what-comes-now (it is not over),
/// bad-score.
struct RateUnderstood {
  static constexpr std::string_view kName = "listen.understood";
  EventId session;
  std::uint8_t score = 0;
};
BOOST_DESCRIBE_STRUCT(RateUnderstood, (), (session, score))

using Commands = boost::mp11::mp_list<Propose, KeepTopic, Agree, Decline, Postpone, SayReady, BeHere, SayPiece, SayBack,
                                      Confirm, TakeSmaller, SayMore, MakeSense, Imagine, NameFeeling, TimeOut, Stop,
                                      NoteIdea, Thank, KeepPieces, RateUnderstood>;

/// Something was written that must not be lost.
template <class Command>
bool has_words(const Command& command) {
  if constexpr (requires { command.text.value_or(""); }) {
    return !command.text.value_or("").empty();
  } else if constexpr (requires { command.words.value_or(""); }) {
    return !command.words.value_or("").empty();
  } else {
    return requires { command.text; };
  }
}

/// What an app does by itself once a session is over whose pieces are not kept: mine go, at most so many at a time, and
/// with them what it was to be about.
struct ClearPieces {
  static constexpr std::string_view kName = "listen.clear";
  static constexpr bool kOnlyEnds = true;
  EventId session;
};
BOOST_DESCRIBE_STRUCT(ClearPieces, (), (session))
using OwnAccord = boost::mp11::mp_list<ClearPieces>;
inline constexpr std::size_t kMostCleared = 512;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Propose& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const KeepTopic& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Agree& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Decline& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Postpone& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SayReady& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const BeHere& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SayPiece& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SayBack& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Confirm& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const TakeSmaller& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SayMore& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const MakeSense& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Imagine& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const NameFeeling& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const TimeOut& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Stop& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const NoteIdea& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Thank& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const KeepPieces& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const RateUnderstood& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ClearPieces& command);

/// My thank-you of a session, or a topic I noted, by its own id. None: nothing of mine.
std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item);

/// A session of which pieces of mine are due to go; none: of none.
std::optional<ClearPieces> owed(const space::Context& context, const State& state);
/// Pieces and topics of sessions that were over, and not kept, when *ours* went on in another stream: no erase reaches
/// them there, so each app lets go of its own copy.
std::vector<EventId> gone_behind(const space::Context& context, const State& state);

inline constexpr const ErrorCode* kErrors[] = {&kOpen,           &kOver,           &kNotBegun,  &kOtherHasFloor,
                                               &kNothingSaidYet, &kOnlyYesMovesOn, &kNotNow,    &kUnderstandFirst,
                                               &kInTimeOut,      &kBadReturn,      &kMovedOn,   &kOtherDevice,
                                               &kOnOnePhone,     &kTypedOnly,      &kBadLength, &kBadScore,
                                               &kSaidAlready,    &kBegun};

}  // namespace attune::listen
