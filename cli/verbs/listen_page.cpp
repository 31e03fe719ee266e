// Listen: where a session is, whose turn it is, and what can be done now, with what to type.
#include <algorithm>

#include "cli/verbs/listen.h"
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// Something that can be done now.
struct Can {
  std::string key;
  std::string verb;  ///< without "attune listen "
};

/// Somebody's words, if there are any.
void print_words(Desk& desk, const Json& from) {
  if (const std::string text = text_at(from, "text"); !text.empty()) desk.terminal.out.text(text, 4);
}

bool is_any(std::string_view stage, std::initializer_list<std::string_view> stages) {
  return std::ranges::find(stages, stage) != stages.end();
}

/// Before it begins.
void add_before(std::vector<Can>& can, const Json& open) {
  const bool asked_by_me = flag_at(open, "asked_by_me");
  if (text_at(open, "stage") == "agreed") {
    if (!flag_at(open, "i_am_ready")) can.push_back({"ready", "ready"});
    if (at(open, "other_ready").is_string()) can.push_back({"anew", "ready --anew"});
  } else if (!asked_by_me) {
    can.push_back({"agree-now", "agree --now"});
    can.push_back({"agree", "agree"});
  }
  if (flag_at(open, "by_me")) can.push_back({"topic", "topic hear"});
  can.push_back({"postpone", "postpone 21:30"});
  can.push_back({asked_by_me ? "withdraw" : "decline", "decline"});
}

/// The moves of whoever has the floor.
void add_moves(std::vector<Can>& can, const Json& open) {
  const std::string words = text_at(open, "how") == "typed" ? " WORDS" : "";
  const std::pair<const char*, Can> kMoves[] = {
      {"speaking", {"piece", "piece" + words}},
      {"spoken", {"say-back", "say-back" + words}},
      {"given-back", {"yes", "confirm yes"}},
      {"given-back", {"almost", "confirm almost" + words}},
      {"given-back", {"not-yet", "confirm not-yet"}},
      {"smaller-offered", {"smaller", "smaller"}},
      {"more", {"more", "more yes"}},
      {"more", {"all", "more no"}},
      {"making-sense", {"make-sense", "make-sense" + words}},
      {"imagining", {"imagine", "imagine" + words}},
      {"feeling-given", {"right", "feeling right"}},
      {"feeling-given", {"else", "feeling else" + words}},
  };
  const std::string stage = text_at(open, "stage");
  for (const auto& [where, move] : kMoves) {
    if (stage == where) can.push_back(move);
  }
}

/// Once both have been understood.
void add_end(std::vector<Can>& can, const Json& open) {
  const bool thanking = text_at(open, "stage") == "thanking";
  if (thanking && !at(open, "my_thanks").is_string()) can.push_back({"thank", "thank"});
  const bool across = text_at(open, "how") == "table" && !at(open, "their_thanks").is_string();
  if (thanking && across) can.push_back({"thank-across", "thank --across"});
  if (!thanking && !at(open, "i_keep").is_boolean()) {
    can.push_back({"keep", "keep yes"});
    can.push_back({"let-go", "keep no"});
  }
  can.push_back({"idea", "idea WORDS"});
}

std::vector<Can> what_can_be_done(const Json& open) {
  std::vector<Can> can;
  const std::string stage = text_at(open, "stage");
  const std::string where = text_at(open, "where");
  const std::string floor = text_at(open, "floor");
  const bool before = is_any(stage, {"proposed", "agreed"});
  if (where == "on-another") can.push_back({"here", "here"});
  if (before) {
    add_before(can, open);
    return can;
  }
  if (where == "here") {
    if (stage == "time-out") {
      if (!flag_at(open, "i_am_ready")) can.push_back({"ready", "ready"});
      if (at(open, "other_ready").is_string() && text_at(open, "how") != "table")
        can.push_back({"anew", "ready --anew"});
    } else if (is_any(stage, {"thanking", "keeping"})) {
      add_end(can, open);
    } else if (floor != "theirs" || text_at(open, "how") == "table") {
      add_moves(can, open);
    }
    if (stage != "time-out") can.push_back({"time-out", "time-out --minutes 30"});
  }
  can.push_back({"stop", "stop"});
  return can;
}

void print(Desk& desk, const std::vector<Can>& can) {
  desk.terminal.gap();
  for (const Can& one : can) {
    desk.terminal.out.pair("  ", desk.say("listen.can." + one.key), "attune listen " + one.verb);
  }
}

void print_topic(Desk& desk, const Json& open) {
  if (!at(open, "about").is_string()) return;
  Terminal& terminal = desk.terminal;
  const bool mine = flag_at(open, "by_me");
  terminal.say("listen.about." + text_at(open, "about") + (mine ? ".mine" : ".theirs"));
  if (const std::string words = text_at(open, "words"); !words.empty()) terminal.out.text(words, 4);
  if (mine && is_any(text_at(open, "stage"), {"proposed", "agreed"})) terminal.say("listen.about.private");
}

