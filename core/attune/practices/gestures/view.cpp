#include "attune/practices/gestures/view.h"

namespace attune::gestures {

namespace {

template <class E>
std::vector<GestureView> seen(const space::Context& context, const std::vector<Entry>& menu) {
  std::vector<GestureView> out;
  for (const Entry& entry : menu) {
    const auto content = log::content_of<E>(context.contents, entry.said);
    if (!content || content->liking == Liking::not_said) continue;
    if (entry.own && !space::check_text(content->text, kMaxGesture)) continue;
    out.push_back({.gesture = entry.gesture,
                   .own = entry.own,
                   .text = entry.own ? content->text : "",
                   .liking = content->liking,
                   .at = content->at,
                   .mark = entry.pending ? Mark::on_this_phone : Mark::safe});
  }
  return out;
}

}  // namespace

GesturesView Practice::view(const space::Context& context, const State& state) {
  if (!context.paired && state.menus[context.me].empty()) {
    return {.mine = seen<Kept>(context, state.kept), .theirs = {}, .not_shown = 0};
  }
  return {.mine = seen<Said>(context, state.menus[context.me]),
          .theirs = seen<Said>(context, state.menus[1 - context.me]),
          .not_shown = static_cast<std::uint32_t>(not_shown(context, state).size())};
}

}  // namespace attune::gestures
