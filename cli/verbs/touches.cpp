// Touches: sending one, feeling those that came, and being left in peace for a while.
#include <algorithm>
#include <charconv>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

void print_words(Desk& desk, const Json& touch) {
  if (const std::string words = text_at(touch, "words"); !words.empty()) desk.terminal.out.text(words, 4);
}

/// Mine as it was sent, the other's as it arrives.
void print_touch(Desk& desk, const Json& touch) {
  Terminal& terminal = desk.terminal;
  const std::string what =
      flag_at(touch, "by_me") ? line_of_touch(desk, touch) : terminal.texts.arrives(text_at(touch, "touch"));
  terminal.out.pair("", what, terminal.when(at(touch, "at")));
  print_words(desk, touch);
}

void print_quiet(Desk& desk, const Json& view) {
  const Json& until = at(view, "muted_until");
  if (!until.is_number()) return;
  desk.terminal.gap();
  desk.terminal.say("touch.quiet", {{"when", desk.terminal.moment(until.get<std::int64_t>())}});
}

Outcome<Exit> list_touches(Desk& desk) {
  Terminal& terminal = desk.terminal;
  const std::pair<const char*, Table> kTables[] = {{"touches", Table::touches}, {"loves", Table::loves}};
  Json data = Json::object();
  for (const auto& [name, table] : kTables) {
    data[name] = Json::array();
    int widest = 0;
    for (const Named& one : terminal.texts.table(table)) widest = std::max(widest, columns(one.id));
    if (!terminal.json) terminal.out.heading(desk.say(std::string("touch.list.") + name));
    for (const Named& one : terminal.texts.table(table)) {
      data[name].push_back({{"id", one.id}, {"text", one.text}});
      const auto room = static_cast<std::size_t>(widest + 2 - columns(one.id));
      if (!terminal.json) terminal.out.item("  " + one.id + std::string(room, ' '), one.text);
    }
    terminal.gap();
  }
  if (terminal.json) terminal.out.raw(data.dump());
  terminal.say("touch.how");
  return Exit::done;
}

}  // namespace

std::string line_of_touch(const Desk& desk, const Json& touch) {
  const std::string words = text_at(touch, "words");
  const std::string name = desk.terminal.texts.named(Table::touches, text_at(touch, "touch"));
  return desk.say(flag_at(touch, "by_me") ? "list.touch-mine" : "list.touch-theirs",
                  {{"text", words.empty() ? name : words}});
}

Outcome<Exit> open_touch(Desk& desk, const Json& touch) {
  if (!flag_at(touch, "by_me") && !flag_at(touch, "felt")) {
    TRY(done, desk.session.command("touches.feel", Json{{"item", text_at(touch, "item")}}));
  }
  if (desk.terminal.json) {
    desk.terminal.out.raw(touch.dump());
  } else {
    print_touch(desk, touch);
  }
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

namespace touching {

Outcome<Exit> feel(Desk& desk) {
  if (desk.args.list) return list_touches(desk);
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("touches"));
  std::vector<Json> fresh;  // newest first
  for (const Json& touch : list_at(view.value, "touches")) {
    if (!flag_at(touch, "by_me") && !flag_at(touch, "felt")) fresh.push_back(touch);
  }
  if (terminal.json) {
    terminal.out.raw(view.text);
  } else {
    if (fresh.empty()) terminal.say("touch.none");
    for (auto touch = fresh.rbegin(); touch != fresh.rend(); ++touch) print_touch(desk, *touch);
    print_quiet(desk, view.value);
  }
  if (fresh.empty()) return Exit::done;
  TRY(done, desk.session.command("touches.feel", Json{{"item", text_at(fresh.front(), "item")}}));
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

Outcome<Exit> send(Desk& desk) {
  TRY(touch, one_of(desk, desk.args.target, {"squeeze", "hug", "kiss", "love", "thought"}));
  Json args{{"touch", touch}};
  if (!desk.args.words.empty()) {
    TRY(words, words_of(desk, "ask.love"));
    // One of the ready-made ones goes as what it says.
    const Named* ready = desk.terminal.texts.find(Table::loves, words);
    args["words"] = ready == nullptr ? words : ready->text;
  }
  TRY(app, app_view(desk));
  TRY(done, act(desk, "touches.send", args));
  desk.terminal.say("touch.sent", {{"touch", desk.terminal.texts.named(Table::touches, touch)}});
  return hand_over(desk);
}

Outcome<Exit> quiet(Desk& desk) {
  constexpr std::int64_t kHour = 3'600'000;
  const std::string& text = desk.args.target;
  std::int64_t until = 0;
  if (text != "off") {
    int hours = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), hours);
    if (error != std::errc{} || rest != text.data() + text.size() || hours < 1) return incomplete(desk);
    until = desk.terminal.clock.now().ms + hours * kHour;
  }
  TRY(done, act(desk, "touches.mute", Json{{"until", until}}));
  if (until == 0) {
    desk.terminal.say("touch.aloud");
  } else {
    desk.terminal.say("touch.quiet", {{"when", desk.terminal.moment(until)}});
  }
  return hand_over(desk);
}

}  // namespace touching

}  // namespace attune::cli
