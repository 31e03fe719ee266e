#include "attune/today/view.h"

#include "attune/practices/newest_first.h"

namespace attune::today {

namespace {

using practices::Moment;
using practices::MomentKind;

std::vector<Moment> moments_since(const space::Context& context, const practices::States& states,
                                  std::uint64_t looked) {
  const practices::Asked asked{.looked = looked};
  std::vector<Moment> out;
  practices::for_each(
      [&]<class P>(P) { std::ranges::copy(P::moments(context, states.of<P>(), asked), std::back_inserter(out)); });
  practices::newest_first(out, [](const Moment& moment) { return moment.event; });
  return out;
}

std::optional<Awaits> awaits(MomentKind kind) {
  switch (kind) {
    case MomentKind::thanks: return Awaits::thanks;
    case MomentKind::question: return Awaits::question;
    case MomentKind::answers: return Awaits::answers;
    case MomentKind::listening: return Awaits::listening;
    case MomentKind::feeling: return Awaits::feeling;
    case MomentKind::noticed: return Awaits::noticed;
    case MomentKind::good_news: return Awaits::good_news;
    case MomentKind::tonight: return Awaits::tonight;
    case MomentKind::letter: return Awaits::letter;
    default: return std::nullopt;
  }
}

std::optional<News> news(MomentKind kind) {
  switch (kind) {
    case MomentKind::thanks: return News::thanks;
    case MomentKind::thanks_answered: return News::thanks_answered;
    case MomentKind::thanks_edited: return News::thanks_edited;
    case MomentKind::answers: return News::answers_opened;
    case MomentKind::taken_back: return News::taken_back;
    case MomentKind::listening_declined: return News::listening_declined;
    case MomentKind::listened: return News::listened;
    case MomentKind::feeling_answered: return News::feeling_answered;
    case MomentKind::noticed_answered: return News::noticed_answered;
    case MomentKind::good_news_asked: return News::good_news_asked;
    case MomentKind::good_news_told: return News::good_news_told;
    case MomentKind::letter_closed: return News::letter_closed;
    default: return std::nullopt;
  }
}

bool new_since(const space::Context& context, const Moment& moment, std::uint64_t looked) {
  if (moment.by_me || moment.awaits_me) return false;
  const auto wrote = context.space.ours.wrote.find(moment.event);
  return wrote != context.space.ours.wrote.end() && !wrote->second.pending && wrote->second.position >= looked &&
         wrote->second.person != context.me;
}

/// The other's first event, if it came since, and when they gave their name.
std::optional<Since> other_arrived(const space::Context& context, std::uint64_t looked) {
  const space::Ours& ours = context.space.ours;
  const std::optional<log::EventId>& first = ours.first[1 - context.me];
  if (!first || ours.wrote.find(*first)->second.position < looked) return std::nullopt;
  Since out{.kind = News::partner_joined, .item = *first, .prompt = std::nullopt, .at = {}};
  if (const auto named = log::content_of<space::Named>(context.contents, *first)) out.at = named->at;
  return out;
}

std::vector<FirstStep> first_steps(const space::Context& context, const practices::States& states,
                                   bool phrase_confirmed) {
  if (context.paired) return {};
  const bool thanked = !states.of<cherish::Practice>().kept.empty();
  const bool answered = !states.of<openup::Practice>().written.empty();
  return {{.step = Step::thank, .done = thanked},
          {.step = Step::answer, .done = answered},
          {.step = Step::phrase, .done = phrase_confirmed}};
}

}  // namespace

View view(const space::Context& context, const practices::States& states, std::uint64_t looked, bool phrase_confirmed) {
  View out;
  out.first_steps = first_steps(context, states, phrase_confirmed);
  const std::vector<Moment> moments = moments_since(context, states, looked);
  for (const Moment& moment : moments) {
    if (moment.awaits_me) {
      if (const auto kind = awaits(moment.kind)) {
        out.awaiting.push_back({.kind = *kind, .item = moment.item, .prompt = moment.prompt, .at = moment.at});
      }
    } else if (new_since(context, moment, looked)) {
      if (const auto kind = news(moment.kind)) {
        out.since.push_back({.kind = *kind, .item = moment.item, .prompt = moment.prompt, .at = moment.at});
      }
    }
  }
  if (context.paired) {
    practices::for_each([&]<class P>(P) {
      for (const practices::Offer& offer : P::offers(context, states.of<P>())) {
        out.awaiting.push_back({.kind = Awaits::offers, .item = offer.item, .prompt = offer.prompt, .at = offer.at});
      }
    });
  }
  if (const auto arrived = other_arrived(context, looked); context.paired && arrived) out.since.push_back(*arrived);
  if (!context.paired) {
    const auto open = std::ranges::find(out.first_steps, false, &FirstStep::done);
    if (open == out.first_steps.end()) {
      out.suggestion = Suggestion::invite;
    } else {
      out.suggestion = open->step == Step::thank    ? Suggestion::thank
                       : open->step == Step::answer ? Suggestion::question
                                                    : Suggestion::phrase;
    }
  } else {
    // Whoever gave thanks last is offered a question, and the other way round: turns, not quotas.
    const auto mine = std::ranges::find_if(moments, [](const Moment& moment) { return moment.by_me; });
    const bool thanked = mine != moments.end() && mine->kind == MomentKind::thanks;
    out.suggestion = thanked ? Suggestion::question : Suggestion::thank;
  }
  return out;
}

}  // namespace attune::today