void print_readiness(Desk& desk, const Json& open) {
  if (flag_at(open, "i_am_ready")) desk.terminal.say("listen.ready.mine");
  if (at(open, "other_ready").is_string()) {
    desk.terminal.say("listen.ready.theirs", {{"when", desk.terminal.when(at(open, "other_ready_at"))}});
  }
}

/// What was said in this turn, so that one can answer to it.
void print_pieces(Desk& desk, const Json& open) {
  const Json& all = list_at(open, "pieces");
  std::size_t from = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_any(text_at(all[i], "move"), {"feels-right", "something-else"})) from = i + 1;
  }
  for (std::size_t i = from; i < all.size(); ++i) {
    desk.terminal.out.text(said_by(desk.terminal.texts, all[i]));
    print_words(desk, all[i]);
  }
  if (from < all.size()) desk.terminal.gap();
}

void print_thanks_so_far(Desk& desk, const Json& open) {
  if (at(open, "my_thanks").is_string()) desk.terminal.say("listen.thanked.mine");
  if (!at(open, "their_thanks").is_string()) return;
  desk.terminal.say("listen.thanked.theirs");
  print_words(desk, {{"text", at(open, "their_thanks")}});
}

void print_before(Desk& desk, const Json& open) {
  Terminal& terminal = desk.terminal;
  const Json& when = at(open, "when");
  const Fill time{{"when", when.is_object() ? terminal.when(when) : desk.say("listen.now")}};
  if (text_at(open, "stage") == "agreed") {
    terminal.say("listen.agreed", time);
  } else {
    terminal.say(flag_at(open, "asked_by_me") ? "listen.proposed.mine" : "listen.proposed.theirs", time);
  }
  terminal.say("listen.how." + text_at(open, "how"));
  print_topic(desk, open);
  print_readiness(desk, open);
}

void print_running(Desk& desk, const Json& open) {
  Terminal& terminal = desk.terminal;
  const std::string stage = text_at(open, "stage");
  print_pieces(desk, open);
  if (stage == "time-out") {
    terminal.say(flag_at(open, "time_out_by_me") ? "listen.time-out.mine" : "listen.time-out.theirs",
                 {{"when", terminal.when(at(open, "until"))}});
    print_readiness(desk, open);
  } else if (is_any(stage, {"smaller-offered", "thanking", "keeping"})) {
    print_thanks_so_far(desk, open);
    terminal.say("listen." + stage);
    if (const Json& keep = at(open, "i_keep"); keep.is_boolean()) {
      terminal.say(keep.get<bool>() ? "listen.keeping.yes" : "listen.keeping.no");
    }
  } else {
    const bool mine = text_at(open, "floor") == "mine";
    if (stage == "speaking" && list_at(open, "pieces").empty()) print_topic(desk, open);
    const bool seconds = stage == "speaking" && mine && text_at(open, "how") != "typed";
    terminal.say("listen." + stage + (mine ? ".mine" : ".theirs"));
    if (mine && flag_at(open, "smaller") && stage == "speaking") terminal.say("listen.smaller-one");
    if (seconds) terminal.say("listen.seconds", {{"n", std::to_string(number_at(open, "seconds"))}});
  }
}

void print_open(Desk& desk, const Json& open) {
  if (is_any(text_at(open, "stage"), {"proposed", "agreed"})) {
    print_before(desk, open);
  } else {
    print_running(desk, open);
  }
  const std::string where = text_at(open, "where");
  if (where != "here") desk.terminal.say("listen." + where);
  print(desk, what_can_be_done(open));
}

/// A session that is over, its thank-yous, and what both kept of it.
void print_held(Desk& desk, const Json& held) {
  Terminal& terminal = desk.terminal;
  terminal.out.heading(desk.say("listen.held." + text_at(held, "end"), {{"when", terminal.when(at(held, "at"))}}));
  terminal.say("listen.how." + text_at(held, "how"));
  for (const auto& [side, who] :
       {std::pair("my_thanks", "listen.thanks.mine"), std::pair("their_thanks", "listen.thanks.theirs")}) {
    const Json& thanks = at(held, side);
    if (!thanks.is_object()) continue;
    terminal.gap();
    terminal.say(who);
    print_words(desk, thanks);
  }
  if (!list_at(held, "pieces").empty()) terminal.gap();
  for (const Json& piece : list_at(held, "pieces")) {
    terminal.out.text(said_by(desk.terminal.texts, piece));
    print_words(desk, piece);
  }
  if (const Json& mark = at(held, "understood"); mark.is_number()) {
    terminal.gap();
    terminal.say("listen.understood", {{"n", std::to_string(mark.get<int>())}});
  }
}

