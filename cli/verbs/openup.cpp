// Open up: offering a sealed question, sealing an answer, opening both.
#include <algorithm>
#include <set>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

constexpr int kLightest = 1;
constexpr int kDeepest = 3;

/// The deck without what was offered or answered before.
Outcome<std::vector<Prompt>> unused(Desk& desk) {
  TRY(view, desk.session.view("openup"));
  std::set<std::string> used;
  for (const char* list : {"questions", "written"}) {
    for (const Json& entry : list_at(view.value, list)) used.insert(text_at(entry, "prompt"));
  }
  std::vector<Prompt> left;
  for (const Prompt& prompt : desk.terminal.texts.prompts()) {
    const bool wanted = desk.args.depth == 0 || desk.args.depth == prompt.depth;
    if (wanted && !used.contains(prompt.id)) left.push_back(prompt);
  }
  return left;
}

void list_prompts(Desk& desk, const std::vector<Prompt>& prompts) {
  Terminal& terminal = desk.terminal;
  if (terminal.json) {
    Json all = Json::array();
    for (const Prompt& prompt : prompts)
      all.push_back({{"id", prompt.id}, {"depth", prompt.depth}, {"text", prompt.text}});
    terminal.out.raw(all.dump());
    return;
  }
  for (int depth = kLightest; depth <= kDeepest; ++depth) {
    if (std::ranges::none_of(prompts, [&](const Prompt& prompt) { return prompt.depth == depth; })) continue;
    terminal.out.heading(desk.say("openup.depth." + std::to_string(depth)));
    for (const Prompt& prompt : prompts) {
      if (prompt.depth == depth) terminal.out.item("  " + prompt.id + "  ", prompt.text);
    }
    terminal.gap();
  }
}

/// The question named on the line, or one that the person agrees to; without a person the first unused one.
Outcome<std::string> choose(Desk& desk, const std::string& named, std::string_view question) {
  const auto& deck = desk.terminal.texts.prompts();
  if (!named.empty()) {
    if (std::ranges::find(deck, named, &Prompt::id) == deck.end())
      return trouble("no-prompt", {{"prompt", harmless(named)}});
    return named;
  }
  TRY(left, unused(desk));
  if (left.empty()) return trouble("deck-empty");
  if (!desk.terminal.asks) return left.front().id;
  for (const Prompt& prompt : left) {
    desk.terminal.gap();
    desk.terminal.out.text(prompt.text, 2);
    TRY(yes, desk.terminal.ask_yes(question, prompt.id));
    if (yes) return prompt.id;
  }
  return trouble("deck-empty");
}

Outcome<Exit> offer(Desk& desk, const std::string& prompt) {
  Terminal& terminal = desk.terminal;
  TRY(done, act(desk, "openup.offer", Json{{"prompt", prompt}}));
  TRY(view, desk.session.view("openup"));
  for (const Json& question : list_at(view.value, "questions")) {
    if (text_at(question, "prompt") != prompt || text_at(question, "state") != "offered") continue;
    TRY_VOID(desk.store.remember_shown(std::vector{text_at(question, "item")}));
    if (!terminal.json) terminal.out.pair("  1  ", terminal.texts.prompt(prompt), "attune answer 1");
    break;
  }
  terminal.say("question.offered");
  return hand_over(desk);
}

}  // namespace

Outcome<Exit> ask(Desk& desk) {
  if (desk.args.list) {
    TRY(left, unused(desk));
    list_prompts(desk, left);
    return Exit::done;
  }
  TRY(prompt, choose(desk, desk.args.target, "ask.offer"));
  return offer(desk, prompt);
}

Outcome<Exit> answer_alone(Desk& desk, const std::string& named) {
  TRY(prompt, choose(desk, named, "ask.this"));
  desk.terminal.say("question.is", {{"prompt", desk.terminal.texts.prompt(prompt)}});
  TRY(text, words_of(desk, "ask.answer"));
  TRY(app, app_view(desk));
  Json written = {{"prompt", prompt}, {"text", text}};
  if (text_at(app, "phase") == "paired") written["keep"] = true;
  TRY(done, act(desk, "openup.write", written));
  desk.terminal.say("question.kept");
  return hand_over(desk);
}

Outcome<Exit> answer_question(Desk& desk, const std::string& item) {
  Terminal& terminal = desk.terminal;
  if (desk.args.pass) {
    TRY(passed, act(desk, "openup.pass", Json{{"question", item}}));
    terminal.say("question.passed");
    return hand_over(desk);
  }
  if (desk.args.words.empty()) {
    TRY(found, find_item(desk, item));
    terminal.say("question.is", {{"prompt", terminal.texts.prompt(text_at(found.json, "prompt"))}});
  }
  TRY(text, words_of(desk, "ask.answer"));
  TRY(done, act(desk, "openup.answer", Json{{"question", item}, {"text", text}}));
  terminal.say("question.sealed");
  return hand_over(desk);
}

Outcome<Exit> open_question(Desk& desk, const Json& question) {
  Terminal& terminal = desk.terminal;
  const std::string item = text_at(question, "item");
  const std::string state = text_at(question, "state");
  if (state == "opened" && !flag_at(question, "seen")) {
    TRY(done, desk.session.command("space.open-item", Json{{"item", item}}));
  }
  TRY(found, find_item(desk, item));
  if (terminal.json) {
    terminal.out.raw(found.json.dump());
    TRY_VOID(catch_up(desk));
    return Exit::done;
  }
  terminal.out.heading(terminal.texts.prompt(text_at(question, "prompt")));
  terminal.gap();
  if (state == "opened") {
    for (const char* side : {"mine", "theirs"}) {
      terminal.say(std::string("question.") + side);
      terminal.out.text(text_at(found.json, side), 4);
      terminal.gap();
    }
    terminal.say("question.opened", {{"when", terminal.when(at(found.json, "opened_at"))}});
  } else {
    terminal.say("question." + state);
  }
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

}  // namespace attune::cli
