#include "attune/practices/letters/commands.h"

namespace attune::letters {

namespace {

bool waits(const space::Context& context, const State& state, const HeldOne& held) {
  return !held.withdrawn && !held.pending && !state.posted.contains({context.me, held.id});
}

}  // namespace

Result<> check(const Letter& letter) { return space::check_text(letter.text, kMaxLetter); }

Result<> may_open(const space::Context& context, const State& state, const EventId& item) {
  const practices::Given* given = state.sealed.find(item);
  if (given == nullptr || given->person == context.me) return {};
  const auto letter = practices::content_of<Sealed>(context, *given);
  if (letter && letter->opens.ms > context.now.ms) return refuse(kClosed);
  return {};
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Seal& command) {
  const Letter letter{.text = command.text, .opens = command.opens, .at = context.at};
  TRY_VOID(check(letter));
  const bool past = letter.opens.ms <= context.at.ms && !context.again;
  if (past || letter.opens.ms > context.at.ms + kLongest) return refuse(kBadDate);
  if (command.held_by_me) return practices::keep<Held>(context.id, {.due = letter.opens.ms}, letter);
  if (!context.paired) return refuse(space::kNotPaired);
  return practices::tell<Sealed>(context.id, {.held = std::nullopt}, letter);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Withdraw& command) {
  const auto held = std::ranges::find(state.held, command.item, &HeldOne::id);
  if (held == state.held.end()) return refuse(space::kUnknownItem);
  if (state.posted.contains({context.me, held->id})) return refuse(kPosted);
  if (held->withdrawn) return log::Plan{};
  return practices::keep<Withdrawn>(context.id, {.of = command.item}, {});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Post& command) {
  const auto held = std::ranges::find(state.held, command.held, &HeldOne::id);
  if (held == state.held.end() || !waits(context, state, *held)) return log::Plan{};
  const auto letter = log::content_of<Held>(context.contents, command.held);
  if (!letter || !check(*letter)) return log::Plan{};
  return practices::tell<Sealed>(context.id, {.held = command.held}, *letter);
}

std::optional<Post> owed(const space::Context& context, const State& state) {
  for (const HeldOne& held : state.held) {
    if (waits(context, state, held) && held.due <= context.now.ms) return Post{.held = held.id};
  }
  return std::nullopt;
}

std::optional<std::int64_t> next_due(const space::Context& context, const State& state) {
  std::optional<std::int64_t> out;
  for (const HeldOne& held : state.held) {
    if (waits(context, state, held) && (!out || held.due < *out)) out = held.due;
  }
  return out;
}

}  // namespace attune::letters
