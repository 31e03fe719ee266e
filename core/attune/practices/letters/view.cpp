#include "attune/practices/letters/view.h"

#include <ranges>

#include "attune/practices/newest_first.h"

namespace attune::letters {

namespace {

/// When a letter may be opened; it says so itself, and what it says may be gone.
std::optional<At> opens(const space::Context& context, const practices::Given& given) {
  const auto letter = practices::content_of<Sealed>(context, given);
  if (!letter) return std::nullopt;
  return letter->opens;
}

}  // namespace

LettersView Practice::view(const space::Context& context, const State& state) {
  LettersView out;
  for (std::size_t i = state.sealed.list.size(); i-- > 0;) {
    const practices::Given& given = state.sealed.list[i];
    const auto seen = practices::see<Sealed>(context, given);
    auto view = practices::begin_view<LetterView>(given, seen);
    view.held_by_me = state.held_before[i].has_value();
    view.opens = opens(context, given).value_or(At{});
    const bool waits = view.opens.ms > context.now.ms;
    view.state = waits ? LetterState::closed : view.opened ? LetterState::open : LetterState::ready;
    if (seen.content && (view.by_me || !waits)) view.text = seen.content->text;
    out.letters.push_back(std::move(view));
  }
  for (const HeldOne& held : state.held) {
    const auto letter = log::content_of<Held>(context.contents, held.id);
    if (held.withdrawn || state.posted.contains({context.me, held.id}) || !letter || !check(*letter)) continue;
    out.letters.push_back({.item = held.id,
                           .by_me = true,
                           .at = letter->at,
                           .mark = held.pending ? Mark::on_this_phone : Mark::safe,
                           .opened = true,
                           .state = LetterState::held,
                           .opens = letter->opens,
                           .held_by_me = true,
                           .text = letter->text,
                           .taken_back = TakenBackView::no});
  }
  practices::newest_first(out.letters, [](const LetterView& letter) { return letter.item; });
  return out;
}

std::vector<practices::Moment> Practice::moments(const space::Context& context, const State& state,
                                                 const practices::Asked& asked) {
  using Kind = practices::MomentKind;
  auto out = practices::moments<Sealed, Sealed>(context, state.sealed, asked,
                                                {.given = Kind::letter, .answered = std::nullopt, .story = true});
  for (practices::Moment& moment : out) {
    if (moment.kind != Kind::letter || moment.by_me) continue;
    const auto from = opens(context, *state.sealed.find(moment.item));
    if (!from || from->ms <= context.now.ms) continue;
    // It has come, and it waits: news, and nothing to do yet.
    moment.kind = Kind::letter_closed;
    moment.awaits_me = moment.story = false;
  }
  return out;
}

std::vector<practices::LeftOut> Practice::left_out(const space::Context& context, const State& state,
                                                   std::uint64_t from) {
  auto out = practices::left_out<Sealed>(context, state.sealed, from, practices::OfferKind::letter,
                                         [](const Letter& letter) { return letter.text; });
  // The other's stays as closed as it was.
  std::erase_if(out, [&](const practices::LeftOut& each) {
    const auto when = opens(context, *state.sealed.find(each.event));
    return !each.by_me && when && when->ms > context.now.ms;
  });
  return out;
}

}  // namespace attune::letters
