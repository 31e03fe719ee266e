// What one looks at: today, watch, sync.
#include <algorithm>
#include <set>

#include "cli/verbs/listen.h"
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// One line of the list; the short numbers count those that something can be done with.
struct Entry {
  std::string kind;
  std::string item;
  std::string text;
  std::string hint;  ///< what to type, without the number; "listen" and "touch" take none
  Json at;
};

std::string question_of(const Desk& desk, const Json& entry) {
  const Json& prompt = at(entry, "prompt");
  return prompt.is_string() ? desk.terminal.texts.prompt(prompt.get<std::string>()) : std::string();
}

Entry awaiting(const Desk& desk, const Json& json) {
  static const std::map<std::string, std::string> kVerbs{
      {"thanks", "open"},  {"answers", "open"}, {"question", "answer"}, {"offers", "send"}, {"listening", "listen"},
      {"feeling", "open"}, {"noticed", "open"}, {"good-news", "open"},  {"letter", "open"}, {"tonight", "news talked"}};
  const std::string kind = text_at(json, "kind");
  const auto verb = kVerbs.find(kind);
  return {kind, text_at(json, "item"), desk.say("today." + kind, {{"prompt", question_of(desk, json)}}),
          verb == kVerbs.end() ? std::string() : verb->second, at(json, "at")};
}

Entry since(const Desk& desk, const Json& json) {
  const std::string kind = text_at(json, "kind");
  const bool opens = kind != "partner-joined" && kind != "listening-declined" && kind != "letter-closed";
  return {kind, text_at(json, "item"), desk.say("since." + kind), opens ? "open" : "", at(json, "at")};
}

void print(Desk& desk, std::vector<std::string>& shown, const Entry& entry, bool time) {
  Terminal& terminal = desk.terminal;
  std::string lead = "     ";
  std::string hint;
  if (!entry.hint.empty()) {
    shown.push_back(entry.item);
    const std::string number = std::to_string(shown.size());
    lead = number_of(shown.size());
    const bool takes_none = entry.hint == "listen" || entry.hint == "touch";
    hint = "attune " + entry.hint + (takes_none ? "" : " " + number);
  }
  const bool dated = time && number_at(entry.at, "ms") > 0;
  const std::string text =
      dated ? desk.say("today.with-time", {{"text", entry.text}, {"when", terminal.when(entry.at)}}) : entry.text;
  terminal.out.pair(lead, text, hint);
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

}  // namespace

namespace {

struct Lists {
  std::vector<Entry> awaiting;
  std::vector<Entry> since;
};

/// How far the session that is open has come, and how those that are over ended, if their room is here.
Outcome<> say_stages(Desk& desk, Lists& out) {
  const auto listens = [](const Entry& entry) { return entry.kind == "listening" || entry.kind == "listened"; };
  if (std::ranges::none_of(out.awaiting, listens) && std::ranges::none_of(out.since, listens)) return {};
  const auto listening = desk.session.view("listen");
  if (!listening && listening.error().code == "still-coming") return {};
  if (!listening) return std::unexpected(listening.error());
  for (auto* list : {&out.awaiting, &out.since}) {
    for (Entry& entry : *list) {
      if (listens(entry)) entry.text = line_of_session(desk.terminal.texts, listening->value, entry.item, entry.text);
    }
  }
  return {};
}

/// When each letter opens that has come and is closed, if their room is here.
Outcome<> say_dates(Desk& desk, Lists& out) {
  const auto closed = [](const Entry& entry) { return entry.kind == "letter-closed"; };
  if (std::ranges::none_of(out.since, closed)) return {};
  const auto letters = desk.session.view("letters");
  if (!letters && letters.error().code == "still-coming") return {};
  if (!letters) return std::unexpected(letters.error());
  for (const Json& letter : list_at(letters->value, "letters")) {
    for (Entry& entry : out.since) {
      if (!closed(entry) || entry.item != text_at(letter, "item")) continue;
      entry.text = desk.say("list.letter.closed.theirs", {{"when", desk.terminal.when(at(letter, "opens"))}});
      entry.at = Json();  // one time on a line is enough
    }
  }
  return {};
}

/// Touches that I have not felt, unless they are to be quiet.
Outcome<> add_touches(Desk& desk, Lists& out) {
  const auto touches = desk.session.view("touches");
  if (!touches && touches.error().code == "still-coming") return {};
  if (!touches) return std::unexpected(touches.error());
  if (at(touches->value, "muted_until").is_number()) return {};
  std::vector<Json> fresh;  // newest first
  for (const Json& touch : list_at(touches->value, "touches")) {
    if (!flag_at(touch, "by_me") && !flag_at(touch, "felt")) fresh.push_back(touch);
  }
  if (fresh.empty()) return {};
  out.awaiting.push_back({"touch", text_at(fresh.front(), "item"),
                          desk.terminal.texts.count("today.touches", static_cast<std::int64_t>(fresh.size())), "touch",
                          at(fresh.front(), "at")});
  return {};
}

/// What awaits me, own offered questions without my answer among it, and what is new.
Outcome<Lists> lists(Desk& desk, const Json& today) {
  Lists out;
  for (const Json& entry : list_at(today, "awaiting")) out.awaiting.push_back(awaiting(desk, entry));
  for (const Json& entry : list_at(today, "since")) out.since.push_back(since(desk, entry));
  TRY_VOID(say_stages(desk, out));
  TRY_VOID(say_dates(desk, out));
  TRY_VOID(add_touches(desk, out));
  const auto openup = desk.session.view("openup");
  if (!openup && openup.error().code == "still-coming") return out;  // of long lives only the list itself is here
  if (!openup) return std::unexpected(openup.error());
  for (const Json& question : list_at(openup->value, "questions")) {
    const std::string item = text_at(question, "item");
    const bool listed = std::ranges::find(out.awaiting, item, &Entry::item) != out.awaiting.end();
    if (!listed && flag_at(question, "by_me") && text_at(question, "state") == "offered") {
      out.awaiting.push_back({"question", item,
                              desk.say("today.own-question", {{"prompt", question_of(desk, question)}}), "answer",
                              at(question, "at")});
    }
  }
  return out;
}

std::vector<std::string> items_of(const Lists& lists) {
  std::vector<std::string> items;
  for (const auto* list : {&lists.awaiting, &lists.since}) {
    for (const Entry& entry : *list) {
      if (!entry.hint.empty()) items.push_back(entry.item);
    }
  }
  return items;
}

/// Says to the core that today was looked at, if anything stands there that the last list did not show.
Outcome<> looked(Desk& desk, const Lists& lists) {
  TRY(before, desk.store.all_shown());
  const auto items = items_of(lists);
  const bool news = std::ranges::any_of(
      items, [&](const std::string& item) { return std::ranges::find(before, item) == before.end(); });
  TRY_VOID(desk.store.remember_shown(items));
  if (news || !lists.since.empty()) {
    TRY(done, desk.session.command("space.looked"));
  }
  return {};
}

void print_lists(Desk& desk, const Lists& lists) {
  Terminal& terminal = desk.terminal;
  std::vector<std::string> shown;
  if (!lists.awaiting.empty()) {
    terminal.say("today.awaits");
    for (const Entry& entry : lists.awaiting) print(desk, shown, entry, false);
  }
  if (!lists.since.empty()) {
    if (!lists.awaiting.empty()) terminal.gap();
    terminal.say("today.since");
    for (const Entry& entry : lists.since) print(desk, shown, entry, true);
  }
}

}  // namespace

