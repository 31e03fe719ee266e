// Verbs that take any item: open, answer, send, take back.
#include <algorithm>

#include "cli/verbs/listen.h"
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

Outcome<std::vector<Found>> all_items(Desk& desk) {
  struct Place {
    const char* view;
    const char* list;
    Found::Kind kind;
  };
  constexpr Place kPlaces[] = {
      {"cherish", "thanks", Found::Kind::thanks},     {"cherish", "kept", Found::Kind::kept},
      {"openup", "questions", Found::Kind::question}, {"openup", "written", Found::Kind::written},
      {"listen", "held", Found::Kind::held},          {"listen", "ideas", Found::Kind::idea},
      {"feelings", "shared", Found::Kind::feeling},   {"feelings", "noted", Found::Kind::noted},
      {"noticed", "noticed", Found::Kind::noticed},   {"goodnews", "news", Found::Kind::news},
      {"touches", "touches", Found::Kind::touch},     {"letters", "letters", Found::Kind::letter}};
  std::vector<Found> all;
  for (const Place& place : kPlaces) {
    TRY(view, desk.session.view(place.view));
    for (const Json& entry : list_at(view.value, place.list)) all.push_back({place.kind, entry});
  }
  TRY(listening, desk.session.view("listen"));
  if (const Json& open = at(listening.value, "open"); open.is_object()) all.push_back({Found::Kind::session, open});
  return all;
}

Outcome<Found> find_item(Desk& desk, const std::string& item) {
  TRY(all, all_items(desk));
  const auto found = std::ranges::find(all, item, [](const Found& each) { return text_at(each.json, "item"); });
  return found == all.end() ? Found{} : *found;
}

namespace {

/// The item named, or the only one of today's list that this verb is for.
Outcome<std::string> target(Desk& desk, std::initializer_list<std::string_view> kinds) {
  if (!desk.args.target.empty()) return item_of(desk, desk.args.target);
  TRY(today, desk.session.view("today"));
  std::vector<std::string> found;
  for (const Json& entry : list_at(today.value, "awaiting")) {
    if (std::ranges::find(kinds, text_at(entry, "kind")) != kinds.end()) found.push_back(text_at(entry, "item"));
  }
  if (found.empty() && std::ranges::find(kinds, "question") != kinds.end()) {
    TRY(openup, desk.session.view("openup"));
    for (const Json& question : list_at(openup.value, "questions")) {
      if (text_at(question, "state") == "offered") found.push_back(text_at(question, "item"));
    }
  }
  if (found.size() == 1) return found.front();
  return trouble(found.empty() ? "nothing-to-do" : "which-item");
}

}  // namespace

Outcome<Exit> open_item(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(item, target(desk, {"thanks", "answers", "feeling", "noticed", "good-news", "letter"}));
  TRY(found, find_item(desk, item));
  switch (found.kind) {
    case Found::Kind::thanks: return open_thanks(desk, found.json);
    case Found::Kind::question: return open_question(desk, found.json);
    case Found::Kind::kept:
    case Found::Kind::written: return trouble("item-unsent");
    case Found::Kind::held: return open_held(desk, found.json);
    case Found::Kind::session:
    case Found::Kind::idea: return listen(desk);
    case Found::Kind::feeling: return open_given(desk, found.json, print_feeling);
    case Found::Kind::noted: return open_noted(desk, found.json);
    case Found::Kind::noticed: return open_given(desk, found.json, print_noticed);
    case Found::Kind::news: return open_given(desk, found.json, print_news);
    case Found::Kind::touch: return open_touch(desk, found.json);
    case Found::Kind::letter: return open_letter(desk, found.json);
    case Found::Kind::none: break;
  }
  return trouble("no-item", {{"item", harmless(desk.args.target)}});
}

Outcome<Exit> answer(Desk& desk) {
  TRY(app, app_view(desk));
  const bool prompt = desk.args.target.starts_with("ou-");
  if (prompt || (desk.args.target.empty() && text_at(app, "phase") != "paired")) {
    return answer_alone(desk, desk.args.target);
  }
  TRY_VOID(catch_up(desk));
  TRY(item, target(desk, {"question"}));
  TRY(found, find_item(desk, item));
  // A tap belongs to what thanks or notices, and what it stands for to a feeling.
  const bool taps = found.kind == Found::Kind::thanks || found.kind == Found::Kind::noticed;
  const bool responds = found.kind == Found::Kind::feeling;
  if ((desk.args.tap && !taps) || (desk.args.response && !responds)) return incomplete(desk);
  switch (found.kind) {
    case Found::Kind::thanks: return answer_thanks(desk, item);
    case Found::Kind::question: return answer_question(desk, item);
    case Found::Kind::feeling: return answer_feeling(desk, item);
    case Found::Kind::noticed: return answer_noticed(desk, item);
    case Found::Kind::news: return answer_news(desk, found.json);
    case Found::Kind::none: return trouble("no-item", {{"item", harmless(desk.args.target)}});
    default: return trouble("no-answer");
  }
}

