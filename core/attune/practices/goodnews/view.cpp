#include "attune/practices/goodnews/view.h"

#include <ranges>

namespace attune::goodnews {

namespace {

const Since& since_of(const State& state, const practices::Given& given) {
  return state.since[static_cast<std::size_t>(&given - state.shared.list.data())];
}

}  // namespace

GoodNewsView Practice::view(const space::Context& context, const State& state) {
  GoodNewsView out;
  for (const practices::Given& given : state.shared.list | std::views::reverse) {
    const Since& since = since_of(state, given);
    const auto seen = practices::see<Shared>(context, given);
    auto view = practices::begin_view<GoodNewsOneView>(given, seen);
    if (seen.content) {
      view.sort = seen.content->sort;
      view.text = seen.content->text;
    }
    if (given.answer) {
      const auto asked = log::content_of<Asked>(context.contents, *given.answer);
      if (asked && check(*asked)) {
        view.asked = AskedView{.questions = asked->questions, .words = asked->words, .at = asked->at};
      }
    }
    const bool gone = view.taken_back == TakenBackView::gone;
    if (!since.told.empty() && !gone) {
      const auto told = log::content_of<Told>(context.contents, since.told.back());
      if (told) view.told = ToldView{.words = told->words, .at = told->at};
    }
    view.evening = gone ? Evening::none : since.evening;
    view.felt_good = view.by_me && state.felt_good.contains(given.id);
    view.offered = given.id.bytes[0];
    out.news.push_back(std::move(view));
  }
  return out;
}

std::optional<space::TakeBack> Practice::take_back(const space::Context& context, const State& state,
                                                   const EventId& item) {
  auto out = practices::take_back(context, state.shared, item);
  if (!out) return out;
  const Since& since = since_of(state, *state.shared.find(item));
  out->erases.insert(out->erases.end(), since.told.begin(), since.told.end());
  return out;
}

std::vector<practices::Moment> Practice::moments(const space::Context& context, const State& state,
                                                 const practices::Asked& asked) {
  using Kind = practices::MomentKind;
  auto out = practices::moments<Shared, Asked>(
      context, state.shared, asked, {.given = Kind::good_news, .answered = Kind::good_news_asked, .story = true});
  for (const practices::Given& given : state.shared.list) {
    const Since& since = since_of(state, given);
    const bool open = since.evening == Evening::wanted;
    if (!open && !practices::wanted(context, given, asked)) continue;
    if (context.space.ours.taken_back.contains(given.id)) continue;
    practices::Moment moment{.kind = Kind::tonight,
                             .item = given.id,
                             .event = given.id,
                             .prompt = std::nullopt,
                             .by_me = false,
                             .awaits_me = true,
                             .story = false,
                             .at = {}};
    if (open) {
      // For both: who wants to hear, and who is to tell.
      const auto wanted = log::content_of<Tonight>(context.contents, *since.wanted);
      if (wanted) moment.at = wanted->at;
      moment.event = *since.wanted;
      out.push_back(moment);
    }
    if (!since.told.empty()) {
      const auto told = log::content_of<Told>(context.contents, since.told.back());
      moment.kind = Kind::good_news_told;
      moment.event = since.told.back();
      moment.by_me = given.person == context.me;
      moment.awaits_me = false;
      moment.at = told ? told->at : At{};
      out.push_back(moment);
    }
  }
  return out;
}

std::vector<practices::LeftOut> Practice::left_out(const space::Context& context, const State& state,
                                                   std::uint64_t from) {
  return practices::left_out<Shared>(context, state.shared, from, practices::OfferKind::good_news,
                                     [](const Shared::Content& content) { return content.text; });
}

}  // namespace attune::goodnews
