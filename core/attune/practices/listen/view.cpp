#include "attune/practices/listen/view.h"

#include <ranges>

namespace attune::listen {

namespace {

/// The other's thank-you as I keep it in *mine*.
struct CopiedThanks {
  std::string text;
  At at;
};
BOOST_DESCRIBE_STRUCT(CopiedThanks, (), (text, at))

Mark mark_of(bool pending) { return pending ? Mark::on_this_phone : Mark::safe; }

/// When an event of this session was written, whichever kind it is of.
struct JustAt {
  At at;
};
BOOST_DESCRIBE_STRUCT(JustAt, (), (at))
At time_of(const space::Context& context, const EventId& event) {
  const auto json = context.contents.content(StreamKind::ours, event);
  JustAt out;
  if (!json || !schema::read(*json, out)) return {};
  return out.at;
}

std::vector<PieceView> pieces(const space::Context& context, const Session& session) {
  std::vector<PieceView> out;
  for (const Piece& piece : session.pieces) {
    const auto content = log::content_of<Moved>(context.contents, piece.id);
    // A changed app may have written anything; what is too long is shown as nothing.
    if (!content || content->text.size() > kMaxPiece) continue;
    out.push_back({.move = piece.move, .by_me = piece.person == context.me, .text = content->text, .at = content->at});
  }
  return out;
}

/// The words of a thank-you; none: taken back and not kept, or never there.
std::optional<std::string> thanks_text(const space::Context& context, const std::optional<EventId>& event) {
  if (!event) return std::nullopt;
  if (const auto content = log::content_of<Thanked>(context.contents, *event)) {
    if (content->text.size() > kMaxThanks) return std::nullopt;
    return content->text;
  }
  const auto copied = context.space.mine.copied.find(*event);
  if (copied == context.space.mine.copied.end()) return std::nullopt;
  const auto copy = log::content_of<space::Copied>(context.contents, copied->second);
  CopiedThanks kept;
  if (!copy || !schema::read(copy->content, kept)) return std::nullopt;
  return kept.text;
}

std::optional<ThankYouView> thank_you(const space::Context& context, const State& state,
                                      const std::optional<EventId>& event) {
  const auto text = thanks_text(context, event);
  if (!text) return std::nullopt;
  const bool gone = context.space.ours.taken_back.contains(*event);
  return ThankYouView{
      .item = *event, .text = *text, .can_take_back = !gone && take_back(context, state, *event).has_value()};
}

Where where(const space::Context& context, const Session& session) {
  const auto writes = may_write(session, context.me, context.device);
  if (writes) return Where::here;
  return writes.error() == Error(kOnOnePhone) ? Where::on_theirs : Where::on_another;
}

/// What it is about: mine while I alone know it, and out with the event that the other got it by.
void fill_topic(const space::Context& context, const State& state, const Session& session, ListeningView& out) {
  if (session.topic) {
    const auto content = log::content_of<Ready>(context.contents, *session.topic);
    if (!content || content->words.size() > kMaxTopic) return;
    out.about = content->about;
    out.words = content->words;
    return;
  }
  const auto kept = state.topics.find(session.id);
  if (session.proposer != context.me || kept == state.topics.end()) return;
  if (const auto content = log::content_of<TopicKept>(context.contents, kept->second)) {
    out.about = content->about;
    out.words = content->words;
  }
}

void fill_time(const space::Context& context, const Session& session, ListeningView& out) {
  if (session.asked == session.id) {
    if (const auto content = log::content_of<Proposed>(context.contents, session.id)) {
      out.when = content->when;
      out.at = content->at;
    }
  } else if (const auto content = log::content_of<Replied>(context.contents, session.asked)) {
    out.when = content->when;
    out.at = content->at;
  }
  if (session.stage == Stage::time_out && session.time_out) {
    if (const auto content = log::content_of<TimedOut>(context.contents, *session.time_out)) out.until = content->until;
  }
}

Floor floor_of(const space::Context& context, const Session& session) {
  const auto holder = floor(session);
  if (!holder) return Floor::nobody;
  return *holder == context.me ? Floor::mine : Floor::theirs;
}

ListeningView listening(const space::Context& context, const State& state, const Session& session) {
  const auto other = static_cast<std::uint8_t>(1 - context.me);
  ListeningView out;
  out.item = session.id;
  out.how = session.how;
  out.stage = session.stage;
  out.by_me = session.proposer == context.me;
  out.asked_by_me = session.asker == context.me;
  out.mark = mark_of(session.pending);
  out.seconds = session.seconds;
  out.where = where(context, session);
  out.i_am_ready = session.ready[context.me].has_value();
  out.asked = session.question();
  out.other_ready = session.ready[other];
  if (session.ready[other]) out.other_ready_at = time_of(context, *session.ready[other]);
  fill_time(context, session, out);
  fill_topic(context, state, session, out);
  out.floor = floor_of(context, session);
  out.i_speak = session.speaker() == context.me;
  out.first_turn = session.turn == 0;
  out.smaller = session.smaller;
  out.not_yet = session.not_yet;
  out.step = session.step;
  out.pieces = pieces(context, session);
  out.time_out_by_me = session.stage == Stage::time_out && session.time_out_by == context.me;
  out.my_thanks = thanks_text(context, session.thanks[context.me]);
  out.their_thanks = thanks_text(context, session.thanks[other]);
  out.i_keep = session.keep[context.me];
  return out;
}

HeldView held(const space::Context& context, const State& state, const Session& session) {
  HeldView out;
  out.item = session.id;
  out.how = session.how;
  out.end = session.end;
  out.ended_by_me = session.ended_by == context.me;
  out.mark = mark_of(session.pending);
  if (session.ending) out.at = time_of(context, *session.ending);
  out.my_thanks = thank_you(context, state, session.thanks[context.me]);
  out.their_thanks = thank_you(context, state, session.thanks[1 - context.me]);
  if (session.kept()) out.pieces = pieces(context, session);
  if (const auto felt = state.felt.find(session.id); felt != state.felt.end()) {
    const auto content = log::content_of<FeltUnderstood>(context.contents, felt->second);
    if (content && content->score >= 1 && content->score <= kMostScore) out.understood = content->score;
  }
  return out;
}

bool was_held(const Session& session) { return session.stage == Stage::ended && session.end != End::declined; }

}  // namespace

View view(const space::Context& context, const State& state) {
  View out;
  if (const Session* open = open_session(state)) out.open = listening(context, state, *open);
  for (const Session& session : state.sessions | std::views::reverse) {
    if (was_held(session)) out.held.push_back(held(context, state, session));
  }
  for (const Idea& idea : state.ideas | std::views::reverse) {
    const auto content = log::content_of<IdeaNoted>(context.contents, idea.id);
    if (!content || content->text.size() > kMaxTopic) continue;
    out.ideas.push_back({.item = idea.id,
                         .by_me = idea.person == context.me,
                         .text = content->text,
                         .at = content->at,
                         .mark = mark_of(idea.pending)});
  }
  return out;
}

std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked) {
  using Kind = practices::MomentKind;
  std::vector<practices::Moment> out;
  for (const Session& session : state.sessions) {
    practices::Moment moment;
    moment.item = session.id;
    if (session.stage != Stage::ended) {
      moment.kind = Kind::listening;
      moment.event = session.asked;
      moment.by_me = session.asker == context.me;
      // Until the other has answered there is nothing for me to do.
      moment.awaits_me = session.stage != Stage::proposed || !moment.by_me;
      moment.at = time_of(context, session.asked);
      out.push_back(moment);
      continue;
    }
    if (asked.looked && session.touched < *asked.looked) continue;
    moment.kind = was_held(session) ? Kind::listened : Kind::listening_declined;
    moment.event = session.ending.value_or(session.id);
    moment.by_me = session.ended_by == context.me;
    moment.story = session.end == End::finished;
    // Whoever withdraws what they asked has declined nothing.
    if (session.end == End::declined && session.asker == session.ended_by) continue;
    moment.at = time_of(context, moment.event);
    out.push_back(moment);
  }
  return out;
}

