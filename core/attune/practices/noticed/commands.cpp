#include "attune/practices/noticed/commands.h"

namespace attune::noticed {

Result<> check(const Sent::Content& content) {
  if (content.effort.has_value() == !content.words.empty()) return refuse(kOneEffort);
  if (content.effort) TRY_VOID(practices::check_content_id(*content.effort));
  return space::check_text(content.words, kMaxEffort, true);
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Notice& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  const Sent::Content content{.effort = command.effort, .words = command.words.value_or(""), .at = context.at};
  TRY_VOID(check(content));
  return practices::tell<Sent>(context.id, {}, content);
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command) {
  TRY_VOID(practices::may_answer(context, state.sent, command.item));
  const std::string words = command.words.value_or("");
  if (!command.tap && words.empty()) return refuse(practices::kNothingSaid);
  TRY_VOID(space::check_text(words, practices::kMaxAnswerWords, true));
  return practices::tell<Answered>(context.id, {.of = command.item},
                                   {.tap = command.tap, .words = words, .at = context.at});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const AddEffort& command) {
  TRY_VOID(space::check_text(command.text, kMaxEffort));
  if (std::ranges::count(state.own, true, &OwnEffort::listed) >= static_cast<std::ptrdiff_t>(kMostOwn)) {
    return refuse(kListFull);
  }
  return practices::keep<EffortAdded>(context.id, {}, {.text = command.text, .at = context.at});
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ListEffort& command) {
  if (command.effort.has_value() == command.own.has_value()) return refuse(kOneEffort);
  bool listed = true;
  if (command.effort) {
    TRY_VOID(practices::check_content_id(*command.effort));
    listed = !std::ranges::binary_search(state.hidden, *command.effort);
  } else {
    const auto own = std::ranges::find(state.own, *command.own, &OwnEffort::id);
    if (own == state.own.end()) return refuse(space::kUnknownItem);
    listed = own->listed;
  }
  if (listed == command.listed) return log::Plan{};
  return practices::keep<EffortListed>(context.id,
                                       {.effort = command.effort, .own = command.own, .listed = command.listed}, {});
}

}  // namespace attune::noticed
