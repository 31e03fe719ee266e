// "I noticed": an effort of the other's, from my list of them or in my own words.
#include <algorithm>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// What the ids of the content begin with.
constexpr std::string_view kEffort = "ef-";

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// One of my own words, by its item; none: it is no such.
const Json* own_effort(const Json& view, const std::string& item) {
  for (const Json& own : list_at(view, "own")) {
    if (text_at(own, "item") == item) return &own;
  }
  return nullptr;
}

bool is_hidden(const Json& view, const std::string& id) {
  return std::ranges::any_of(list_at(view, "hidden"), [&](const Json& one) { return one == id; });
}

/// An effort of the content by its id, one of my own by its number or item, or words. Trouble: "no-effort".
Outcome<Json> what_was_noticed(Desk& desk, const std::string& text) {
  if (text.starts_with(kEffort) && !text.contains(' ')) {
    if (desk.terminal.texts.find(Table::efforts, text) == nullptr) {
      return trouble("no-effort", {{"effort", harmless(text)}});
    }
    return Json{{"effort", text}};
  }
  TRY(view, desk.session.view("noticed"));
  if (const Json* own = own_effort(view.value, text)) return Json{{"words", text_at(*own, "text")}};
  if (!is_number(text)) return Json{{"words", text}};
  const auto item = item_of(desk, text);
  const Json* own = item ? own_effort(view.value, *item) : nullptr;
  if (own == nullptr) return trouble("no-effort", {{"effort", text}});
  return Json{{"words", text_at(*own, "text")}};
}

Outcome<Exit> put(Desk& desk, bool listed) {
  const std::string& name = desk.args.target;
  if (name.empty()) return incomplete(desk);
  Json args = Json::object();
  if (name.starts_with(kEffort)) {
    TRY(view, desk.session.view("noticed"));
    const bool known = desk.terminal.texts.find(Table::efforts, name) != nullptr || is_hidden(view.value, name);
    if (!known) return trouble("no-effort", {{"effort", harmless(name)}});
    args["effort"] = name;
  } else {
    TRY(item, item_of(desk, name));
    args["own"] = item;
  }
  args["listed"] = listed;
  TRY(done, act(desk, "noticed.list-effort", args));
  desk.terminal.say(listed ? "notice.listed" : "notice.hidden");
  return hand_over(desk);
}

Json as_data(const Texts& texts, const Json& view) {
  Json efforts = Json::array();
  for (const Named& one : texts.table(Table::efforts)) {
    efforts.push_back({{"id", one.id}, {"group", one.group}, {"text", one.text}, {"listed", !is_hidden(view, one.id)}});
  }
  return {{"efforts", efforts}, {"own", list_at(view, "own")}, {"recent", list_at(view, "recent")}};
}

/// My list, what is not on it, and what I noticed last.
class ListPage {
 public:
  ListPage(Desk& desk, const Json& view) : desk_(desk), view_(view) {
    for (const Named& one : texts().table(Table::efforts)) widest_ = std::max(widest_, columns(one.id));
  }

  Outcome<> print() {
    std::string group;
    for (const Named& one : texts().table(Table::efforts)) {
      if (is_hidden(view_, one.id)) continue;
      if (one.group != group) heading("notice.group." + one.group);
      group = one.group;
      line(one.id, one.text);
    }
    own("notice.own", true);
    for (const Json& hidden : list_at(view_, "hidden")) {
      if (&hidden == &list_at(view_, "hidden").front()) heading("notice.not-listed");
      line(hidden.get<std::string>(), texts().named(Table::efforts, hidden.get<std::string>()));
    }
    own("notice.own-not-listed", false);
    for (const Json& recent : list_at(view_, "recent")) {
      if (&recent == &list_at(view_, "recent").front()) heading("notice.recent");
      line(text_at(recent, "effort"), effort_of(texts(), recent));
    }
    desk_.terminal.gap();
    desk_.terminal.say("notice.how");
    return desk_.store.remember_shown(shown_);
  }

 private:
  [[nodiscard]] const Texts& texts() const { return desk_.terminal.texts; }

  void heading(const std::string& key) {
    if (std::exchange(begun_, true)) desk_.terminal.gap();
    desk_.terminal.out.heading(desk_.say(key));
  }
  void line(const std::string& name, const std::string& text) {
    const auto room = static_cast<std::size_t>(widest_ + 2 - std::min(widest_, columns(name)));
    desk_.terminal.out.item("  " + name + std::string(room, ' '), text);
  }
  void own(const char* title, bool listed) {
    bool first = true;
    for (const Json& one : list_at(view_, "own")) {
      if (flag_at(one, "listed") != listed) continue;
      if (std::exchange(first, false)) heading(title);
      shown_.push_back(text_at(one, "item"));
      line(std::to_string(shown_.size()), text_at(one, "text"));
    }
  }

  Desk& desk_;
  const Json& view_;
  int widest_ = 0;
  bool begun_ = false;
  std::vector<std::string> shown_;
};

}  // namespace

std::string effort_of(const Texts& texts, const Json& one) {
  const std::string id = text_at(one, "effort");
  return id.empty() ? text_at(one, "words") : texts.named(Table::efforts, id);
}

void print_noticed(Desk& desk, const Json& noticed, const std::string& handle) {
  Terminal& terminal = desk.terminal;
  if (!print_head(desk, noticed)) return;
  terminal.say(flag_at(noticed, "by_me") ? "notice.is.mine" : "notice.is.theirs");
  terminal.out.text(effort_of(terminal.texts, noticed), 4);
  print_reply(desk, noticed, "tap", "reply.");
  if (!may_answer(noticed)) return;
  terminal.gap();
  terminal.say("thank.answer-with", {{"item", handle}});
}

Outcome<Exit> answer_noticed(Desk& desk, const std::string& item) {
  TRY(args, tap_and_words(desk, item));
  TRY(done, act(desk, "noticed.answer", args));
  desk.terminal.say("reply.sent");
  return hand_over(desk);
}

namespace noticing {

Outcome<Exit> list(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("noticed"));
  if (desk.terminal.json) {
    desk.terminal.out.raw(as_data(desk.terminal.texts, view.value).dump());
    return Exit::done;
  }
  TRY_VOID(ListPage(desk, view.value).print());
  return Exit::done;
}

Outcome<Exit> tell(Desk& desk) {
  TRY(text, words_of(desk, "ask.notice"));
  TRY(args, what_was_noticed(desk, text));
  TRY(app, app_view(desk));
  TRY(done, act(desk, "noticed.notice", args));
  desk.terminal.say("notice.sent", {{"effort", effort_of(desk.terminal.texts, args)}});
  return hand_over(desk);
}

Outcome<Exit> add(Desk& desk) {
  TRY(text, words_of(desk, "ask.effort"));
  TRY(done, act(desk, "noticed.add-effort", Json{{"text", text}}));
  desk.terminal.say("notice.added");
  return hand_over(desk);
}

Outcome<Exit> hide(Desk& desk) { return put(desk, false); }

Outcome<Exit> show(Desk& desk) { return put(desk, true); }

}  // namespace noticing

}  // namespace attune::cli
