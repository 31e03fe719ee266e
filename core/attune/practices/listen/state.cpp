#include "attune/practices/listen/state.h"

#include <algorithm>

#include "attune/log/planted.h"

namespace attune::listen {

namespace {

std::uint8_t other(std::uint8_t person) { return static_cast<std::uint8_t>(1 - person); }

/// Refusals that stand before everything else in a session that is not running.
Result<> running(const Session& session) {
  if (!session.begun()) return refuse(kNotBegun);
  if (session.stage == Stage::time_out) return refuse(kInTimeOut);
  if (session.stage == Stage::ended) return refuse(kOver);
  return {};
}

/// The moves of whoever has the floor.
bool allowed(Stage stage, Move move) {
  switch (stage) {
    case Stage::speaking: return move == Move::piece;
    case Stage::spoken: return move == Move::said_back;
    case Stage::given_back: return move == Move::yes || move == Move::almost || move == Move::not_yet;
    case Stage::smaller_offered: return move == Move::smaller;
    case Stage::more: return move == Move::more || move == Move::all;
    case Stage::making_sense: return move == Move::made_sense;
    case Stage::imagining: return move == Move::imagined;
    case Stage::feeling_given: return move == Move::feels_right || move == Move::something_else;
    default: return false;
  }
}

/// Goes past what only the speaker's yes opens.
bool skips_the_yes(Stage stage, Move move) {
  const bool unconfirmed = stage == Stage::speaking || stage == Stage::spoken || stage == Stage::given_back;
  return unconfirmed && (move >= Move::more || (move == Move::piece && stage != Stage::speaking));
}

void begin_piece(Session& session, bool smaller) {
  session.stage = Stage::speaking;
  session.not_yet = 0;
  session.smaller = smaller;
}

/// The other has been understood in full: they change places, or both have been.
void finish_turn(Session& session) {
  if (session.turn == 0) {
    session.turn = 1;
    begin_piece(session, false);
  } else {
    session.stage = Stage::thanking;
  }
}

void apply(Session& session, Move move) {
  ++session.step;
  switch (move) {
    case Move::piece: session.stage = Stage::spoken; break;
    case Move::said_back: session.stage = Stage::given_back; break;
    case Move::yes: session.stage = Stage::more; break;
    case Move::almost: session.stage = Stage::spoken; break;
    case Move::not_yet:
      session.stage = ++session.not_yet == kMostNotYet ? Stage::smaller_offered : Stage::spoken;
      break;
    case Move::smaller: begin_piece(session, true); break;
    case Move::more: begin_piece(session, false); break;
    case Move::all: session.stage = Stage::making_sense; break;
    case Move::made_sense: session.stage = Stage::imagining; break;
    case Move::imagined: session.stage = Stage::feeling_given; break;
    case Move::feels_right:
    case Move::something_else: finish_turn(session); break;
  }
}

void end(Session& session, End how, std::uint8_t by, const EventId& event) {
  session.stage = Stage::ended;
  session.end = how;
  session.ended_by = by;
  session.ending = event;
}

Session* open_session(State& state) {
  return state.sessions.empty() || state.sessions.back().stage == Stage::ended ? nullptr : &state.sessions.back();
}

void begin_if_both_ready(Session& session) {
  if (!session.ready[0] || !session.ready[1]) return;
  session.stage = session.stage == Stage::time_out ? session.before : Stage::speaking;
  session.ready = {};
}

void fold(State& state, const log::Event& event, const Proposed::Fields& fields) {
  if (Session* open = open_session(state)) {
    // Two who sit at a table need not answer first what one of them had asked before.
    if (fields.how != How::table || open->begun()) return;
    end(*open, End::declined, event.person, event.id);
  }
  Session session;
  session.id = session.asked = event.id;
  session.proposer = session.asker = event.person;
  session.how = fields.how;
  session.first = fields.other_first ? other(event.person) : event.person;
  session.seconds = fields.seconds;
  session.position = event.position;
  if (fields.how == How::table) {
    session.stage = Stage::speaking;
    session.device[event.person] = event.author;
  }
  state.at.emplace(event.id, static_cast<std::uint32_t>(state.sessions.size()));
  state.sessions.push_back(std::move(session));
}

void fold(Session& session, const log::Event& event, const Replied::Fields& fields) {
  if (!may_reply(session, event.person, fields.asked, fields.reply)) return;
  switch (fields.reply) {
    case Reply::agreed: session.stage = Stage::agreed; break;
    case Reply::declined: end(session, End::declined, event.person, event.id); break;
    case Reply::postponed:
      session.stage = Stage::proposed;
      session.asker = event.person;
      session.asked = event.id;
      session.ready = {};
      break;
  }
}

void fold(Session& session, const log::Event& event, const Ready::Fields& fields) {
  if (!may_be_ready(session, event.person, fields.asked, fields.anew.has_value())) return;
  if (session.how == How::table) {
    if (!may_write(session, event.person, event.author)) return;
    session.ready = {event.id, event.id};
  } else {
    std::optional<EventId>& theirs = session.ready[other(event.person)];
    // Where both ask anew at once, neither puts out what the other has only just said.
    if (fields.anew && theirs == fields.anew) theirs.reset();
    session.ready[event.person] = event.id;
    session.device[event.person] = event.author;
    const bool first = event.person == session.proposer && !session.topic && session.stage == Stage::agreed;
    if (fields.topic && first) session.topic = event.id;
  }
  begin_if_both_ready(session);
}

void fold(Session& session, const log::Event& event, const Moved::Fields& fields) {
  if (fields.step != session.step || !may_write(session, event.person, event.author)) return;
  const std::uint8_t person = acting(session, event.person);
  if (!may(session, person, fields.move) && !log::planted().skip_the_floor) return;
  if (session.how == How::typed) session.pieces.push_back({.id = event.id, .person = person, .move = fields.move});
  apply(session, fields.move);
}

void fold(Session& session, const log::Event& event, const TimedOut::Fields&) {
  if (!may_time_out(session) || !may_write(session, event.person, event.author)) return;
  session.before = session.stage;
  session.stage = Stage::time_out;
  session.time_out = event.id;
  session.time_out_by = event.person;
  session.ready = {};
}

void fold(Session& session, const log::Event& event, const Stopped::Fields&) {
  if (may_stop(session)) end(session, End::stopped, event.person, event.id);
}

void fold(Session& session, const log::Event& event, const Thanked::Fields& fields) {
  if (!may_write(session, event.person, event.author)) return;
  const bool across = fields.across && session.how == How::table;
  const std::uint8_t person = across ? other(event.person) : event.person;
  if (!may_thank(session, person)) return;
  session.thanks[person] = event.id;
  if (!session.thanks[0] || !session.thanks[1]) return;
  if (session.how == How::typed) {
    session.stage = Stage::keeping;
  } else {
    end(session, End::finished, event.person, event.id);
  }
}

void fold(Session& session, const log::Event& event, const Kept::Fields& fields) {
  if (!may_write(session, event.person, event.author) || !may_keep(session, event.person)) return;
  session.keep[event.person] = fields.keep;
  if (!fields.keep || session.keep[other(event.person)]) end(session, End::finished, event.person, event.id);
}

void fold(Session& session, const log::Event& event, const Here::Fields&) {
  if (session.how == How::table || !session.device[event.person] || session.stage == Stage::ended) return;
  session.device[event.person] = event.author;
}

void fold(Session& session, const log::Event& event, const Cleared::Fields& fields) {
  if (session.stage != Stage::ended) return;
  if (event.person == session.proposer) session.topic.reset();
  std::uint32_t left = fields.pieces;
  std::erase_if(session.pieces,
                [&](const Piece& piece) { return piece.person == event.person && left > 0 && left-- > 0; });
}

/// An event of this kind about a session that is known.
template <class E>
void fold_as(State& state, const log::Event& event) {
  const auto fields = log::fields_of<E>(event);
  if (!fields) return;
  const auto at = state.at.find(fields->session);
  if (at == state.at.end()) return;
  Session& session = state.sessions[at->second];
  fold(session, event, *fields);
  session.touched = event.position;
  session.pending = session.pending || event.pending;
}

}  // namespace

std::optional<std::uint8_t> floor(const Session& session) {
  switch (session.stage) {
    case Stage::speaking:
    case Stage::given_back:
    case Stage::more:
    case Stage::feeling_given: return session.speaker();
    case Stage::spoken:
    case Stage::making_sense:
    case Stage::imagining: return session.listener();
    default: return std::nullopt;
  }
}

std::uint8_t acting(const Session& session, std::uint8_t person) {
  return session.how == How::table ? floor(session).value_or(person) : person;
}

Result<> may(const Session& session, std::uint8_t person, Move move) {
  TRY_VOID(running(session));
  if (const auto holder = floor(session); holder && *holder != person) {
    const bool early = session.stage == Stage::speaking && move == Move::said_back;
    return refuse(early ? kNothingSaidYet : kOtherHasFloor);
  }
  if (allowed(session.stage, move)) return {};
  return refuse(skips_the_yes(session.stage, move) ? kOnlyYesMovesOn : kNotNow);
}

Result<> may_reply(const Session& session, std::uint8_t person, const EventId& asked, Reply reply) {
  if (session.stage == Stage::ended) return refuse(kOver);
  if (session.begun()) return refuse(kBegun);
  if (reply != Reply::agreed) return {};
  if (asked != session.asked) return refuse(kMovedOn);
  if (session.stage == Stage::agreed) return refuse(kSaidAlready);
  if (session.asker == person) return refuse(kNotNow);
  return {};
}

Result<> may_be_ready(const Session& session, std::uint8_t person, const EventId& asked, bool anew) {
  if (session.stage == Stage::ended) return refuse(kOver);
  if (session.stage != Stage::agreed && session.stage != Stage::time_out) return refuse(kNotNow);
  if (asked != session.question()) return refuse(kMovedOn);
  if (anew && session.how == How::table) return refuse(kNotNow);
  if (session.ready[person] && !anew) return refuse(kSaidAlready);
  return {};
}

Result<> may_time_out(const Session& session) { return running(session); }

Result<> may_stop(const Session& session) {
  if (!session.begun()) return refuse(kNotBegun);
  if (session.stage == Stage::ended) return refuse(kOver);
  return {};
}

Result<> may_thank(const Session& session, std::uint8_t person) {
  TRY_VOID(running(session));
  if (session.stage == Stage::keeping || session.thanks[person]) return refuse(kSaidAlready);
  if (session.stage != Stage::thanking) return refuse(kUnderstandFirst);
  return {};
}

Result<> may_keep(const Session& session, std::uint8_t person) {
  TRY_VOID(running(session));
  if (session.stage != Stage::keeping) return refuse(session.stage == Stage::thanking ? kNotNow : kUnderstandFirst);
  if (session.keep[person]) return refuse(kSaidAlready);
  return {};
}

Result<> may_note_idea(const Session& session) {
  TRY_VOID(running(session));
  if (session.stage != Stage::thanking && session.stage != Stage::keeping) return refuse(kUnderstandFirst);
  return {};
}

Result<> may_write(const Session& session, std::uint8_t person, const SignKey& device) {
  if (session.how == How::table && person != session.proposer) return refuse(kOnOnePhone);
  if (session.device[person] && *session.device[person] != device) return refuse(kOtherDevice);
  return {};
}

const Session* open_session(const State& state) {
  return state.sessions.empty() || state.sessions.back().stage == Stage::ended ? nullptr : &state.sessions.back();
}

void fold(State& state, const log::Event& event) {
  if (const auto proposed = log::fields_of<Proposed>(event)) {
    const std::size_t before = state.sessions.size();
    fold(state, event, *proposed);
    if (state.sessions.size() == before) return;
    state.sessions.back().touched = event.position;
    state.sessions.back().pending = event.pending;
  } else if (const auto idea = log::fields_of<IdeaNoted>(event)) {
    const auto at = state.at.find(idea->session);
    if (at == state.at.end()) return;
    const Session& session = state.sessions[at->second];
    if (!may_write(session, event.person, event.author) || !may_note_idea(session)) return;
    state.ideas.push_back({.id = event.id, .session = idea->session, .person = event.person, .pending = event.pending});
  } else if (const auto topic = log::fields_of<TopicKept>(event)) {
    state.topics[topic->session] = event.id;
  } else if (const auto felt = log::fields_of<FeltUnderstood>(event)) {
    state.felt[felt->session] = event.id;
  } else {
    fold_as<Replied>(state, event);
    fold_as<Ready>(state, event);
    fold_as<Moved>(state, event);
    fold_as<TimedOut>(state, event);
    fold_as<Stopped>(state, event);
    fold_as<Thanked>(state, event);
    fold_as<Kept>(state, event);
    fold_as<Here>(state, event);
    fold_as<Cleared>(state, event);
  }
}

bool is_over(const State& state, const EventId& session) {
  const auto at = state.at.find(session);
  return at != state.at.end() && state.sessions[at->second].stage == Stage::ended;
}

void go_on(State& state) {
  Session* open = open_session(state);
  if (open == nullptr) return;
  // What was only asked is as good as withdrawn: no session was held.
  if (open->begun()) {
    end(*open, End::left_behind, open->proposer, open->id);
  } else {
    end(*open, End::declined, open->asker, open->id);
  }
}

}  // namespace attune::listen
