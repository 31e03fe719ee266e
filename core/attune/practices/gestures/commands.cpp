#include "attune/practices/gestures/commands.h"

namespace attune::gestures {

namespace {

constexpr std::size_t kMostAtOnce = 40;  // an append has room for 64 records

log::Plan written(const space::CommandContext& context, const Said::Fields& fields, const Said::Content& content) {
  // Nobody is woken: a change is not announced.
  if (context.paired) return practices::tell<Said>(context.id, fields, content, false);
  return practices::keep<Kept>(context.id, fields, content);
}

const std::vector<Entry>& menu_of(const space::CommandContext& context, const State& state) {
  return context.paired ? state.menus[context.me] : state.kept;
}

}  // namespace

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Say& command) {
  if (command.gesture.has_value() == command.own.has_value()) return refuse(kOneGesture);
  if (command.gesture) TRY_VOID(practices::check_content_id(*command.gesture));
  const std::vector<Entry>& menu = menu_of(context, state);
  const Entry* entry = find(menu, command.gesture, command.own);
  if (entry == nullptr && command.own) return refuse(space::kUnknownItem);
  if (entry == nullptr && menu.size() == kMostEntries) return refuse(kMenuFull);
  Said::Content content{.liking = command.liking, .text = "", .at = context.at};
  if (entry != nullptr) {
    const auto before = context.paired ? log::content_of<Said>(context.contents, entry->said)
                                       : log::content_of<Kept>(context.contents, entry->said);
    if (before && before->liking == command.liking) return log::Plan{};
    if (before) content.text = before->text;
  }
  return written(context, {.gesture = command.gesture, .own = command.own, .kept = std::nullopt}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Add& command) {
  TRY_VOID(space::check_text(command.text, kMaxGesture));
  if (menu_of(context, state).size() == kMostEntries) return refuse(kMenuFull);
  return written(context, {}, {.liking = command.liking, .text = command.text, .at = context.at});
}

std::vector<Entry> not_shown(const space::Context& context, const State& state) {
  std::vector<Entry> out;
  for (const Entry& kept : state.kept) {
    const bool shown = kept.own ? state.shown.contains({context.me, *kept.own})
                                : find(state.menus[context.me], kept.gesture, std::nullopt) != nullptr;
    if (shown) continue;
    const auto content = log::content_of<Kept>(context.contents, kept.said);
    if (content && content->liking != Liking::not_said) out.push_back(kept);
  }
  return out;
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ShowKept&) {
  if (!context.paired) return refuse(space::kNotPaired);
  log::Plan out{.stream = StreamKind::ours, .events = {}, .erases = {}};
  for (const Entry& kept : not_shown(context, state)) {
    if (out.events.size() == kMostAtOnce || state.menus[context.me].size() + out.events.size() == kMostEntries) break;
    const auto content = log::content_of<Kept>(context.contents, kept.said);
    const auto id = log::event_id(context.id, static_cast<std::uint32_t>(out.events.size()));
    out.events.push_back(
        log::make<Said>(id, {.gesture = kept.gesture, .own = std::nullopt, .kept = kept.own}, *content));
  }
  return out;
}

}  // namespace attune::gestures