/// Nothing is open: what the last one still asks of me, and how to begin.
void print_rest(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  terminal.say("listen.none");
  std::vector<Can> can{{"propose", "propose"}};
  const Json& held = list_at(view, "held");
  if (!held.empty()) {
    const Json& last = held.front();
    terminal.say("listen.held." + text_at(last, "end"), {{"when", terminal.when(at(last, "at"))}});
    const bool marked = at(last, "understood").is_number();
    if (!marked) can.insert(can.begin(), {"understood", "understood NUMBER"});
  }
  for (const Json& idea : list_at(view, "ideas")) {
    terminal.out.text(desk.say(flag_at(idea, "by_me") ? "listen.idea.mine" : "listen.idea.theirs"));
    print_words(desk, idea);
  }
  print(desk, can);
}

void print_view(Desk& desk, const Reply& view) {
  if (desk.terminal.json) {
    desk.terminal.out.raw(view.text);
  } else if (const Json& open = at(view.value, "open"); open.is_object()) {
    print_open(desk, open);
  } else {
    print_rest(desk, view.value);
  }
}

/// There is nothing for me to do before the other has done something.
bool is_up_to_the_other(const Json& open) {
  const std::string stage = text_at(open, "stage");
  if (text_at(open, "where") != "here" || text_at(open, "how") == "table") return false;
  if (stage == "proposed") return flag_at(open, "asked_by_me");
  if (is_any(stage, {"agreed", "time-out"})) return flag_at(open, "i_am_ready");
  if (stage == "thanking") return at(open, "my_thanks").is_string();
  if (stage == "keeping") return at(open, "i_keep").is_boolean();
  return text_at(open, "floor") == "theirs";
}

/// Stays connected until there is something for me to do.
Outcome<Reply> wait_for_the_other(Desk& desk, Reply view) {
  const auto look = [&]() -> Outcome<bool> {
    TRY(now, desk.session.view("listen"));
    view = std::move(now);
    const Json& open = at(view.value, "open");
    // Stopped by the other, or finished with them: there is nothing more to wait for.
    return !open.is_object() || !is_up_to_the_other(open);
  };
  desk.link.catch_interrupts();
  TRY(end, desk.session.stay(look));
  return view;
}

}  // namespace

Outcome<Reply> listening_now(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  return desk.session.view("listen");
}

Outcome<Exit> say_where_we_are(Desk& desk) {
  TRY(view, desk.session.view("listen"));
  desk.terminal.gap();
  if (!desk.terminal.json) print_view(desk, view);
  if (!desk.args.wait || !is_up_to_the_other(at(view.value, "open"))) return Exit::done;
  TRY(then, wait_for_the_other(desk, std::move(view)));
  desk.terminal.gap();
  print_view(desk, then);
  return Exit::done;
}

std::string said_by(const Texts& texts, const Json& piece) {
  return texts.say(flag_at(piece, "by_me") ? "listen.said.mine" : "listen.said.theirs",
                   {{"what", texts.say("listen.move." + text_at(piece, "move"))}});
}

std::string line_of_open(const Texts& texts, const Json& open) {
  const std::string stage = text_at(open, "stage");
  if (stage == "proposed")
    return texts.say(flag_at(open, "asked_by_me") ? "today.listening.mine" : "today.listening.theirs");
  return texts.say(is_any(stage, {"agreed", "time-out"}) ? "today.listening." + stage : "today.listening.running");
}

std::string line_of_session(const Texts& texts, const Json& view, const std::string& item, std::string otherwise) {
  if (const Json& open = at(view, "open"); text_at(open, "item") == item) return line_of_open(texts, open);
  for (const Json& held : list_at(view, "held")) {
    if (text_at(held, "item") == item) return texts.say("list.held." + text_at(held, "end"));
  }
  return otherwise;
}

Outcome<Exit> open_held(Desk& desk, const Json& held) {
  const Json& theirs = at(held, "their_thanks");
  if (theirs.is_object()) TRY_VOID(desk.session.command("space.open-item", Json{{"item", text_at(theirs, "item")}}));
  if (desk.terminal.json) {
    desk.terminal.out.raw(held.dump());
  } else {
    print_held(desk, held);
  }
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

Outcome<Exit> listen(Desk& desk) {
  TRY(view, listening_now(desk));
  const Json& open = at(view.value, "open");
  if (desk.args.wait && (!open.is_object() || is_up_to_the_other(open))) {
    TRY(then, wait_for_the_other(desk, std::move(view)));
    view = std::move(then);
  }
  print_view(desk, view);
  return Exit::done;
}

}  // namespace attune::cli
