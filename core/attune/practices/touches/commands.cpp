#include "attune/practices/touches/commands.h"

namespace attune::touches {

Result<> check(const Sent::Content& content) {
  if (content.touch != Touch::love && !content.words.empty()) return refuse(kWordsOfLove);
  return space::check_text(content.words, kMaxLove, true);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Send& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  const Sent::Content content{.touch = command.touch, .words = command.words.value_or(""), .at = context.at};
  TRY_VOID(check(content));
  const bool too_soon = within_the_minute(state, context.me, context.at.ms) != nullptr;
  const std::int64_t day = day_of(context.at.ms, context.at.offset);
  const bool enough = sent_on(state, context.me, day) >= kMostADay;
  // Another device of mine was faster: one touch is felt, and nothing is left to be said about the second.
  if (context.again && (too_soon || enough)) return log::Plan{};
  if (too_soon) return refuse(kTooSoon);
  if (enough) return refuse(kEnoughToday);
  return practices::tell<Sent>(context.id, {.ms = context.at.ms, .offset = context.at.offset}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Feel& command) {
  const auto found = std::ranges::find(state.sent, command.item, &TouchOne::id);
  if (found == state.sent.end() || found->person == context.me) return refuse(space::kUnknownItem);
  const bool felt = std::ranges::any_of(found, state.sent.end(), [&](const TouchOne& one) {
    return one.person != context.me && state.felt.contains(one.id);
  });
  if (felt) return log::Plan{};
  return practices::keep<Felt>(context.id, {.of = command.item}, {});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Mute& command) {
  if (command.until > context.at.ms + kMostMuted) return refuse(kBadMute);
  const std::int64_t until = std::max<std::int64_t>(command.until, 0);
  if (until == state.muted_until) return log::Plan{};
  return practices::keep<Muted>(context.id, {.until = until}, {});
}

}  // namespace attune::touches
