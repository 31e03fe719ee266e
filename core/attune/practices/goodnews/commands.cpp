#include "attune/practices/goodnews/commands.h"

namespace attune::goodnews {

namespace {

const Since& since_of(const State& state, const EventId& item) {
  return state.since[state.shared.at.find(item)->second];
}

/// Mine, and asked about or wanted tonight.
Result<> may_go_on(const space::CommandContext& context, const State& state, const EventId& item) {
  const practices::Given* shared = state.shared.find(item);
  if (shared == nullptr) return refuse(space::kUnknownItem);
  if (shared->person != context.me) return refuse(space::kNotYours);
  if (!shared->answer && since_of(state, item).evening == Evening::none) return refuse(kNothingAsked);
  return {};
}

}  // namespace

Result<> check(const Shared::Content& content) { return space::check_text(content.text, kMaxNews); }

Result<> check(const Asked::Content& content) {
  if (content.questions.size() > kMostQuestions) return refuse(kTwoQuestions);
  for (const std::string& question : content.questions) TRY_VOID(practices::check_content_id(question));
  if (content.questions.empty() && content.words.empty()) return refuse(practices::kNothingSaid);
  return space::check_text(content.words, practices::kMaxAnswerWords, true);
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Share& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  const Shared::Content content{.sort = command.sort, .text = command.text, .at = context.at};
  TRY_VOID(check(content));
  return practices::tell<Shared>(context.id, {}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Ask& command) {
  TRY_VOID(practices::may_answer(context, state.shared, command.item));
  const Asked::Content content{.questions = command.questions, .words = command.words.value_or(""), .at = context.at};
  TRY_VOID(check(content));
  return practices::tell<Asked>(context.id, {.of = command.item}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Tell& command) {
  TRY_VOID(may_go_on(context, state, command.item));
  if (!state.shared.find(command.item)->answer) return refuse(kNothingAsked);
  if (context.space.ours.taken_back.contains(command.item)) return refuse(space::kTakenBackAlready);
  TRY_VOID(space::check_text(command.words, kMaxNews));
  return practices::tell<Told>(context.id, {.of = command.item}, {.words = command.words, .at = context.at});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const TellTonight& command) {
  TRY_VOID(practices::may_answer(context, state.shared, command.item));
  if (since_of(state, command.item).evening != Evening::none) return log::Plan{};
  return practices::tell<Tonight>(context.id, {.of = command.item, .talked = false}, {.at = context.at});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Talked& command) {
  if (state.shared.find(command.item) == nullptr) return refuse(space::kUnknownItem);
  const Evening evening = since_of(state, command.item).evening;
  if (evening == Evening::none) return refuse(kNotTonight);
  if (evening == Evening::talked) return log::Plan{};
  return practices::tell<Tonight>(context.id, {.of = command.item, .talked = true}, {.at = context.at}, false);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const MarkGood& command) {
  TRY_VOID(may_go_on(context, state, command.item));
  if (state.felt_good.contains(command.item)) return log::Plan{};
  return practices::keep<FeltGood>(context.id, {.of = command.item, .good = true}, {});
}

}  // namespace attune::goodnews