Outcome<Exit> send(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.target.empty()) {
    TRY(view, desk.session.view("offers"));
    if (terminal.json) {
      terminal.out.raw(view.text);
      return Exit::done;
    }
    std::vector<std::string> shown;
    for (const Json& entry : list_at(view.value, "offers")) {
      shown.push_back(text_at(entry, "item"));
      const std::string number = std::to_string(shown.size());
      const Json& prompt = at(entry, "prompt");
      if (prompt.is_string()) {
        terminal.out.item("  " + number + "  ", terminal.texts.prompt(prompt.get<std::string>()));
        terminal.out.text(text_at(entry, "text"), 5);
      } else {
        terminal.out.item("  " + number + "  ", text_at(entry, "text"));
      }
    }
    terminal.say(shown.empty() ? "send.nothing" : "send.how");
    TRY_VOID(desk.store.remember_shown(shown));
    return Exit::done;
  }
  TRY(item, item_of(desk, desk.args.target));
  if (desk.args.keep) {
    TRY(kept, act(desk, "space.keep-to-myself", Json{{"item", item}}));
    terminal.say("send.kept");
    return hand_over(desk);
  }
  TRY(found, find_item(desk, item));
  if (found.kind == Found::Kind::kept) {
    TRY(sent, act(desk, "cherish.send-kept", Json{{"item", item}}));
  } else if (found.kind == Found::Kind::written) {
    TRY(sent, act(desk, "openup.send-written", Json{{"item", item}}));
  } else {
    return trouble("no-item", {{"item", harmless(desk.args.target)}});
  }
  terminal.say("thank.sent");
  return hand_over(desk);
}

std::string line_of(const Desk& desk, const Found& found) {
  const Json& json = found.json;
  switch (found.kind) {
    case Found::Kind::thanks: {
      const bool mine = flag_at(json, "by_me");
      if (text_at(json, "taken_back") == "gone") return desk.say(mine ? "thank.taken-back.mine" : "thank.taken-back");
      if (!mine && !flag_at(json, "opened")) return desk.say("today.thanks");
      return desk.say(mine ? "list.thanks-mine" : "list.thanks-theirs", {{"text", text_at(json, "did")}});
    }
    case Found::Kind::kept: return desk.say("list.kept", {{"text", text_at(json, "did")}});
    case Found::Kind::question:
    case Found::Kind::written: {
      const std::string state = found.kind == Found::Kind::written ? "written" : text_at(json, "state");
      return desk.say("list." + state, {{"prompt", desk.terminal.texts.prompt(text_at(json, "prompt"))}});
    }
    case Found::Kind::session: return line_of_open(desk.terminal.texts, json);
    case Found::Kind::held: return desk.say("list.held." + text_at(json, "end"));
    case Found::Kind::idea:
      return desk.say(flag_at(json, "by_me") ? "list.idea-mine" : "list.idea-theirs",
                      {{"text", text_at(json, "text")}});
    case Found::Kind::feeling: return line_of_given(desk, json, "feeling", feelings_of(desk.terminal.texts, json));
    case Found::Kind::noted: return desk.say("list.noted", {{"text", feelings_of(desk.terminal.texts, json)}});
    case Found::Kind::noticed: return line_of_given(desk, json, "noticed", effort_of(desk.terminal.texts, json));
    case Found::Kind::news: return line_of_given(desk, json, "good-news", text_at(json, "text"));
    case Found::Kind::touch: return line_of_touch(desk, json);
    case Found::Kind::letter: return line_of_letter(desk, json);
    case Found::Kind::none: break;
  }
  return {};
}

std::string number_of(std::size_t number) {
  const std::string text = std::to_string(number);
  return std::string(text.size() < 3 ? 3 - text.size() : 0, ' ') + text + "  ";
}

Outcome<> print_numbered(Desk& desk, const std::vector<Found>& all) {
  Terminal& terminal = desk.terminal;
  std::vector<std::string> shown;
  for (const Found& found : all) {
    shown.push_back(text_at(found.json, "item"));
    terminal.out.pair(number_of(shown.size()), line_of(desk, found), terminal.when(at(found.json, "at")));
  }
  return desk.store.remember_shown(shown);
}

Outcome<Exit> list(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(all, all_items(desk));
  std::ranges::stable_sort(all, std::greater(),
                           [](const Found& found) { return number_at(at(found.json, "at"), "ms"); });
  if (!terminal.json) {
    TRY_VOID(print_numbered(desk, all));
    terminal.say(all.empty() ? "list.empty" : "list.how");
    return Exit::done;
  }
  std::vector<std::string> shown;
  Json out = Json::array();
  for (const Found& found : all) {
    shown.push_back(text_at(found.json, "item"));
    out.push_back(found.json);
  }
  terminal.out.raw(out.dump());
  TRY_VOID(desk.store.remember_shown(shown));
  return Exit::done;
}

Outcome<Exit> take_back(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY(item, item_of(desk, desk.args.target));
  TRY(found, find_item(desk, item));
  // Of a talk that was held, it is my thank-you that can be taken back.
  if (found.kind == Found::Kind::held && at(found.json, "my_thanks").is_object()) {
    item = text_at(at(found.json, "my_thanks"), "item");
  }
  // A letter that I hold has not gone anywhere.
  if (found.kind == Found::Kind::letter && text_at(found.json, "state") == "held") return withdraw_letter(desk, item);
  TRY(done, act(desk, "space.take-back", Json{{"item", item}}));
  desk.terminal.say("take-back.done");
  return hand_over(desk);
}

}  // namespace attune::cli
