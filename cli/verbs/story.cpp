// The story of us: the moments two people made.
#include "cli/verbs/listen.h"
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

std::string line_of_moment(const Desk& desk, const Json& moment, const Json& listening) {
  const std::string kind = text_at(moment, "kind");
  const Texts& texts = desk.terminal.texts;
  if (kind == "answers") return desk.say("list.opened", {{"prompt", texts.prompt(text_at(moment, "prompt"))}});
  if (kind == "listened") return line_of_session(texts, listening, text_at(moment, "item"), desk.say("since.listened"));
  return desk.say("story." + kind + (flag_at(moment, "by_me") ? ".by-you" : ".by-other"));
}

}  // namespace

Outcome<Exit> story(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("story"));
  if (terminal.json) {
    terminal.out.raw(view.text);
    return Exit::done;
  }
  TRY(listening, desk.session.view("listen"));
  std::vector<std::string> shown;
  for (const Json& moment : list_at(view.value, "moments")) {
    shown.push_back(text_at(moment, "item"));
    terminal.out.pair(number_of(shown.size()), line_of_moment(desk, moment, listening.value),
                      terminal.when(at(moment, "at")));
  }
  terminal.say(shown.empty() ? "story.empty" : "story.how");
  TRY_VOID(desk.store.remember_shown(shown));
  return Exit::done;
}

}  // namespace attune::cli