Outcome<Exit> today(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("today"));
  TRY(app, app_view(desk));
  TRY(all, lists(desk, view.value));
  if (terminal.json) {
    terminal.out.raw(view.text);
    TRY_VOID(looked(desk, all));
    return Exit::done;
  }
  terminal.out.heading(desk.say("today.title", {{"date", terminal.date(terminal.clock.now().ms)}}));
  terminal.gap();
  const Json& steps = list_at(view.value, "first_steps");
  if (!steps.empty()) first_steps(desk, steps);
  if (steps.empty() && all.awaiting.empty() && all.since.empty()) terminal.say("today.nothing");
  print_lists(desk, all);
  if (steps.empty()) suggestion(desk, text_at(view.value, "suggestion"));
  print_notices(desk, app);
  TRY(mending, desk.session.view("mending"));
  if (text_at(mending.value, "state") == "asked") {
    terminal.gap();
    terminal.out.pair("", desk.say("today.mend"), "attune mend");
  }
  if (text_at(app, "recovery") == "none") {
    terminal.gap();
    terminal.say("today.at-risk");
  }
  terminal.gap();
  TRY_VOID(say_where(desk));
  TRY_VOID(looked(desk, all));
  return Exit::done;
}

Outcome<Exit> sync(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(show_token(desk));
  TRY(result, desk.session.exchange());
  TRY(reply, desk.session.view("app"));
  if (desk.args.token && result.reached() && number_at(at(reply.value, "sync"), "on_this_phone") == 0) {
    // Taken in now: what an earlier refusal said is not so any more.
    TRY(dismissed, desk.session.command("space.dismiss", Json{{"notice", "registration-closed"}}));
    TRY(again, desk.session.view("app"));
    reply = std::move(again);
  }
  if (terminal.json) {
    terminal.out.raw(reply.text);
    return result.reached() ? Exit::done : Exit::kept;
  }
  TRY(app, app_view(desk));
  print_notices(desk, app);
  if (result.end == Exchange::End::no_relay) {
    terminal.say("sync.no-relay");
    return Exit::done;
  }
  if (!result.reached()) {
    terminal.explain({result.code.empty() ? "server-unreachable" : result.code, {{"relay", text_at(app, "relay")}}});
  }
  TRY_VOID(say_where(desk));
  const bool all_there = result.reached() && number_at(at(app, "sync"), "on_this_phone") == 0;
  return all_there ? Exit::done : Exit::kept;
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
  bool said = false;  // that what follows is unchecked
  const auto look = [&]() -> Outcome<bool> {
    TRY(app, app_view(desk));
    if (is_unchecked(app) && !std::exchange(said, true)) TRY_VOID(say_unchecked(desk));
    TRY(view, desk.session.view("today"));
    if (terminal.json) {
      if (view.text != last) terminal.out.raw(view.text);
      last = view.text;
      return false;
    }
    const std::size_t before = shown.size();
    TRY(all, lists(desk, view.value));
    for (const auto* list : {&all.awaiting, &all.since}) {
      for (const Entry& entry : *list) {
        if (known.emplace(entry.item, entry.text).second) print(desk, shown, entry, true);
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
