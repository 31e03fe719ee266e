#include "attune/practices/cherish/view.h"

#include <ranges>

namespace attune::cherish {

namespace {

/// What a copy may take: it goes into *mine* in pieces, one with each beat, and a day should do.
constexpr std::size_t kMostCopied = 20'000;

/// All wordings of thanks, first to newest; what was taken back after I had opened it comes from my copy. A wording
/// longer than anybody can write is none.
std::vector<Wording> wordings(const space::Context& context, const Thanks& thanks) {
  std::vector<Wording> out;
  const auto copied = context.space.mine.copied.find(thanks.id);
  if (copied != context.space.mine.copied.end()) {
    if (const auto copy = log::content_of<space::Copied>(context.contents, copied->second)) {
      schema::read(copy->content, out);
    }
    return out;
  }
  const auto add = [&](const std::optional<Wording>& wording) {
    if (wording && check_wording(*wording)) out.push_back(*wording);
  };
  add(log::content_of<Thanked>(context.contents, thanks.id));
  for (const EventId& edit : thanks.edits) add(log::content_of<Edited>(context.contents, edit));
  return out;
}

ThanksView thanks_view(const space::Context& context, const Thanks& thanks) {
  const bool by_me = thanks.person == context.me;
  ThanksView out;
  out.item = thanks.id;
  out.by_me = by_me;
  out.mark = thanks.pending ? Mark::on_this_phone : Mark::safe;
  out.opened = by_me || context.space.mine.opened.contains(thanks.id);
  const std::vector<Wording> all = wordings(context, thanks);
  if (!all.empty()) out.at = all.front().at;
  if (context.space.ours.taken_back.contains(thanks.id)) {
    out.taken_back = !by_me && out.opened && !all.empty() ? TakenBackView::kept_by_me : TakenBackView::gone;
  }
  if (out.opened && out.taken_back != TakenBackView::gone && !all.empty()) {
    out.did = all.back().did;
    out.says = all.back().says;
    out.felt = all.back().felt;
    for (const Wording& earlier : all | std::views::take(all.size() - 1)) {
      out.edited.push_back({.did = earlier.did, .says = earlier.says, .felt = earlier.felt, .at = earlier.at});
    }
  }
  if (thanks.answer) {
    if (const auto answer = log::content_of<Answered>(context.contents, *thanks.answer)) {
      out.answer = AnswerView{.tap = answer->tap, .words = answer->words, .at = answer->at, .by_me = !by_me};
    }
  }
  return out;
}

}  // namespace

View view(const space::Context& context, const State& state) {
  View out;
  for (const Thanks& thanks : state.thanks | std::views::reverse) out.thanks.push_back(thanks_view(context, thanks));
  for (const KeptOne& kept : state.kept | std::views::reverse) {
    const auto wording = log::content_of<Kept>(context.contents, kept.id);
    if (!wording) continue;
    out.kept.push_back({.item = kept.id,
                        .did = wording->did,
                        .says = wording->says,
                        .felt = wording->felt,
                        .at = wording->at,
                        .mark = kept.pending ? Mark::on_this_phone : Mark::safe,
                        .sent = state.sent.contains({context.me, kept.id}),
                        .offered = kept.offer});
  }
  return out;
}

std::vector<practices::Moment> moments(const space::Context& context, const State& state,
                                       const practices::Asked& asked) {
  using Kind = practices::MomentKind;
  std::vector<practices::Moment> out;
  // What I did last, so that turns can be taken: my newest thank-you, and my newest answer to one.
  const Thanks* my_last = nullptr;
  const Thanks* my_last_answer = nullptr;
  for (const Thanks& thanks : state.thanks) {
    if (thanks.person == context.me) my_last = &thanks;
    const bool answered = thanks.person != context.me && thanks.answer;
    if (answered && (my_last_answer == nullptr || my_last_answer->touched < thanks.touched)) my_last_answer = &thanks;
  }
  std::optional<EventId> my_last_taken_back;
  log::SortedSet<EventId> taken_back_since;
  std::uint64_t newest = 0;
  for (const auto& [of, by] : context.space.ours.taken_back) {
    const space::Wrote& wrote = context.space.ours.wrote.find(by)->second;
    if (asked.looked && wrote.position >= *asked.looked) taken_back_since.insert(of);
    if (wrote.person != context.me || !state.at.contains(of) || wrote.position < newest) continue;
    my_last_taken_back = of;
    newest = wrote.position;
  }
  const auto wanted = [&](const Thanks& thanks) {
    if (!asked.looked || &thanks == my_last || &thanks == my_last_answer || thanks.touched >= *asked.looked)
      return true;
    if (thanks.id == my_last_taken_back) return true;
    if (thanks.person != context.me && !context.space.mine.opened.contains(thanks.id)) return true;
    return taken_back_since.contains(thanks.id);
  };
  for (const Thanks& thanks : state.thanks) {
    if (!wanted(thanks)) continue;
    const ThanksView seen = thanks_view(context, thanks);
    const bool gone = seen.taken_back == TakenBackView::gone;
    practices::Moment moment{.kind = Kind::thanks,
                             .item = thanks.id,
                             .event = thanks.id,
                             .prompt = std::nullopt,
                             .by_me = seen.by_me,
                             .awaits_me = !seen.by_me && !seen.opened && !gone,
                             .story = !gone,
                             .at = seen.at};
    if (!gone) out.push_back(moment);
    moment.awaits_me = moment.story = false;
    if (const auto by = context.space.ours.taken_back.find(thanks.id); by != context.space.ours.taken_back.end()) {
      practices::Moment taken = moment;
      taken.kind = Kind::taken_back;
      taken.event = by->second;
      if (const auto content = log::content_of<space::TakenBack>(context.contents, by->second)) taken.at = content->at;
      out.push_back(taken);
    }
    if (!gone && !thanks.edits.empty() && seen.opened) {
      moment.kind = Kind::thanks_edited;
      moment.event = thanks.edits.back();
      out.push_back(moment);
    }
    if (seen.answer) {
      moment.kind = Kind::thanks_answered;
      moment.event = *thanks.answer;
      moment.by_me = seen.answer->by_me;
      moment.at = seen.answer->at;
      out.push_back(moment);
    }
  }
  return out;
}

std::vector<practices::Offer> offers(const space::Context& context, const State& state) {
  std::vector<practices::Offer> out;
  for (const KeptOne& kept : state.kept) {
    if (!kept.offer || state.sent.contains({context.me, kept.id})) continue;
    if (context.space.mine.kept_to_myself.contains(kept.id)) continue;
    if (const auto wording = log::content_of<Kept>(context.contents, kept.id)) {
      out.push_back({.item = kept.id,
                     .kind = practices::OfferKind::thanks,
                     .prompt = std::nullopt,
                     .text = wording->did,
                     .at = wording->at});
    }
  }
  return out;
}

std::vector<practices::Treasure> treasures(const space::Context& context, const State& state) {
  std::vector<practices::Treasure> out;
  for (const Thanks& thanks : state.thanks) {
    if (thanks.person == context.me) continue;
    ThanksView seen = thanks_view(context, thanks);
    if (seen.did.empty()) continue;  // closed, or gone
    out.push_back({.item = thanks.id,
                   .kind = practices::TreasureKind::thanks,
                   .text = std::move(seen.did),
                   .says = std::move(seen.says),
                   .felt = std::move(seen.felt),
                   .effort = std::nullopt,
                   .at = seen.at});
  }
  for (const KeptOne& kept : state.kept) {
    if (state.sent.contains({context.me, kept.id})) continue;
    auto wording = log::content_of<Kept>(context.contents, kept.id);
    if (!wording) continue;
    out.push_back({.item = kept.id,
                   .kind = practices::TreasureKind::kept,
                   .text = std::move(wording->did),
                   .says = std::move(wording->says),
                   .felt = std::move(wording->felt),
                   .effort = std::nullopt,
                   .at = wording->at});
  }
  return out;
}

std::vector<practices::LeftOut> left_out(const space::Context& context, const State& state, std::uint64_t from) {
  std::vector<practices::LeftOut> out;
  for (const Thanks& thanks : state.thanks) {
    const auto wrote = context.space.ours.wrote.find(thanks.id);
    if (thanks.pending || wrote == context.space.ours.wrote.end() || wrote->second.position < from) continue;
    if (context.space.ours.taken_back.contains(thanks.id)) continue;
    const std::vector<Wording> all = wordings(context, thanks);
    if (all.empty()) continue;
    const Wording& newest = all.back();
    practices::LeftOut left{.event = thanks.id,
                            .kind = practices::OfferKind::thanks,
                            .prompt = std::nullopt,
                            .by_me = thanks.person == context.me,
                            .text = newest.did,
                            .at = all.front().at,
                            .again = std::nullopt};
    for (const std::string* more : {&newest.says, &newest.felt}) {
      if (!more->empty()) left.text += "\n" + *more;
    }
    // What was kept before it was sent is still kept, and offered by itself.
    if (left.by_me && !thanks.kept) {
      left.again.emplace(std::string(Thank::kName),
                         schema::to_json(Thank{.did = newest.did, .says = newest.says, .felt = newest.felt}));
    }
    out.push_back(std::move(left));
  }
  return out;
}

std::optional<nlohmann::json> copy_of(const space::Context& context, const State& state, const EventId& item) {
  const auto at = state.at.find(item);
  if (at == state.at.end()) return std::nullopt;
  std::vector<Wording> all = wordings(context, state.thanks[at->second]);
  if (all.empty()) return std::nullopt;
  // The newest in any case, and those before it as long as there is room.
  auto first = all.end() - 1;
  std::size_t bytes = schema::text(schema::to_json(*first)).size();
  while (first != all.begin()) {
    bytes += schema::text(schema::to_json(*(first - 1))).size();
    if (bytes > kMostCopied) break;
    --first;
  }
  all.erase(all.begin(), first);
  return schema::to_json(all);
}

std::optional<EventId> item_of(const space::Context&, const State& state, const EventId& event) {
  if (state.at.contains(event)) return event;
  for (const Thanks& thanks : state.thanks) {
    if (std::ranges::find(thanks.edits, event) != thanks.edits.end()) return thanks.id;
  }
  return std::nullopt;
}

}  // namespace attune::cherish
