#include "attune/practices/feelings/view.h"

#include <ranges>

namespace attune::feelings {

FeelingsView Practice::view(const space::Context& context, const State& state) {
  FeelingsView out;
  for (const practices::Given& given : state.shared.list | std::views::reverse) {
    const auto seen = practices::see<Shared>(context, given);
    auto view = practices::begin_view<SharedFeelingView>(given, seen);
    if (seen.content) {
      view.feelings = seen.content->feelings;
      view.line = seen.content->line;
      view.wish = seen.content->wish;
    }
    if (given.answer) {
      if (const auto answer = log::content_of<Answered>(context.contents, *given.answer)) {
        view.answer = FeelingAnswerView{
            .response = answer->response, .words = answer->words, .at = answer->at, .by_me = !view.by_me};
      }
    }
    out.shared.push_back(std::move(view));
  }
  for (const NotedOne& noted : state.noted | std::views::reverse) {
    const auto content = log::content_of<Noted>(context.contents, noted.id);
    if (!content || !check(*content)) continue;
    out.noted.push_back({.item = noted.id,
                         .feelings = content->feelings,
                         .line = content->line,
                         .at = content->at,
                         .mark = noted.pending ? Mark::on_this_phone : Mark::safe});
  }
  return out;
}

std::vector<practices::Moment> Practice::moments(const space::Context& context, const State& state,
                                                 const practices::Asked& asked) {
  return practices::moments<Shared, Answered>(
      context, state.shared, asked,
      {.given = practices::MomentKind::feeling, .answered = practices::MomentKind::feeling_answered, .story = false});
}

std::vector<practices::LeftOut> Practice::left_out(const space::Context& context, const State& state,
                                                   std::uint64_t from) {
  auto out = practices::left_out<Shared>(context, state.shared, from, practices::OfferKind::feeling,
                                         [](const Shared::Content& content) { return content.line; });
  // The words for feelings are the content's; without a line there is nothing to read again.
  std::erase_if(out, [](const practices::LeftOut& each) { return each.text.empty(); });
  return out;
}

}  // namespace attune::feelings
