// Letters sealed until a date.
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// The moment it opens: a day begins at midnight. Trouble: "bad-date".
Outcome<Json> date_of(const Desk& desk) {
  const Clock& clock = desk.terminal.clock;
  const std::string& text = desk.args.target;
  if (text.empty()) return incomplete(desk);
  const auto day = clock.day(text);
  const auto ms = day && day->from > clock.now().ms ? std::optional(day->from) : clock.named(text);
  if (!ms) return trouble("bad-date", {{"text", harmless(text)}});
  return Json{{"ms", *ms}, {"offset", clock.offset_at(*ms)}};
}

std::string opens(const Desk& desk, const Json& letter) { return desk.terminal.when(at(letter, "opens")); }

void print_letter(Desk& desk, const Json& letter, const std::string&) {
  Terminal& terminal = desk.terminal;
  if (!print_head(desk, letter)) return;
  const std::string state = text_at(letter, "state");
  const bool mine = flag_at(letter, "by_me");
  if (const std::string text = text_at(letter, "text"); !text.empty()) {
    terminal.gap();
    terminal.out.text(text, 4);
    terminal.gap();
  }
  if (state == "held" || state == "closed") {
    const std::string key = state == "held" ? "letter.is.held" : mine ? "letter.is.closed.mine" : "letter.is.closed";
    terminal.say(key, {{"when", opens(desk, letter)}});
  } else {
    terminal.say("letter.is.open", {{"when", opens(desk, letter)}});
  }
}

}  // namespace

std::string line_of_letter(const Desk& desk, const Json& letter) {
  const bool mine = flag_at(letter, "by_me");
  if (text_at(letter, "taken_back") == "gone") return desk.say(mine ? "thank.taken-back.mine" : "thank.taken-back");
  return desk.say("list.letter." + text_at(letter, "state") + (mine ? ".mine" : ".theirs"),
                  {{"when", opens(desk, letter)}});
}

Outcome<Exit> open_letter(Desk& desk, const Json& letter) {
  // Before its date there is nothing to ask the core for; what it is and when it opens can be read.
  const bool waits = text_at(letter, "state") == "closed" || text_at(letter, "state") == "held";
  if (!waits || text_at(letter, "taken_back") == "gone") return open_given(desk, letter, print_letter);
  if (desk.terminal.json) {
    desk.terminal.out.raw(letter.dump());
  } else {
    print_letter(desk, letter, "");
  }
  return Exit::done;
}

Outcome<Exit> withdraw_letter(Desk& desk, const std::string& item) {
  TRY(done, act(desk, "letters.withdraw", Json{{"item", item}}));
  desk.terminal.say("letter.withdrawn");
  return hand_over(desk);
}

namespace letters {

Outcome<Exit> list(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("letters"));
  if (desk.terminal.json) {
    desk.terminal.out.raw(view.text);
    return Exit::done;
  }
  std::vector<Found> all;
  for (const Json& one : list_at(view.value, "letters")) all.push_back({Found::Kind::letter, one});
  TRY_VOID(print_numbered(desk, all));
  desk.terminal.say(all.empty() ? "letter.none" : "letter.how");
  return Exit::done;
}

Outcome<Exit> write(Desk& desk) {
  TRY(date, date_of(desk));
  TRY(text, words_of(desk, "ask.letter"));
  const Json args{{"text", text}, {"opens", date}, {"held_by_me", desk.args.held_by_me}};
  TRY(app, app_view(desk));
  TRY(done, act(desk, "letters.seal", args));
  desk.terminal.say(desk.args.held_by_me ? "letter.held" : "letter.sealed", {{"when", desk.terminal.when(date)}});
  return hand_over(desk);
}

Outcome<Exit> withdraw(Desk& desk) {
  TRY(item, item_on_the_line(desk));
  TRY(found, find_item(desk, item));
  // One that the app of the other holds has been sent: it can be taken back.
  const bool sent = flag_at(found.json, "by_me") && text_at(found.json, "state") != "held";
  if (found.kind == Found::Kind::letter && sent) return trouble("letter-posted");
  return withdraw_letter(desk, item);
}

}  // namespace letters

}  // namespace attune::cli
