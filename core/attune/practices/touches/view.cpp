#include "attune/practices/touches/view.h"

#include <ranges>

namespace attune::touches {

TouchesView Practice::view(const space::Context& context, const State& state) {
  TouchesView out;
  bool felt = false;  // whoever has felt one has felt those before it
  for (const TouchOne& one : state.sent | std::views::reverse) {
    const bool by_me = one.person == context.me;
    if (!by_me) felt = felt || state.felt.contains(one.id);
    if (context.space.ours.taken_back.contains(one.id)) continue;
    const auto content = log::content_of<Sent>(context.contents, one.id);
    if (!content || !check(*content)) continue;
    out.touches.push_back({.item = one.id,
                           .touch = content->touch,
                           .words = content->words,
                           .by_me = by_me,
                           .at = content->at,
                           .mark = one.pending ? Mark::on_this_phone : Mark::safe,
                           .felt = !by_me && felt});
  }
  if (state.muted_until > context.now.ms) out.muted_until = state.muted_until;
  if (const TouchOne* last = within_the_minute(state, context.me, context.now.ms)) {
    out.next_at = last->ms + kLeastBetween;
  }
  const std::size_t today = sent_on(state, context.me, day_of(context.now.ms, context.now.offset_minutes));
  out.left_today = static_cast<std::uint32_t>(kMostADay - std::min(today, kMostADay));
  return out;
}

std::optional<space::TakeBack> Practice::take_back(const space::Context& context, const State& state,
                                                   const EventId& item) {
  const auto found = std::ranges::find(state.sent, item, &TouchOne::id);
  if (found == state.sent.end() || found->person != context.me) return std::nullopt;
  return space::TakeBack{.of = item, .erases = {item}};
}

}  // namespace attune::touches
