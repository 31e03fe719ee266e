// The jar: what good was said to me, or I kept, to be shaken when I need it.
#include <algorithm>
#include <random>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli::jar {

namespace {

std::string text_of(const Texts& texts, const Json& entry) {
  const std::string effort = text_at(entry, "effort");
  return effort.empty() ? text_at(entry, "text") : texts.named(Table::efforts, effort);
}

void print_entry(Desk& desk, const Json& entry) {
  Terminal& terminal = desk.terminal;
  if (terminal.json) {
    terminal.out.raw(entry.dump());
    return;
  }
  terminal.out.heading(desk.say("jar.is." + text_at(entry, "kind"), {{"when", terminal.when(at(entry, "at"))}}));
  terminal.out.text(text_of(terminal.texts, entry), 4);
  for (const char* part : {"says", "felt"}) {
    if (const std::string text = text_at(entry, part); !text.empty()) terminal.out.text(text, 4);
  }
}

/// Numbered, and the times that are hidden below with their own.
Outcome<> print_entries(Desk& desk, const std::vector<Json>& entries, const Json& hidden) {
  Terminal& terminal = desk.terminal;
  std::vector<std::string> shown;
  const auto lead = [&](const Json& one) {
    shown.push_back(text_at(one, "item"));
    return number_of(shown.size());
  };
  for (const Json& entry : entries) {
    terminal.out.pair(lead(entry), text_of(terminal.texts, entry), terminal.when(at(entry, "at")));
  }
  if (!hidden.empty()) {
    if (!entries.empty()) terminal.gap();
    terminal.out.heading(desk.say("jar.hidden"));
  }
  for (const Json& span : hidden) {
    terminal.out.item(lead(span), desk.say("jar.span", {{"from", terminal.date(number_at(span, "from"))},
                                                        {"to", terminal.date(number_at(span, "to"))}}));
  }
  return desk.store.remember_shown(shown);
}

/// Trouble: "bad-day".
Outcome<Clock::Day> day_of(const Desk& desk, const std::string& text) {
  const auto day = desk.terminal.clock.day(text);
  if (!day) return trouble("bad-day", {{"text", harmless(text)}});
  return *day;
}

Outcome<Reply> jar_now(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  return desk.session.view("jar");
}

Outcome<Exit> list(Desk& desk, const Reply& view) {
  if (desk.terminal.json) {
    desk.terminal.out.raw(view.text);
    return Exit::done;
  }
  const Json& entries = list_at(view.value, "entries");
  const Json& hidden = list_at(view.value, "hidden");
  TRY_VOID(print_entries(desk, {entries.begin(), entries.end()}, hidden));
  desk.terminal.say(entries.empty() && hidden.empty() ? "jar.empty" : "jar.how");
  return Exit::done;
}

}  // namespace

Outcome<Exit> shake(Desk& desk) {
  TRY(view, jar_now(desk));
  if (desk.args.list) return list(desk, view);
  const Json& entries = list_at(view.value, "entries");
  if (entries.empty()) return trouble("jar-empty");
  std::random_device chance;
  print_entry(desk, entries[std::uniform_int_distribution<std::size_t>(0, entries.size() - 1)(chance)]);
  return Exit::done;
}

Outcome<Exit> search(Desk& desk) {
  const std::string wanted = in_small(words_on_the_line(desk));
  if (wanted.empty()) return incomplete(desk);
  TRY(view, jar_now(desk));
  std::vector<Json> found;
  for (const Json& entry : list_at(view.value, "entries")) {
    const std::string all =
        text_of(desk.terminal.texts, entry) + "\n" + text_at(entry, "says") + "\n" + text_at(entry, "felt");
    if (in_small(all).contains(wanted)) found.push_back(entry);
  }
  if (desk.terminal.json) {
    desk.terminal.out.raw(Json(found).dump());
    return Exit::done;
  }
  TRY_VOID(print_entries(desk, found, Json::array()));
  desk.terminal.say(found.empty() ? "jar.not-found" : "jar.how");
  return Exit::done;
}

Outcome<Exit> hide(Desk& desk) {
  const Args& args = desk.args;
  if (args.target.empty()) return incomplete(desk);
  TRY(first, day_of(desk, args.target));
  TRY(last, day_of(desk, args.second.empty() ? args.target : args.second));
  TRY(done, act(desk, "cherish.hide-span", Json{{"from", first.from}, {"to", last.to}}));
  desk.terminal.say("jar.now-hidden");
  return hand_over(desk);
}

/// A time that is hidden is shown again; something in the jar is read.
Outcome<Exit> show(Desk& desk) {
  TRY(item, item_on_the_line(desk));
  TRY(view, desk.session.view("jar"));
  for (const Json& entry : list_at(view.value, "entries")) {
    if (text_at(entry, "item") != item) continue;
    print_entry(desk, entry);
    return Exit::done;
  }
  TRY(done, act(desk, "cherish.show-span", Json{{"item", item}}));
  desk.terminal.say("jar.shown-again");
  return hand_over(desk);
}

}  // namespace attune::cli::jar