std::vector<practices::Offer> offers(const space::Context&, const State&) { return {}; }

std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from) {
  std::vector<practices::LeftOut> out;
  const auto add = [&](const EventId& event, std::uint8_t person, std::string text, const At& at) {
    const auto wrote = context.space.ours.wrote.find(event);
    if (wrote == context.space.ours.wrote.end() || wrote->second.position < from || text.empty()) return;
    out.push_back({.event = event,
                   .kind = practices::OfferKind::listening,
                   .prompt = std::nullopt,
                   .by_me = person == context.me,
                   .text = std::move(text),
                   .at = at,
                   .again = std::nullopt});
  };
  for (const Session& session : state.sessions) {
    for (const std::uint8_t person : {std::uint8_t{0}, std::uint8_t{1}}) {
      const auto& thanks = session.thanks[person];
      if (const auto text = thanks_text(context, thanks)) add(*thanks, person, *text, time_of(context, *thanks));
    }
  }
  for (const Idea& idea : state.ideas) {
    const auto content = log::content_of<IdeaNoted>(context.contents, idea.id);
    if (content && content->text.size() <= kMaxTopic) add(idea.id, idea.person, content->text, content->at);
  }
  return out;
}

std::optional<nlohmann::json> copy_of(const space::Context& context, const State&, const EventId& item) {
  if (!context.space.mine.opened.contains(item)) return std::nullopt;
  const auto content = log::content_of<Thanked>(context.contents, item);
  if (!content) return std::nullopt;
  return schema::to_json(CopiedThanks{.text = content->text, .at = content->at});
}

std::optional<EventId> item_of(const space::Context&, const State& state, const EventId& event) {
  for (const Session& session : state.sessions) {
    if (session.thanks[0] == event || session.thanks[1] == event) return event;
  }
  return std::nullopt;
}

}  // namespace attune::listen
