// What one looks at: today, watch, sync.
#include <set>

#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// One line of the list that the short numbers count.
struct Entry {
  std::string item;
  std::string text;
  std::string hint;  ///< what to type, without the number
  Json at;
};

std::string question_of(const Desk& desk, const Json& entry) {
  const Json& prompt = at(entry, "prompt");
  return prompt.is_string() ? desk.terminal.texts.prompt(prompt.get<std::string>()) : std::string();
}

Entry awaiting(const Desk& desk, const Json& json) {
  static const std::map<std::string, std::string> kVerbs{
      {"thanks", "open"}, {"answers", "open"}, {"question", "answer"}, {"offers", "send"}};
  const std::string kind = text_at(json, "kind");
  const auto verb = kVerbs.find(kind);
  return {text_at(json, "item"), desk.say("today." + kind, {{"prompt", question_of(desk, json)}}),
          verb == kVerbs.end() ? std::string() : verb->second, at(json, "at")};
}

Entry since(const Desk& desk, const Json& json) {
  const std::string kind = text_at(json, "kind");
  const bool opens = kind != "partner-joined" && kind != "taken-back";
  return {text_at(json, "item"), desk.say("since." + kind), opens ? "open" : "", at(json, "at")};
}

void print(Desk& desk, std::vector<std::string>& shown, const Entry& entry, bool time) {
  Terminal& terminal = desk.terminal;
  shown.push_back(entry.item);
  const std::string number = std::to_string(shown.size());
  const std::string lead = std::string(number.size() < 3 ? 3 - number.size() : 0, ' ') + number + "  ";
  const std::string text =
      time ? desk.say("today.with-time", {{"text", entry.text}, {"when", terminal.when(entry.at)}}) : entry.text;
  terminal.out.pair(lead, text, entry.hint.empty() ? "" : "attune " + entry.hint + " " + number);
}

void first_steps(Desk& desk, const Json& steps) {
  static const std::map<std::string, std::string> kVerbs{
      {"thank", "attune thank"}, {"answer", "attune answer"}, {"phrase", "attune words --recovery"}};
  Terminal& terminal = desk.terminal;
  terminal.say("today.first");
  for (const Json& step : steps) {
    const std::string name = text_at(step, "step");
    const auto verb = kVerbs.find(name);
    const bool done = flag_at(step, "done");
    terminal.out.pair(done ? "  ✓  " : "     ", desk.say("today.first." + name),
                      done                   ? desk.say("today.done")
                      : verb == kVerbs.end() ? ""
                                             : verb->second);
  }
  terminal.out.pair("     ", desk.say("today.first.invite"), "attune invite");
}

void suggestion(Desk& desk, const std::string& what) {
  static const std::map<std::string, std::string> kVerbs{{"thank", "attune thank"},
                                                         {"question", "attune ask"},
                                                         {"invite", "attune invite"},
                                                         {"phrase", "attune words --recovery"}};
  const auto verb = kVerbs.find(what);
  if (verb == kVerbs.end()) return;
  desk.terminal.gap();
  desk.terminal.out.pair("", desk.say("today.suggest." + what), verb->second);
}

void notices(Desk& desk, const Json& app) {
  for (const Json& notice : list_at(app, "notices")) {
    desk.terminal.gap();
    for (const std::string& sentence : desk.terminal.texts.explain({text_at(notice, "code"), {}})) {
      desk.terminal.out.text(sentence);
    }
  }
}

}  // namespace

Outcome<Exit> today(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY(view, desk.session.view("today"));
  TRY(app, app_view(desk));
  std::vector<std::string> shown;
  const Json& waiting = list_at(view.value, "awaiting");
  const Json& news = list_at(view.value, "since");
  if (terminal.json) {
    terminal.out.raw(view.text);
    for (const Json* list : {&waiting, &news}) {
      for (const Json& entry : *list) shown.push_back(text_at(entry, "item"));
    }
    TRY_VOID(desk.store.remember_shown(shown));
    return Exit::done;
  }
  terminal.out.heading(desk.say("today.title", {{"date", terminal.date(terminal.clock.now().ms)}}));
  terminal.gap();
  if (const Json& steps = list_at(view.value, "first_steps"); !steps.empty()) {
    first_steps(desk, steps);
  } else if (waiting.empty()) {
    terminal.say("today.nothing");
  }
  if (!waiting.empty()) {
    terminal.say("today.awaits");
    for (const Json& entry : waiting) print(desk, shown, awaiting(desk, entry), false);
  }
  if (!news.empty()) {
    terminal.gap();
    terminal.say("today.since");
    for (const Json& entry : news) print(desk, shown, since(desk, entry), true);
  }
  if (list_at(view.value, "first_steps").empty()) suggestion(desk, text_at(view.value, "suggestion"));
  notices(desk, app);
  if (text_at(app, "recovery") == "none") {
    terminal.gap();
    terminal.say("today.at-risk");
  }
  terminal.gap();
  TRY_VOID(say_where(desk));
  TRY_VOID(desk.store.remember_shown(shown));
  if (!news.empty()) {
    TRY(looked, desk.session.command("space.looked"));
  }
  return Exit::done;
}

Outcome<Exit> sync(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY(result, desk.session.exchange());
  TRY(reply, desk.session.view("app"));
  if (terminal.json) {
    terminal.out.raw(reply.text);
    return result.reached() ? Exit::done : Exit::kept;
  }
  TRY(app, app_view(desk));
  notices(desk, app);
  if (result.end == Exchange::End::no_relay) {
    terminal.say("sync.no-relay");
    return Exit::done;
  }
  if (!result.reached()) {
    terminal.explain({result.code.empty() ? "server-unreachable" : result.code, {{"relay", text_at(app, "relay")}}});
  }
  TRY_VOID(say_where(desk));
  return result.reached() ? Exit::done : Exit::kept;
}

Outcome<Exit> watch(Desk& desk) {
  Terminal& terminal = desk.terminal;
  std::set<std::pair<std::string, std::string>> known;
  std::vector<std::string> shown;
  std::string last;
  bool first = true;
  desk.link.catch_interrupts();
  desk.session.on_connection = [&](bool there) {
    if (!terminal.json)
      terminal.say(there ? (std::exchange(first, false) ? "watch.begin" : "watch.back") : "watch.lost");
  };
  const auto look = [&]() -> Outcome<bool> {
    TRY(app, app_view(desk));
    TRY(view, desk.session.view("today"));
    if (terminal.json) {
      if (view.text != last) terminal.out.raw(view.text);
      last = view.text;
      return false;
    }
    const std::size_t before = shown.size();
    for (const char* list : {"awaiting", "since"}) {
      for (const Json& entry : list_at(view.value, list)) {
        if (!known.emplace(text_at(entry, "kind"), text_at(entry, "item")).second) continue;
        print(desk, shown, std::string_view(list) == "awaiting" ? awaiting(desk, entry) : since(desk, entry), true);
      }
    }
    if (shown.size() != before) TRY_VOID(desk.store.remember_shown(shown));
    return false;
  };
  TRY(end, desk.session.stay(look));
  if (end.end == Exchange::End::no_relay) return trouble("not-started");
  terminal.gap();
  TRY_VOID(say_where(desk));
  return Exit::done;
}

}  // namespace attune::cli
