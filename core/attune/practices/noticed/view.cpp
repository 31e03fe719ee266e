#include "attune/practices/noticed/view.h"

#include <ranges>

namespace attune::noticed {

namespace {

constexpr std::size_t kMostRecent = 6;

}  // namespace

NoticedView Practice::view(const space::Context& context, const State& state) {
  NoticedView out;
  for (const practices::Given& given : state.sent.list | std::views::reverse) {
    const auto seen = practices::see<Sent>(context, given);
    auto view = practices::begin_view<NoticedOneView>(given, seen);
    if (seen.content) {
      view.effort = seen.content->effort;
      view.words = seen.content->words;
    }
    if (given.answer) {
      if (const auto answer = log::content_of<Answered>(context.contents, *given.answer)) {
        view.answer =
            NoticedAnswerView{.tap = answer->tap, .words = answer->words, .at = answer->at, .by_me = !view.by_me};
      }
    }
    const bool again = std::ranges::any_of(
        out.recent, [&](const RecentEffort& each) { return each.effort == view.effort && each.words == view.words; });
    if (view.by_me && seen.content && !again && out.recent.size() < kMostRecent) {
      out.recent.push_back({.effort = view.effort, .words = view.words});
    }
    out.noticed.push_back(std::move(view));
  }
  for (const OwnEffort& own : state.own | std::views::reverse) {
    const auto content = log::content_of<EffortAdded>(context.contents, own.id);
    if (!content) continue;
    out.own.push_back({.item = own.id,
                       .text = content->text,
                       .listed = own.listed,
                       .mark = own.pending ? Mark::on_this_phone : Mark::safe});
  }
  out.hidden = state.hidden;
  return out;
}

std::vector<practices::Moment> Practice::moments(const space::Context& context, const State& state,
                                                 const practices::Asked& asked) {
  return practices::moments<Sent, Answered>(
      context, state.sent, asked,
      {.given = practices::MomentKind::noticed, .answered = practices::MomentKind::noticed_answered, .story = true});
}

std::vector<practices::LeftOut> Practice::left_out(const space::Context& context, const State& state,
                                                   std::uint64_t from) {
  auto out = practices::left_out<Sent>(context, state.sent, from, practices::OfferKind::noticed,
                                       [](const Sent::Content& content) { return content.words; });
  // One of the list has no words of anybody's.
  std::erase_if(out, [](const practices::LeftOut& each) { return each.text.empty(); });
  return out;
}

std::vector<practices::Treasure> Practice::treasures(const space::Context& context, const State& state) {
  std::vector<practices::Treasure> out;
  for (const practices::Given& given : state.sent.list) {
    const auto seen = practices::see<Sent>(context, given);
    if (seen.by_me || !seen.content) continue;
    out.push_back({.item = given.id,
                   .kind = practices::TreasureKind::noticed,
                   .text = seen.content->words,
                   .says = "",
                   .felt = "",
                   .effort = seen.content->effort,
                   .at = seen.at});
  }
  return out;
}

}  // namespace attune::noticed
