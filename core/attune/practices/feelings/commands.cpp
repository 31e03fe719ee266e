#include "attune/practices/feelings/commands.h"

namespace attune::feelings {

namespace {

Result<> check(const std::vector<std::string>& feelings, std::string_view line) {
  if (feelings.empty() || feelings.size() > kMostFeelings) return refuse(kBadFeelings);
  if (feelings.size() == kMostFeelings && feelings.front() == feelings.back()) return refuse(kBadFeelings);
  for (const std::string& feeling : feelings) TRY_VOID(practices::check_content_id(feeling));
  return space::check_text(line, kMaxLine, true);
}

}  // namespace

Result<> check(const Shared::Content& content) { return check(content.feelings, content.line); }
Result<> check(const Noted::Content& content) { return check(content.feelings, content.line); }

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Note& command) {
  const Noted::Content content{.feelings = command.feelings, .line = command.line.value_or(""), .at = context.at};
  TRY_VOID(check(content));
  return practices::keep<Noted>(context.id, {}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Share& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  const Shared::Content content{
      .feelings = command.feelings, .line = command.line.value_or(""), .wish = command.wish, .at = context.at};
  TRY_VOID(check(content));
  return practices::tell<Shared>(context.id, {}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command) {
  TRY_VOID(practices::may_answer(context, state.shared, command.item));
  const std::string words = command.words.value_or("");
  if (!command.response && words.empty()) return refuse(practices::kNothingSaid);
  TRY_VOID(space::check_text(words, practices::kMaxAnswerWords, true));
  return practices::tell<Answered>(context.id, {.of = command.item},
                                   {.response = command.response, .words = words, .at = context.at});
}

}  // namespace attune::feelings
