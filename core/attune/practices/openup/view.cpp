#include "attune/practices/openup/view.h"

#include <ranges>

#include "attune/log/planted.h"

namespace attune::openup {

namespace {

using space::Side;

/// The other's answer as I keep it in *mine*.
struct CopiedAnswer {
  std::string theirs;
  At at;  ///< of their opening
};
BOOST_DESCRIBE_STRUCT(CopiedAnswer, (), (theirs, at))

/// What a side opened, if it is what it had sealed. `withheld` is set when it is not.
std::optional<std::string> opened_text(const space::Context& context, const EventId& question, const Side& side,
                                       std::uint8_t person, std::optional<At>& at, bool& withheld) {
  const auto content = log::content_of<space::Opened>(context.contents, side.opening);
  if (!content) return std::nullopt;
  const Hash opened =
      space::commitment(sealing_of(context, question).ours, question, person, content->r, content->answer);
  if (content->r.size() != 32 || content->answer.size() > space::kMaxAnswer ||
      (opened != side.commitment && !log::planted().skip_commitment)) {
    withheld = true;
    return std::nullopt;
  }
  if (!at || at->ms < content->at.ms) at = content->at;
  return std::string(as_text(content->answer));
}

/// What I watched the other open and keep myself, if they have taken it away since.
std::optional<std::string> copied_text(const space::Context& context, const EventId& question, std::optional<At>& at) {
  const auto copied = context.space.mine.copied.find(question);
  if (copied == context.space.mine.copied.end()) return std::nullopt;
  const auto copy = log::content_of<space::Copied>(context.contents, copied->second);
  CopiedAnswer answer;
  if (!copy || !schema::read(copy->content, answer)) return std::nullopt;
  if (!at || at->ms < answer.at.ms) at = answer.at;
  return answer.theirs;
}

std::optional<std::string> own_sealed_text(const space::Context& context, const EventId& question, const Side& side,
                                           std::optional<At>& sealed_at) {
  const auto content = log::content_of<space::Committed>(context.contents, side.commit);
  if (!content) return std::nullopt;
  sealed_at = content->at;
  const auto inside = space::reopen(sealing_of(context, question), question, side.commitment, *content, content->at);
  if (!inside) return std::nullopt;
  return std::string(as_text(inside->answer));
}

void fill_both(const space::Context& context, const Question& question, const space::Sealed& sealed,
               QuestionView& out) {
  const auto other = static_cast<std::uint8_t>(1 - context.me);
  const Side& mine = sealed.sides[context.me];
  const Side& theirs = sealed.sides[other];
  if (mine.state != Side::State::opened || theirs.state != Side::State::opened) {
    out.state = mine.late_take_back || theirs.late_take_back ? QuestionState::not_opened : QuestionState::opening;
    // The other's late take-back is not shown as theirs: their missing opening alone says "not opened".
    return;
  }
  bool withheld = false;
  auto my_text = opened_text(context, question.id, mine, context.me, out.opened_at, withheld);
  auto their_text = opened_text(context, question.id, theirs, other, out.opened_at, withheld);
  if (my_text) out.mine = std::move(my_text);
  if (withheld) {
    out.state = QuestionState::withheld;
    return;
  }
  if (!their_text) their_text = copied_text(context, question.id, out.opened_at);
  out.theirs = std::move(their_text);
  out.state = out.theirs ? QuestionState::opened : QuestionState::withheld;
}

QuestionView question_view(const space::Context& context, const State& state, const Question& question) {
  QuestionView out;
  out.item = question.id;
  out.prompt = question.prompt;
  out.by_me = question.person == context.me;
  out.mark = question.pending ? Mark::on_this_phone : Mark::safe;
  out.seen = context.space.mine.opened.contains(question.id);
  if (const auto content = log::content_of<Offered>(context.contents, question.id)) out.at = content->at;
  const auto at = context.space.ours.sealed.find(question.id);
  if (at != context.space.ours.sealed.end() && at->second.sides[context.me].state != Side::State::none) {
    const Side& mine = at->second.sides[context.me];
    const auto wrote = context.space.ours.wrote.find(mine.commit);
    if (wrote != context.space.ours.wrote.end() && wrote->second.pending) out.mark = Mark::on_this_phone;
    out.state = QuestionState::mine_sealed;
    out.mine = own_sealed_text(context, question.id, mine, out.sealed_at);
    if (at->second.both_committed()) fill_both(context, question, at->second, out);
  }
  if (context.space.ours.left_behind(question.id)) out.state = QuestionState::not_opened;
  // Only while it would still change something; afterwards the button would promise what it can not do.
  out.can_take_back = (out.state == QuestionState::offered || out.state == QuestionState::mine_sealed) &&
                      take_back(context, state, question.id).has_value();
  return out;
}

bool shown(const space::Context& context, const State& state, const Question& question) {
  if (context.space.ours.taken_back.contains(question.id)) return false;
  if (!state.passed.contains(question.id)) return true;
  const auto at = context.space.ours.sealed.find(question.id);
  return at != context.space.ours.sealed.end() && at->second.sides[context.me].state != Side::State::none;
}

}  // namespace

View view(const space::Context& context, const State& state) {
  View out;
  for (const Question& question : state.questions | std::views::reverse) {
    if (shown(context, state, question)) out.questions.push_back(question_view(context, state, question));
  }
  for (const WrittenOne& written : state.written | std::views::reverse) {
    const auto content = log::content_of<Written>(context.contents, written.id);
    if (!content) continue;
    out.written.push_back({.item = written.id,
                           .prompt = written.prompt,
                           .text = content->text,
                           .at = content->at,
                           .mark = written.pending ? Mark::on_this_phone : Mark::safe,
                           .sent = state.sent.contains({context.me, written.id})});
  }
  return out;
}

std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked) {
  using Kind = practices::MomentKind;
  std::vector<practices::Moment> out;
  const Question* my_last = nullptr;
  for (const Question& question : state.questions) {
    if (question.person == context.me && shown(context, state, question)) my_last = &question;
  }
  // Opened and watched long ago: nothing of it awaits me, nothing of it is new.
  const auto past = [&](const Question& question) {
    const auto sealed = context.space.ours.sealed.find(question.id);
    if (!asked.looked || &question == my_last || sealed == context.space.ours.sealed.end()) return false;
    return context.space.mine.opened.contains(question.id) &&
           std::ranges::all_of(sealed->second.sides, [&](const Side& side) {
             if (side.state != Side::State::opened) return false;
             const auto wrote = context.space.ours.wrote.find(side.opening);
             return wrote != context.space.ours.wrote.end() && wrote->second.position < *asked.looked;
           });
  };
  for (const Question& question : state.questions) {
    if (!shown(context, state, question) || past(question)) continue;
    const QuestionView seen = question_view(context, state, question);
    const bool open = seen.state == QuestionState::opened;
    practices::Moment moment{.kind = Kind::question,
                             .item = question.id,
                             .event = question.id,
                             .prompt = question.prompt,
                             .by_me = seen.by_me,
                             .awaits_me = seen.state == QuestionState::offered && !seen.by_me,
                             .story = false,
                             .at = seen.at};
    if (!open) out.push_back(moment);
    if (!open) continue;
    const auto& sides = context.space.ours.sealed.find(question.id)->second.sides;
    moment.kind = Kind::answers;
    moment.event = sides[1 - context.me].opening;
    moment.by_me = false;
    moment.awaits_me = !seen.seen;
    moment.story = true;
    moment.at = seen.opened_at.value_or(seen.at);
    out.push_back(moment);
  }
  return out;
}

