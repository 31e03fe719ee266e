// Listen: the fold, and the one machine that it and the commands go by. docs/LISTENING.md has it as a table, which a
// test compares with what stands here.
#pragma once

#include <array>
#include <vector>

#include "attune/log/sorted.h"
#include "attune/practices/listen/events.h"
#include "wire/result.h"

namespace attune::listen {

inline constexpr ErrorCode kOpen{1200, "listening-open", "One of you has asked already, or a session is open."};
inline constexpr ErrorCode kOver{1201, "listening-over", "This session is over."};
inline constexpr ErrorCode kNotBegun{1202, "listening-not-begun", "It begins once both have said that now is good."};
inline constexpr ErrorCode kOtherHasFloor{1203, "other-has-floor", "The other has the floor."};
inline constexpr ErrorCode kNothingSaidYet{1204, "nothing-said-yet", "There is nothing to give back yet."};
inline constexpr ErrorCode kOnlyYesMovesOn{1205, "only-yes-moves-on", "Only the speaker's yes moves on."};
inline constexpr ErrorCode kNotNow{1206, "not-what-comes-now", "This is not what comes now."};
inline constexpr ErrorCode kUnderstandFirst{1207, "both-understood-first",
                                            "This comes once both have been understood."};
inline constexpr ErrorCode kInTimeOut{1208, "in-time-out", "There is a time-out; it goes on once both say so."};
inline constexpr ErrorCode kMovedOn{1210, "listening-moved-on", "The session has moved on since."};
inline constexpr ErrorCode kOtherDevice{1211, "on-another-device", "You take part with another of your devices."};
inline constexpr ErrorCode kOnOnePhone{1212, "on-one-phone", "This session is held on the other's phone, together."};
inline constexpr ErrorCode kSaidAlready{1216, "said-already", "You have said so already."};
inline constexpr ErrorCode kBegun{1217, "listening-begun", "It has begun; it can be stopped, not called off."};

/// Where a session is. `agreed` waits for both to be ready, `time_out` for both to be ready again.
enum class Stage : std::uint8_t {
  proposed,
  agreed,
  speaking,         ///< the speaker has the floor
  spoken,           ///< a piece was said; the listener gives it back
  given_back,       ///< the speaker says whether that was it
  smaller_offered,  ///< three times "not yet": a smaller piece, a time-out, or stopping
  more,             ///< understood; is there more?
  making_sense,     ///< the listener: "that makes sense because…"
  imagining,        ///< the listener: "I imagine you feel…"
  feeling_given,    ///< the speaker: yes, or something else; then the other speaks
  thanking,         ///< both were understood
  keeping,          ///< of a typed one: are the pieces kept?
  time_out,
  ended,
};
BOOST_DESCRIBE_ENUM(Stage, proposed, agreed, speaking, spoken, given_back, smaller_offered, more, making_sense,
                    imagining, feeling_given, thanking, keeping, time_out, ended)

/// left_behind: the history was mended, and goes on in another stream
enum class End : std::uint8_t { none, declined, stopped, finished, left_behind };
BOOST_DESCRIBE_ENUM(End, none, declined, stopped, finished, left_behind)

/// So many times "not yet" to one piece until a smaller one is offered.
inline constexpr std::uint8_t kMostNotYet = 3;

/// One piece of a typed session, or what was said to it.
struct Piece {
  EventId id;
  std::uint8_t person = 0;
  Move move = Move::piece;
};
BOOST_DESCRIBE_STRUCT(Piece, (), (id, person, move))

struct Session {
  EventId id;
  std::uint8_t proposer = 0;
  std::uint8_t asker = 0;          ///< who named the time that stands now
  EventId asked;                   ///< the event it is named in
  How how = How::two_phones;
  std::uint8_t first = 0;          ///< who speaks first
  std::uint16_t seconds = 0;
  Stage stage = Stage::proposed;
  Stage before = Stage::proposed;  ///< of a time-out: where it goes on
  std::uint8_t turn = 0;           ///< 0: the first speaker's, 1: the other's
  std::uint8_t not_yet = 0;        ///< to this piece
  bool smaller = false;            ///< this piece is a smaller one
  std::uint32_t step = 0;          ///< moves so far
  std::array<std::optional<EventId>, 2> ready;  ///< who has said that now is good, and has not been asked anew
  std::optional<EventId> topic;    ///< the event it came out with; none: not yet, or erased
  std::array<std::optional<SignKey>, 2> device;
  std::vector<Piece> pieces;       ///< of a typed one, oldest first, that have not been erased
  std::array<std::optional<EventId>, 2> thanks;
  std::array<std::optional<bool>, 2> keep;
  std::optional<EventId> time_out;
  std::uint8_t time_out_by = 0;
  End end = End::none;
  std::uint8_t ended_by = 0;
  std::optional<EventId> ending;   ///< the event that ended it
  std::uint64_t position = 0;
  std::uint64_t touched = 0;       ///< position of the newest event about it
  bool pending = false;            ///< something of it is not confirmed

