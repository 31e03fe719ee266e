// Listen: the steps of a session. Which session it is and how far it has come is what the view says just now.
#include "cli/verbs/listen.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "wire/result.h"

namespace attune::cli::listening {

namespace {

/// The session that is open. Trouble: "no-listening".
Outcome<Json> open_session(Desk& desk) {
  TRY(view, listening_now(desk));
  Json open = at(view.value, "open");
  if (!open.is_object()) return trouble("no-listening");
  return open;
}

Outcome<Exit> act_and_tell(Desk& desk, std::string_view command, const Json& args) {
  TRY(done, act(desk, command, args));
  TRY_VOID(hand_over(desk));
  return say_where_we_are(desk);
}

Outcome<Exit> step(Desk& desk, std::string_view command, Json args = Json::object()) {
  TRY(open, open_session(desk));
  args["session"] = text_at(open, "item");
  return act_and_tell(desk, command, args);
}

/// A yes, to what is shown as asked: not to another time, or another time-out, that came in meanwhile.
Outcome<Exit> yes(Desk& desk, std::string_view command, Json args) {
  TRY(open, open_session(desk));
  args["asked"] = text_at(open, "asked");
  return step(desk, command, std::move(args));
}

/// Words that may be left out: from the line, else from somebody who is asked, or from a pipe.
std::string words_if_any(Desk& desk, std::string_view question) {
  const std::string given = words_on_the_line(desk);
  if (!given.empty() && given != "-") return given;
  return desk.terminal.ask_lines(question).value_or("");
}

/// Where a move belongs, and what is asked for its words there.
struct Place {
  std::string_view stage;
  std::string_view question;  ///< none: it has no words
};

/// Words belong to a session in writing, and nobody is asked for those of a move that is not theirs now: it is refused
/// as it is.
Outcome<Exit> move(Desk& desk, std::string_view command, const Place& place, Json args = Json::object()) {
  TRY(open, open_session(desk));
  args["session"] = text_at(open, "item");
  args["step"] = number_at(open, "step");
  const bool mine_now = text_at(open, "floor") == "mine" && text_at(open, "stage") == place.stage;
  if (!place.question.empty() && text_at(open, "how") == "typed" && mine_now) {
    TRY(text, words_of(desk, place.question));
    args["text"] = text;
  } else if (const std::string given = words_on_the_line(desk); !given.empty()) {
    args["text"] = given;
  }
  return act_and_tell(desk, command, args);
}

/// A number that the core judges: what is far outside is as wrong as what is near.
template <class Number>
Number within(int number) {
  return static_cast<Number>(std::clamp<int>(number, 0, std::numeric_limits<Number>::max()));
}

/// A time still to come. Trouble: "bad-time".
Outcome<Json> time_of(const Desk& desk, const std::string& text) {
  const Clock& clock = desk.terminal.clock;
  const auto ms = clock.named(text);
  if (!ms) return trouble("bad-time", {{"text", harmless(text)}});
  return Json{{"ms", *ms}, {"offset", clock.offset_at(*ms)}};
}

}  // namespace

Outcome<Exit> propose(Desk& desk) {
  const Args& args = desk.args;
  if (args.typed && args.table) return trouble("usage-incomplete", {{"verb", " " + args.verb}});
  Json asked{{"how", args.typed ? "typed" : args.table ? "table" : "two-phones"}};
  if (args.other_first) asked["other_first"] = true;
  if (args.seconds != 0) asked["seconds"] = within<std::uint16_t>(args.seconds);
  if (args.when) {
    TRY(when, time_of(desk, *args.when));
    asked["when"] = when;
  }
  TRY_VOID(catch_up(desk));
  return act_and_tell(desk, "listen.propose", asked);
}

Outcome<Exit> topic(Desk& desk) {
  TRY(about, one_of(desk, desk.args.target, {"hear", "good", "us"}));
  Json args{{"about", about}};
  if (const std::string words = words_if_any(desk, "ask.listen.topic"); !words.empty()) args["words"] = words;
  return step(desk, "listen.topic", args);
}

Outcome<Exit> agree(Desk& desk) {
  return yes(desk, "listen.agree", desk.args.ready_now ? Json{{"now", true}} : Json::object());
}

Outcome<Exit> decline(Desk& desk) { return step(desk, "listen.decline"); }

Outcome<Exit> postpone(Desk& desk) {
  TRY(when, time_of(desk, words_on_the_line(desk)));
  return step(desk, "listen.postpone", {{"when", when}});
}

Outcome<Exit> ready(Desk& desk) {
  TRY(open, open_session(desk));
  const Json theirs = at(open, "other_ready");
  return yes(desk, "listen.ready", desk.args.anew && theirs.is_string() ? Json{{"anew", theirs}} : Json::object());
}

Outcome<Exit> here(Desk& desk) { return step(desk, "listen.here"); }

Outcome<Exit> piece(Desk& desk) { return move(desk, "listen.piece", {"speaking", "ask.listen.piece"}); }

Outcome<Exit> say_back(Desk& desk) { return move(desk, "listen.say-back", {"spoken", "ask.listen.say-back"}); }

Outcome<Exit> confirm(Desk& desk) {
  TRY(heard, one_of(desk, desk.args.target, {"yes", "almost", "not-yet"}));
  return move(desk, "listen.confirm", {"given-back", heard == "almost" ? "ask.listen.missed" : ""}, {{"heard", heard}});
}

Outcome<Exit> smaller(Desk& desk) { return move(desk, "listen.smaller", {}); }

Outcome<Exit> more(Desk& desk) {
  TRY(more, one_of(desk, desk.args.target, {"yes", "no"}));
  return move(desk, "listen.more", {}, {{"more", more == "yes"}});
}

Outcome<Exit> make_sense(Desk& desk) { return move(desk, "listen.make-sense", {"making-sense", "ask.listen.sense"}); }

Outcome<Exit> imagine(Desk& desk) { return move(desk, "listen.imagine", {"imagining", "ask.listen.imagine"}); }

Outcome<Exit> feeling(Desk& desk) {
  TRY(feeling, one_of(desk, desk.args.target, {"right", "else"}));
  const bool right = feeling == "right";
  return move(desk, "listen.name-feeling", {"feeling-given", right ? "" : "ask.listen.instead"}, {{"right", right}});
}

Outcome<Exit> time_out(Desk& desk) {
  return step(desk, "listen.time-out", {{"minutes", within<std::uint16_t>(desk.args.minutes)}});
}

Outcome<Exit> stop(Desk& desk) { return step(desk, "listen.stop"); }

Outcome<Exit> idea(Desk& desk) {
  TRY(open, open_session(desk));
  std::string text = words_on_the_line(desk);
  const std::string stage = text_at(open, "stage");
  if (stage == "thanking" || stage == "keeping") {
    TRY(words, words_of(desk, "ask.listen.idea"));
    text = words;
  }
  return act_and_tell(desk, "listen.idea", {{"session", text_at(open, "item")}, {"text", text}});
}

Outcome<Exit> thank(Desk& desk) {
  TRY(open, open_session(desk));
  Json args{{"session", text_at(open, "item")}};
  if (desk.args.across) args["across"] = true;
  // Who has thanked already, or may not yet, is told so before they are asked for words.
  const bool asked = text_at(open, "stage") == "thanking";
  const std::string words = asked ? words_if_any(desk, "ask.listen.thank") : words_on_the_line(desk);
  if (!words.empty()) args["text"] = words;
  return act_and_tell(desk, "listen.thank", args);
}

Outcome<Exit> keep(Desk& desk) {
  TRY(keep, one_of(desk, desk.args.target, {"yes", "no"}));
  return step(desk, "listen.keep", {{"keep", keep == "yes"}});
}

/// Of the session that runs, which is refused until it is over; else of the last one.
Outcome<Exit> understood(Desk& desk) {
  TRY(view, listening_now(desk));
  const Json& open = at(view.value, "open");
  const std::string stage = text_at(open, "stage");
  const bool begun = open.is_object() && stage != "proposed" && stage != "agreed";
  const Json& held = list_at(view.value, "held");
  if (!begun && held.empty()) return trouble("no-listening");
  const std::string session = text_at(begun ? open : held.front(), "item");
  const std::string& text = desk.args.target;
  int score = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), score);
  if (error != std::errc{} || rest != text.data() + text.size()) score = 0;
  return act_and_tell(desk, "listen.understood", {{"session", session}, {"score", within<std::uint8_t>(score)}});
}

}  // namespace attune::cli::listening
