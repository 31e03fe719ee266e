#include "attune/practices/cherish/commands.h"

namespace attune::cherish {

namespace {

log::Plan kept(const space::CommandContext& context, Wording wording, bool offer) {
  return {.stream = StreamKind::mine, .events = {log::make<Kept>(context.id, {.offer = offer}, wording)}, .erases = {}};
}

log::Plan sent(const space::CommandContext& context, Wording wording, std::optional<EventId> origin) {
  auto event = log::make<Thanked>(context.id, {.kept = origin}, wording);
  event.wake = true;
  return {.stream = StreamKind::ours, .events = {std::move(event)}, .erases = {}};
}

const Thanks* find(const State& state, const EventId& item) {
  const auto at = state.at.find(item);
  return at == state.at.end() ? nullptr : &state.thanks[at->second];
}

}  // namespace

Result<> check_wording(const Wording& wording) {
  TRY_VOID(space::check_text(wording.did, kMaxWording));
  TRY_VOID(space::check_text(wording.says, kMaxWording, true));
  TRY_VOID(space::check_text(wording.felt, kMaxWording, true));
  return {};
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Thank& command) {
  const Wording wording{.did = command.did, .says = command.says, .felt = command.felt, .at = context.at};
  TRY_VOID(check_wording(wording));
  if (!context.paired) return kept(context, wording, true);
  return sent(context, wording, std::nullopt);
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Keep& command) {
  const Wording wording{.did = command.did, .says = command.says, .felt = command.felt, .at = context.at};
  TRY_VOID(check_wording(wording));
  return kept(context, wording, false);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SendKept& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  if (state.sent.contains({context.me, command.item})) return refuse(kSentAlready);
  const bool known = std::ranges::any_of(state.kept, [&](const KeptOne& one) { return one.id == command.item; });
  const auto wording = log::content_of<Kept>(context.contents, command.item);
  if (!known || !wording) return refuse(space::kUnknownItem);
  return sent(context, *wording, command.item);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Edit& command) {
  const Thanks* thanks = find(state, command.item);
  if (thanks == nullptr) return refuse(space::kUnknownItem);
  if (thanks->person != context.me) return refuse(space::kNotYours);
  if (context.space.ours.taken_back.contains(command.item)) return refuse(space::kTakenBackAlready);
  const Wording wording{.did = command.did, .says = command.says, .felt = command.felt, .at = context.at};
  TRY_VOID(check_wording(wording));
  return log::Plan{.stream = StreamKind::ours,
                   .events = {log::make<Edited>(context.id, {.of = command.item}, wording)},
                   .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command) {
  const Thanks* thanks = find(state, command.item);
  if (thanks == nullptr) return refuse(space::kUnknownItem);
  if (thanks->person == context.me) return refuse(kOwnThanks);
  if (context.space.ours.taken_back.contains(command.item)) return refuse(space::kTakenBackAlready);
  if (!context.space.mine.opened.contains(command.item)) return refuse(kStillClosed);
  const std::string words = command.words.value_or("");
  if (!command.tap && words.empty()) return refuse(kEmptyAnswer);
  TRY_VOID(space::check_text(words, kMaxWords, true));
  auto event =
      log::make<Answered>(context.id, {.of = command.item}, {.tap = command.tap, .words = words, .at = context.at});
  event.wake = true;
  return log::Plan{.stream = StreamKind::ours, .events = {std::move(event)}, .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const HideSpan& command) {
  if (command.to <= command.from) return refuse(kBadSpan);
  return log::Plan{.stream = StreamKind::mine,
                   .events = {log::make<SpanHidden>(context.id, {.from = command.from, .to = command.to}, {})},
                   .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ShowSpan& command) {
  const bool hidden = std::ranges::any_of(state.hidden, [&](const Span& span) { return span.item == command.item; });
  // Shown again already: nothing is left to do, where this was accepted.
  if (!hidden && context.again) return log::Plan{};
  if (!hidden) return refuse(space::kUnknownItem);
  return log::Plan{
      .stream = StreamKind::mine, .events = {log::make<SpanShown>(context.id, {.of = command.item}, {})}, .erases = {}};
}

std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item) {
  const Thanks* thanks = find(state, item);
  if (thanks == nullptr || thanks->person != context.me) return std::nullopt;
  space::TakeBack out{.of = item, .erases = {item}};
  out.erases.insert(out.erases.end(), thanks->edits.begin(), thanks->edits.end());
  return out;
}

}  // namespace attune::cherish
