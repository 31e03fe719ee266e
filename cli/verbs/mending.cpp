// Going on together when the history of the shared space has become two.
#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// Up to when both keep everything, and how much each wrote behind that.
void show_cut(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  const Json& until = at(view, "until");
  if (until.is_object()) {
    terminal.say("mend.until", {{"date", terminal.date(number_at(until, "ms"))}});
  } else {
    terminal.say("mend.from-the-start");
  }
  const std::int64_t mine = number_at(view, "mine");
  const std::int64_t theirs = number_at(view, "theirs");
  if (mine > 0) terminal.out.text(terminal.texts.count("mend.mine", mine));
  if (theirs > 0) terminal.out.text(terminal.texts.count("mend.theirs", theirs));
}

Outcome<bool> agreed(Desk& desk, std::string_view question) {
  if (desk.args.yes) return true;
  return desk.terminal.ask_yes(question, "mend --yes");
}

}  // namespace

Outcome<Exit> mend(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY(view, desk.session.view("mending"));
  const std::string state = text_at(view.value, "state");
  if (terminal.json && !desk.args.yes) {
    terminal.out.raw(view.text);
    return Exit::done;
  }
  if (state == "waiting") {
    terminal.say("mend.waiting");
    return Exit::done;
  }
  if (state == "done") {
    terminal.say("mend.done");
    return Exit::done;
  }
  const bool asked = state == "asked";
  if (asked || state == "possible") {
    terminal.say(asked ? "mend.asked" : "mend.what");
    show_cut(desk, view.value);
    TRY(yes, agreed(desk, asked ? "ask.mend-confirm" : "ask.mend"));
    if (!yes) return Exit::done;
  }
  // Where there is nothing to mend, the core says so.
  const Json confirmed = asked ? Json{{"stream", at(view.value, "stream")}} : Json::object();
  TRY(done, act(desk, asked ? "space.mend-confirm" : "space.mend", confirmed));
  TRY(sent, hand_over(desk));
  TRY(after, desk.session.view("mending"));
  if (!terminal.json) terminal.say(text_at(after.value, "state") == "done" ? "mend.done" : "mend.waiting");
  return sent;
}

}  // namespace attune::cli