std::vector<practices::Offer> offers(const space::Context& context, const State& state) {
  std::vector<practices::Offer> out;
  for (const WrittenOne& written : state.written) {
    if (state.sent.contains({context.me, written.id})) continue;
    if (context.space.mine.kept_to_myself.contains(written.id)) continue;
    if (const auto content = log::content_of<Written>(context.contents, written.id)) {
      out.push_back({.item = written.id,
                     .kind = practices::OfferKind::answer,
                     .prompt = written.prompt,
                     .text = content->text,
                     .at = content->at});
    }
  }
  return out;
}

std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from) {
  std::vector<practices::LeftOut> out;
  const auto position = [&](const EventId& event) {
    const auto wrote = context.space.ours.wrote.find(event);
    return wrote == context.space.ours.wrote.end() ? std::uint64_t{0} : wrote->second.position;
  };
  for (const Question& question : state.questions) {
    const auto at = context.space.ours.sealed.find(question.id);
    if (at == context.space.ours.sealed.end() || context.space.ours.taken_back.contains(question.id)) continue;
    const auto opened_before = [&](const Side& side) {
      return side.state == Side::State::opened && position(side.opening) < from;
    };
    if (std::ranges::all_of(at->second.sides, opened_before)) continue;
    // It was left behind already when this history began.
    if (context.space.ours.left_behind(question.id)) continue;
    const QuestionView seen = question_view(context, state, question);
    practices::LeftOut left{.event = at->second.sides[context.me].commit,
                            .kind = practices::OfferKind::answer,
                            .prompt = question.prompt,
                            .by_me = true,
                            .text = seen.mine.value_or(""),
                            .at = seen.sealed_at.value_or(seen.at),
                            .again = std::nullopt};
    if (seen.mine) {
      // What was written before it was sealed is offered by itself, if the question itself is left out.
      if (!question.written || question.person != context.me || position(question.id) < from) {
        left.again.emplace(std::string(Write::kName),
                           schema::to_json(Write{.prompt = question.prompt, .text = *seen.mine, .keep = std::nullopt}));
      }
      out.push_back(left);
    }
    if (seen.theirs) {
      left.event = at->second.sides[1 - context.me].opening;
      left.by_me = false;
      left.text = *seen.theirs;
      left.at = seen.opened_at.value_or(seen.at);
      left.again.reset();
      out.push_back(std::move(left));
    }
  }
  return out;
}

std::optional<nlohmann::json> copy_of(const space::Context& context, const State&, const EventId& item) {
  const auto sealed = context.space.ours.sealed.find(item);
  if (sealed == context.space.ours.sealed.end()) return std::nullopt;
  const auto other = static_cast<std::uint8_t>(1 - context.me);
  const auto& sides = sealed->second.sides;
  if (sides[context.me].state != Side::State::opened || sides[other].state != Side::State::opened) return std::nullopt;
  std::optional<At> at;
  bool withheld = false;
  const auto theirs = opened_text(context, item, sides[other], other, at, withheld);
  if (!theirs || !at) return std::nullopt;
  return schema::to_json(CopiedAnswer{.theirs = *theirs, .at = *at});
}

std::optional<EventId> item_of(const space::Context& context, const State& state, const EventId& event) {
  if (state.at.contains(event)) return event;
  for (const auto& [question, sealed] : context.space.ours.sealed) {
    for (const Side& side : sealed.sides) {
      const bool committed = side.state != Side::State::none && side.commit == event;
      if (committed || (side.state == Side::State::opened && side.opening == event)) return question;
    }
  }
  return std::nullopt;
}

}  // namespace attune::openup