  [[nodiscard]] std::uint8_t speaker() const { return turn == 0 ? first : static_cast<std::uint8_t>(1 - first); }
  [[nodiscard]] std::uint8_t listener() const { return static_cast<std::uint8_t>(1 - speaker()); }
  /// What both are asked now: the event that named the time, or the time-out.
  [[nodiscard]] const EventId& question() const { return stage == Stage::time_out && time_out ? *time_out : asked; }
  [[nodiscard]] bool begun() const { return stage > Stage::agreed; }
  /// It has begun, is not over and waits for nobody's return.
  [[nodiscard]] bool running() const { return begun() && stage < Stage::time_out; }
  [[nodiscard]] bool kept() const { return keep[0].value_or(false) && keep[1].value_or(false); }
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (id, proposer, asker, asked, how, first, seconds, stage, before, turn, not_yet, smaller, step,
                       ready, topic, device, pieces, thanks, keep, time_out, time_out_by, end, ended_by, ending,
                       position, touched, pending))

struct Idea {
  EventId id;
  EventId session;
  std::uint8_t person = 0;
  bool pending = false;
};
BOOST_DESCRIBE_STRUCT(Idea, (), (id, session, person, pending))

struct State {
  std::vector<Session> sessions;              ///< oldest first; only the last can be open
  log::SortedMap<EventId, std::uint32_t> at;  ///< sessions by id
  std::vector<Idea> ideas;                    ///< oldest first
  log::SortedMap<EventId, EventId> topics;    ///< session → the newest event with its topic (mine)
  log::SortedMap<EventId, EventId> felt;      ///< session → my newest mark (mine)
};
BOOST_DESCRIBE_STRUCT(State, (), (sessions, at, ideas, topics, felt))

/// Who has the floor; none: nobody, or both may.
std::optional<std::uint8_t> floor(const Session& session);
/// Whose move an event of `person` makes: at the table one device writes for both.
std::uint8_t acting(const Session& session, std::uint8_t person);

/// May this person make this move now? Errors: every refusal above that a move can meet.
Result<> may(const Session& session, std::uint8_t person, Move move);
/// `asked`: what the answer is to. Errors also: listening-moved-on.
Result<> may_reply(const Session& session, std::uint8_t person, const EventId& asked, Reply reply);
/// `anew`: the other is asked once more.
Result<> may_be_ready(const Session& session, std::uint8_t person, const EventId& asked, bool anew);
Result<> may_time_out(const Session& session);
Result<> may_stop(const Session& session);
Result<> may_thank(const Session& session, std::uint8_t person);
Result<> may_keep(const Session& session, std::uint8_t person);
Result<> may_note_idea(const Session& session);
/// May this device of the person write here? Not asked of stopping. Errors: on-another-device, on-one-phone.
Result<> may_write(const Session& session, std::uint8_t person, const SignKey& device);

/// The session that is not over; none: none is.
const Session* open_session(const State& state);

void fold(State& state, const log::Event& event);
/// A session in which nothing more can be written.
bool is_over(const State& state, const EventId& session);
/// *Ours* goes on in another stream: what was open in the one before is over, and what was only asked withdrawn.
void go_on(State& state);

}  // namespace attune::listen
