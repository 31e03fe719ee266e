#include "attune/practices/listen/commands.h"

namespace attune::listen {

namespace {

using space::CommandContext;

/// The session, if it can be written to at all. Errors: unknown-item, listening-over.
Result<const Session*> session_of(const State& state, const EventId& id) {
  const auto at = state.at.find(id);
  if (at == state.at.end()) return refuse(space::kUnknownItem);
  const Session* session = &state.sessions[at->second];
  if (session->stage == Stage::ended) return refuse(kOver);
  return session;
}

Result<> may_write(const CommandContext& context, const Session& session) {
  return may_write(session, context.me, context.device);
}

log::Plan ours(log::NewEvent event, bool wake = false) {
  event.wake = wake;
  return {.stream = StreamKind::ours, .events = {std::move(event)}, .erases = {}};
}

log::Plan mine(log::NewEvent event) { return {.stream = StreamKind::mine, .events = {std::move(event)}, .erases = {}}; }

/// Words are for typed sessions, and there they are what a move is made of.
enum class Words : std::uint8_t { none, needed };

Result<log::Plan> move(const CommandContext& context, const State& state, const EventId& id, std::uint32_t step,
                       Move move, const std::optional<std::string>& text, Words words) {
  TRY(session, session_of(state, id));
  if (!session->begun()) return refuse(kNotBegun);
  TRY_VOID(may_write(context, *session));
  if (session->stage == Stage::time_out) return refuse(kInTimeOut);
  if (step != session->step) return refuse(kMovedOn);
  TRY_VOID(may(*session, acting(*session, context.me), move));
  if (session->how != How::typed && text && !text->empty()) return refuse(kTypedOnly);
  TRY_VOID(space::check_text(text.value_or(""), kMaxPiece, session->how != How::typed || words == Words::none));
  // Of what was spoken nothing is recorded, and when each had the floor is nobody's business later.
  const At at = session->how == How::typed ? context.at : At{};
  return ours(
      log::make<Moved>(context.id, {.session = id, .step = step, .move = move}, {.text = text.value_or(""), .at = at}));
}

/// `asked`: what it is an answer to; none: to whatever is asked.
Result<log::Plan> reply(const CommandContext& context, const State& state, const EventId& id,
                        const std::optional<EventId>& asked, Reply reply, std::optional<At> when) {
  TRY(session, session_of(state, id));
  const EventId& to = asked ? *asked : session->asked;
  TRY_VOID(may_reply(*session, context.me, to, reply));
  return ours(
      log::make<Replied>(context.id, {.session = id, .asked = to, .reply = reply}, {.when = when, .at = context.at}),
      reply != Reply::declined);
}

/// "Now is good"; with what it is to be about, if I asked first and the other has agreed.
log::NewEvent ready(const CommandContext& context, const State& state, const Session& session, const EventId& id,
                    const std::optional<EventId>& anew) {
  Ready::Content content{.about = std::nullopt, .words = "", .at = context.at};
  const auto topic = state.topics.find(session.id);
  const bool mine_to_say = session.proposer == context.me && !session.begun();
  if (mine_to_say && !session.topic && topic != state.topics.end()) {
    if (const auto kept = log::content_of<TopicKept>(context.contents, topic->second)) {
      content.about = kept->about;
      content.words = kept->words;
    }
  }
  const Ready::Fields fields{
      .session = session.id, .asked = session.question(), .anew = anew, .topic = content.about.has_value()};
  auto event = log::make<Ready>(id, fields, content);
  event.wake = true;
  return event;
}

}  // namespace

Result<log::Plan> plan(const CommandContext& context, const State& state, const Propose& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  const Session* open = open_session(state);
  if (open != nullptr && (open->begun() || command.how != How::table)) return refuse(kOpen);
  const std::uint16_t seconds = command.seconds.value_or(kUsualSeconds);
  if (seconds < kLeastSeconds || seconds > kMostSeconds) return refuse(kBadLength);
  const bool table = command.how == How::table;
  return ours(
      log::make<Proposed>(context.id,
                          {.how = command.how, .other_first = command.other_first.value_or(false), .seconds = seconds},
                          {.when = table ? std::nullopt : command.when, .at = context.at}),
      !table);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const KeepTopic& command) {
  const auto at = state.at.find(command.session);
  if (at == state.at.end()) return refuse(space::kUnknownItem);
  const Session& session = state.sessions[at->second];
  if (session.proposer != context.me) return refuse(space::kNotYours);
  // It waits for the beat, and the session for nothing: that it has gone out meanwhile is no reason to refuse it.
  if (!context.again) {
    if (session.stage == Stage::ended) return refuse(kOver);
    if (session.begun()) return refuse(kBegun);
    if (session.topic) return refuse(kSaidAlready);
  }
  TRY_VOID(space::check_text(command.words.value_or(""), kMaxTopic, true));
  return mine(log::make<TopicKept>(context.id, {.session = command.session},
                                   {.about = command.about, .words = command.words.value_or("")}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Agree& command) {
  TRY(plan, reply(context, state, command.session, command.asked, Reply::agreed, std::nullopt));
  if (command.now.value_or(false)) {
    TRY(session, session_of(state, command.session));
    plan.events.push_back(ready(context, state, *session, log::event_id(context.id, 1), std::nullopt));
  }
  return plan;
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Decline& command) {
  return reply(context, state, command.session, std::nullopt, Reply::declined, std::nullopt);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Postpone& command) {
  return reply(context, state, command.session, std::nullopt, Reply::postponed, command.when);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const SayReady& command) {
  TRY(session, session_of(state, command.session));
  if (session->how == How::table) TRY_VOID(may_write(context, *session));
  TRY_VOID(may_be_ready(*session, context.me, command.asked, command.anew.has_value()));
  return log::Plan{
      .stream = StreamKind::ours, .events = {ready(context, state, *session, context.id, command.anew)}, .erases = {}};
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const BeHere& command) {
  TRY(session, session_of(state, command.session));
  if (session->how == How::table) return refuse(session->proposer == context.me ? kOtherDevice : kOnOnePhone);
  if (!session->device[context.me]) return refuse(kNotNow);
  if (session->device[context.me] == context.device) return log::Plan{};
  return ours(log::make<Here>(context.id, {.session = command.session}, {}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const SayPiece& command) {
  return move(context, state, command.session, command.step, Move::piece, command.text, Words::needed);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const SayBack& command) {
  return move(context, state, command.session, command.step, Move::said_back, command.text, Words::needed);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Confirm& command) {
  const Move heard = command.heard == Heard::yes      ? Move::yes
                     : command.heard == Heard::almost ? Move::almost
                                                      : Move::not_yet;
  return move(context, state, command.session, command.step, heard, command.text,
              heard == Move::almost ? Words::needed : Words::none);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const TakeSmaller& command) {
  return move(context, state, command.session, command.step, Move::smaller, std::nullopt, Words::none);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const SayMore& command) {
  return move(context, state, command.session, command.step, command.more ? Move::more : Move::all, std::nullopt,
              Words::none);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const MakeSense& command) {
  return move(context, state, command.session, command.step, Move::made_sense, command.text, Words::needed);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Imagine& command) {
  return move(context, state, command.session, command.step, Move::imagined, command.text, Words::needed);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const NameFeeling& command) {
  return move(context, state, command.session, command.step, command.right ? Move::feels_right : Move::something_else,
              command.text, command.right ? Words::none : Words::needed);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const TimeOut& command) {
  TRY(session, session_of(state, command.session));
  TRY_VOID(may_time_out(*session));
  TRY_VOID(may_write(context, *session));
  if (command.minutes < kLeastTimeOut || command.minutes > kMostTimeOut) return refuse(kBadReturn);
  const At until{.ms = context.at.ms + std::int64_t{command.minutes} * 60'000, .offset = context.at.offset};
  return ours(log::make<TimedOut>(context.id, {.session = command.session}, {.until = until, .at = context.at}), true);
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Stop& command) {
  TRY(session, session_of(state, command.session));
  TRY_VOID(may_stop(*session));
  return ours(log::make<Stopped>(context.id, {.session = command.session}, {.at = context.at}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const NoteIdea& command) {
  TRY(session, session_of(state, command.session));
  TRY_VOID(may_note_idea(*session));
  TRY_VOID(may_write(context, *session));
  TRY_VOID(space::check_text(command.text, kMaxTopic));
  return ours(log::make<IdeaNoted>(context.id, {.session = command.session}, {.text = command.text, .at = context.at}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const Thank& command) {
  TRY(session, session_of(state, command.session));
  const bool across = command.across.value_or(false) && session->how == How::table;
  TRY_VOID(may_thank(*session, across ? static_cast<std::uint8_t>(1 - context.me) : context.me));
  TRY_VOID(may_write(context, *session));
  TRY_VOID(space::check_text(command.text.value_or(""), kMaxThanks, true));
  return ours(log::make<Thanked>(context.id, {.session = command.session, .across = across},
                                 {.text = command.text.value_or(""), .at = context.at}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const KeepPieces& command) {
  TRY(session, session_of(state, command.session));
  TRY_VOID(may_keep(*session, context.me));
  TRY_VOID(may_write(context, *session));
  return ours(log::make<Kept>(context.id, {.session = command.session, .keep = command.keep}, {.at = context.at}));
}

Result<log::Plan> plan(const CommandContext& context, const State& state, const RateUnderstood& command) {
  const auto at = state.at.find(command.session);
  if (at == state.at.end()) return refuse(space::kUnknownItem);
  const Session& session = state.sessions[at->second];
  if (session.end == End::declined) return refuse(kNotBegun);
  if (session.stage != Stage::ended) return refuse(kNotNow);
  if (command.score < 1 || command.score > kMostScore) return refuse(kBadScore);
  return mine(
      log::make<FeltUnderstood>(context.id, {.session = command.session}, {.score = command.score, .at = context.at}));
}

namespace {

/// What goes at the end of mine, oldest first, at most as much as goes at a time: pieces, and what it was about.
std::vector<EventId> mine_of(const Session& session, std::uint8_t me) {
  std::vector<EventId> out;
  if (session.topic && session.proposer == me) out.push_back(*session.topic);
  for (const Piece& piece : session.pieces) {
    if (piece.person == me && out.size() < kMostCleared) out.push_back(piece.id);
  }
  return out;
}

/// Over, in the history that is written to now, and not kept.
bool to_be_cleared(const space::Context& context, const Session& session) {
  return session.stage == Stage::ended && session.end != End::left_behind && !session.kept() &&
         session.position >= context.space.ours.begins && !mine_of(session, context.me).empty();
}

}  // namespace

Result<log::Plan> plan(const CommandContext& context, const State& state, const ClearPieces& command) {
  const auto at = state.at.find(command.session);
  if (at == state.at.end() || !to_be_cleared(context, state.sessions[at->second])) return log::Plan{};
  const Session& session = state.sessions[at->second];
  std::vector<EventId> gone = mine_of(session, context.me);
  const auto of_mine = [&](const EventId& id) { return id != session.topic; };
  const auto pieces = static_cast<std::uint32_t>(std::ranges::count_if(gone, of_mine));
  log::Plan out = ours(log::make<Cleared>(context.id, {.session = command.session, .pieces = pieces}, {}));
  out.erases = std::move(gone);
  return out;
}

std::optional<ClearPieces> owed(const space::Context& context, const State& state) {
  const auto due =
      std::ranges::find_if(state.sessions, [&](const Session& session) { return to_be_cleared(context, session); });
  if (due == state.sessions.end()) return std::nullopt;
  return ClearPieces{.session = due->id};
}

std::vector<EventId> gone_behind(const space::Context& context, const State& state) {
  std::vector<EventId> out;
  for (const Session& session : state.sessions) {
    if (session.stage != Stage::ended || session.kept() || session.position >= context.space.ours.begins) continue;
    if (session.topic) out.push_back(*session.topic);
    for (const Piece& piece : session.pieces) out.push_back(piece.id);
  }
  return out;
}

std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item) {
  for (const Session& session : state.sessions) {
    const bool table = session.how == How::table;  // written by the phone's owner, for both
    if (table && session.proposer != context.me) continue;
    const bool of_mine = session.thanks[context.me] == item || (table && session.thanks[1 - context.me] == item);
    if (of_mine) return space::TakeBack{.of = item, .erases = {item}};
  }
  const auto noted = [&](const Idea& idea) { return idea.id == item && idea.person == context.me; };
  if (std::ranges::any_of(state.ideas, noted)) return space::TakeBack{.of = item, .erases = {item}};
  return std::nullopt;
}

}  // namespace attune::listen
