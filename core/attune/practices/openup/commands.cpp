#include "attune/practices/openup/commands.h"

#include "attune/log/planted.h"

namespace attune::openup {

namespace {

constexpr std::size_t kMaxPromptId = 32;

bool prompt_id(std::string_view prompt) {
  return !prompt.empty() && prompt.size() <= kMaxPromptId && std::ranges::all_of(prompt, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

const Question* find(const State& state, const EventId& item) {
  const auto at = state.at.find(item);
  return at == state.at.end() ? nullptr : &state.questions[at->second];
}

const space::Side* side(const space::Context& context, const EventId& question, std::uint8_t person) {
  const auto at = context.space.ours.sealed.find(question);
  return at == context.space.ours.sealed.end() ? nullptr : &at->second.sides[person];
}

bool committed(const space::Context& context, const EventId& question, std::uint8_t person) {
  const space::Side* at = side(context, question, person);
  return at != nullptr && at->state != space::Side::State::none;
}

Result<log::NewEvent> seal(const space::CommandContext& context, const EventId& event, const EventId& question,
                           std::string_view text) {
  TRY(answer, space::seal_answer(context.sealing, question, text, context.at, context.entropy));
  auto out = log::make<space::Committed>(event, {.q = question, .c = answer.commitment}, answer.content);
  out.size = log::Size::sealed;
  out.wake = true;
  return out;
}

log::NewEvent offered(const space::CommandContext& context, std::string prompt, std::optional<EventId> written) {
  auto event = log::make<Offered>(context.id, {.prompt = std::move(prompt), .written = written}, {.at = context.at});
  event.wake = true;
  return event;
}

}  // namespace

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Offer& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  if (!prompt_id(command.prompt)) return refuse(kBadPrompt);
  for (const Question& question : state.questions) {
    const bool over = context.space.ours.taken_back.contains(question.id) ||
                      (committed(context, question.id, 0) && committed(context, question.id, 1)) ||
                      state.passed.contains(question.id) || context.space.ours.left_behind(question.id);
    if (question.prompt == command.prompt && !over) return refuse(kOfferedAlready);
  }
  return log::Plan{
      .stream = StreamKind::ours, .events = {offered(context, command.prompt, std::nullopt)}, .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command) {
  if (find(state, command.question) == nullptr) return refuse(space::kUnknownItem);
  if (context.space.ours.taken_back.contains(command.question)) return refuse(space::kTakenBackAlready);
  if (committed(context, command.question, context.me)) return refuse(space::kAlreadySealed);
  if (context.space.ours.left_behind(command.question)) return refuse(kLeftBehind);
  TRY(event, seal(context, context.id, command.question, command.text));
  return log::Plan{.stream = StreamKind::ours, .events = {std::move(event)}, .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Pass& command) {
  if (find(state, command.question) == nullptr) return refuse(space::kUnknownItem);
  if (committed(context, command.question, context.me)) return refuse(space::kAlreadySealed);
  const auto stream = log::planted().private_in_ours ? StreamKind::ours : StreamKind::mine;
  return log::Plan{
      .stream = stream, .events = {log::make<Passed>(context.id, {.q = command.question}, {})}, .erases = {}};
}

Result<log::Plan> plan(const space::CommandContext& context, const State&, const Write& command) {
  if (!prompt_id(command.prompt)) return refuse(kBadPrompt);
  if (command.text.empty()) return refuse(space::kTextEmpty);
  if (command.text.size() > space::kMaxAnswer) return refuse(space::kAnswerTooLong);
  log::Plan out{
      .stream = StreamKind::mine,
      .events = {log::make<Written>(context.id, {.prompt = command.prompt}, {.text = command.text, .at = context.at})},
      .erases = {}};
  if (command.keep.value_or(false)) {
    out.events.push_back(log::make<space::KeptToMyself>(log::event_id(context.id, 1), {.of = context.id}, {}));
  }
  return out;
}

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SendWritten& command) {
  if (!context.paired) return refuse(space::kNotPaired);
  if (state.sent.contains({context.me, command.item})) return refuse(kSentAlready);
  const auto at = std::ranges::find(state.written, command.item, &WrittenOne::id);
  const auto content = log::content_of<Written>(context.contents, command.item);
  if (at == state.written.end() || !content) return refuse(space::kUnknownItem);
  TRY(answer, seal(context, log::event_id(context.id, 1), context.id, content->text));
  return log::Plan{.stream = StreamKind::ours,
                   .events = {offered(context, at->prompt, command.item), std::move(answer)},
                   .erases = {}};
}

std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item) {
  const Question* question = find(state, item);
  if (question == nullptr) return std::nullopt;
  if (committed(context, item, context.me)) {
    const EventId commit = side(context, item, context.me)->commit;
    return space::TakeBack{.of = commit, .erases = {commit}};
  }
  // Whether the other has sealed an answer must not matter here: if it did, the button would tell.
  if (question->person == context.me) {
    return space::TakeBack{.of = item, .erases = {item}};
  }
  return std::nullopt;
}

}  // namespace attune::openup
