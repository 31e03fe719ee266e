// Gestures: what each of the two likes, as a menu that the other sees where they look.
#include <algorithm>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli::gestures {

namespace {

/// What the ids of the content begin with.
constexpr std::string_view kGesture = "ge-";

Outcome<std::string> liking(const Desk& desk) {
  return one_of(desk, desk.args.second, {"love", "sometimes", "not-now", "not-said"});
}

std::string text_of(const Texts& texts, const Json& one) {
  const std::string id = text_at(one, "gesture");
  return id.empty() ? text_at(one, "text") : texts.named(Table::gestures, id);
}

/// One menu, what is loved first. Mine has the ids to say something else of them, and numbers for my own.
void print_menu(Desk& desk, const Json& menu, std::vector<std::string>* shown) {
  Terminal& terminal = desk.terminal;
  for (const std::string liked : {"love", "sometimes", "not-now"}) {
    bool first = true;
    for (const Json& one : menu) {
      if (text_at(one, "liking") != liked) continue;
      if (std::exchange(first, false)) terminal.out.text(desk.say("gestures.liking." + liked), 2);
      std::string name = text_at(one, "gesture");
      if (shown != nullptr && name.empty()) {
        shown->push_back(text_at(one, "own"));
        name = std::to_string(shown->size());
      }
      terminal.out.pair("    ", text_of(terminal.texts, one), shown == nullptr ? "" : name);
    }
  }
}

void list_gestures(Desk& desk) {
  Terminal& terminal = desk.terminal;
  int widest = 0;
  for (const Named& one : terminal.texts.table(Table::gestures)) widest = std::max(widest, columns(one.id));
  Json all = Json::array();
  std::string group;
  for (const Named& one : terminal.texts.table(Table::gestures)) {
    all.push_back({{"id", one.id}, {"group", one.group}, {"text", one.text}});
    if (terminal.json) continue;
    if (one.group != group) {
      if (!group.empty()) terminal.gap();
      terminal.out.heading(desk.say("gestures.group." + one.group));
    }
    group = one.group;
    const auto room = static_cast<std::size_t>(widest + 2 - columns(one.id));
    terminal.out.item("  " + one.id + std::string(room, ' '), one.text);
  }
  if (terminal.json) terminal.out.raw(all.dump());
}

Outcome<Exit> tell(Desk& desk, std::string_view command, const Json& args) {
  TRY(app, app_view(desk));
  TRY(done, act(desk, command, args));
  desk.terminal.say(text_at(app, "phase") == "paired" ? "gestures.said" : "gestures.kept");
  return hand_over(desk);
}

}  // namespace

Outcome<Exit> menus(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.list) {
    list_gestures(desk);
    return Exit::done;
  }
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("gestures"));
  if (terminal.json) {
    terminal.out.raw(view.text);
    return Exit::done;
  }
  std::vector<std::string> shown;
  const Json& mine = list_at(view.value, "mine");
  const Json& theirs = list_at(view.value, "theirs");
  terminal.out.heading(desk.say("gestures.theirs"));
  if (theirs.empty()) terminal.out.text(desk.say("gestures.nothing"), 2);
  print_menu(desk, theirs, nullptr);
  terminal.gap();
  terminal.out.heading(desk.say("gestures.mine"));
  if (mine.empty()) terminal.out.text(desk.say("gestures.nothing"), 2);
  print_menu(desk, mine, &shown);
  terminal.gap();
  if (const std::int64_t kept = number_at(view.value, "not_shown"); kept > 0) {
    terminal.out.text(terminal.texts.count("gestures.not-shown", kept));
  }
  terminal.say("gestures.how");
  TRY_VOID(desk.store.remember_shown(shown));
  return Exit::done;
}

Outcome<Exit> say(Desk& desk) {
  const std::string& name = desk.args.target;
  if (name.empty()) return incomplete(desk);
  TRY(how, liking(desk));
  Json args{{"liking", how}};
  if (name.starts_with(kGesture)) {
    if (desk.terminal.texts.find(Table::gestures, name) == nullptr) {
      return trouble("no-gesture", {{"gesture", harmless(name)}});
    }
    args["gesture"] = name;
  } else {
    TRY(item, item_of(desk, name));
    args["own"] = item;
  }
  return tell(desk, "gestures.say", args);
}

Outcome<Exit> add(Desk& desk) {
  if (desk.args.target.empty()) return trouble("nothing-written");
  Json args{{"text", desk.args.target}, {"liking", "love"}};
  if (!desk.args.second.empty()) {
    TRY(how, liking(desk));
    args["liking"] = how;
  }
  return tell(desk, "gestures.add", args);
}

Outcome<Exit> show_kept(Desk& desk) {
  TRY(app, app_view(desk));
  TRY(done, act(desk, "gestures.show-kept", Json::object()));
  desk.terminal.say("gestures.shown");
  return hand_over(desk);
}

}  // namespace attune::cli::gestures
