// How I am: a feeling or two and a line, kept or shared; and what the other makes of it.
#include <algorithm>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// A feeling or a family of them, by its id or its name. Trouble: "no-feeling".
Outcome<std::string> feeling_named(const Texts& texts, const std::string& word) {
  for (const Table table : {Table::feelings, Table::families}) {
    for (const Named& one : texts.table(table)) {
      if (one.id == word || in_small(one.text) == in_small(word)) return one.id;
    }
  }
  return trouble("no-feeling", {{"feeling", harmless(word)}});
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void print_vocabulary(Desk& desk) {
  Terminal& terminal = desk.terminal;
  const Texts& texts = terminal.texts;
  for (const Named& family : texts.table(Table::families)) {
    terminal.out.heading(texts.say("feel.family", {{"name", family.text}, {"like", family.more}}));
    int widest = 0;
    for (const Named& one : texts.table(Table::feelings)) {
      if (one.group == family.id) widest = std::max(widest, columns(one.text));
    }
    for (const Named& one : texts.table(Table::feelings)) {
      if (one.group != family.id) continue;
      const auto room = static_cast<std::size_t>(widest + 2 - columns(one.text));
      terminal.out.item("  " + one.text + std::string(room, ' '), one.more);
    }
    terminal.gap();
  }
}

Outcome<Exit> list_feelings(Desk& desk) {
  const Texts& texts = desk.terminal.texts;
  if (!desk.terminal.json) {
    print_vocabulary(desk);
    desk.terminal.say("feel.how");
    return Exit::done;
  }
  Json all = Json::array();
  for (const Named& family : texts.table(Table::families)) {
    Json feelings = Json::array();
    for (const Named& one : texts.table(Table::feelings)) {
      if (one.group == family.id) feelings.push_back({{"id", one.id}, {"name", one.text}, {"like", one.more}});
    }
    all.push_back({{"id", family.id}, {"name", family.text}, {"like", family.more}, {"feelings", feelings}});
  }
  desk.terminal.out.raw(all.dump());
  return Exit::done;
}

/// What stands on the line, else what is typed: with commas, or with blanks between names of one word.
std::vector<std::string> chosen(Desk& desk) {
  if (!desk.args.feelings.empty()) return desk.args.feelings;
  if (desk.terminal.asks) print_vocabulary(desk);
  const std::string line = desk.terminal.ask("ask.feelings").value_or("");
  if (line.contains(',') || feeling_named(desk.terminal.texts, line)) return split(line, ',');
  return split(line, ' ');
}

}  // namespace

std::string feelings_of(const Texts& texts, const Json& one) {
  std::string all;
  for (const Json& id : list_at(one, "feelings")) {
    const std::string name = id.is_string() ? texts.feeling(id.get<std::string>()) : std::string();
    all = all.empty() ? name : texts.say("feel.both", {{"first", all}, {"second", name}});
  }
  return all;
}

Outcome<Exit> feel(Desk& desk) {
  if (desk.args.list) return list_feelings(desk);
  if (desk.args.share) {
    TRY(wish, one_of(desk, *desk.args.share, {"just-so-you-know", "ask-me", "hold-me"}));
  }
  Json args{{"feelings", Json::array()}};
  for (const std::string& word : chosen(desk)) {
    TRY(feeling, feeling_named(desk.terminal.texts, word));
    args["feelings"].push_back(feeling);
  }
  if (args["feelings"].empty()) return trouble("bad-feelings");
  if (desk.args.line) args["line"] = *desk.args.line;
  if (desk.args.share) args["wish"] = *desk.args.share;
  TRY(app, app_view(desk));
  TRY(done, act(desk, desk.args.share ? "feelings.share" : "feelings.note", args));
  desk.terminal.say(desk.args.share ? "feel.shared" : "feel.noted",
                    {{"feelings", feelings_of(desk.terminal.texts, args)}});
  return hand_over(desk);
}

void print_feeling(Desk& desk, const Json& feeling, const std::string& handle) {
  Terminal& terminal = desk.terminal;
  if (!print_head(desk, feeling)) return;
  terminal.out.text(feelings_of(terminal.texts, feeling), 2);
  if (const std::string line = text_at(feeling, "line"); !line.empty()) terminal.out.text(line, 4);
  terminal.gap();
  terminal.say("feel.wish." + text_at(feeling, "wish") + (flag_at(feeling, "by_me") ? ".mine" : ".theirs"));
  print_reply(desk, feeling, "response", "feel.response.");
  if (!may_answer(feeling)) return;
  terminal.gap();
  for (const std::string response : {"here", "asking", "holding"}) {
    terminal.out.pair("  ", desk.say("feel.response." + response),
                      "attune answer " + handle + " --response " + response);
  }
  terminal.out.pair("  ", desk.say("can.words"), "attune answer " + handle + " " + desk.say("value.words"));
}

Outcome<Exit> open_noted(Desk& desk, const Json& noted) {
  Terminal& terminal = desk.terminal;
  if (terminal.json) {
    terminal.out.raw(noted.dump());
    return Exit::done;
  }
  terminal.out.heading(desk.say("feel.noted-at", {{"when", terminal.when(at(noted, "at"))}}));
  terminal.out.text(feelings_of(terminal.texts, noted), 2);
  if (const std::string line = text_at(noted, "line"); !line.empty()) terminal.out.text(line, 4);
  return Exit::done;
}

Outcome<Exit> answer_feeling(Desk& desk, const std::string& item) {
  Json args{{"item", item}};
  if (desk.args.response) {
    TRY(response, one_of(desk, *desk.args.response, {"here", "asking", "holding"}));
    args["response"] = response;
  }
  if (!desk.args.words.empty() || !desk.args.response) {
    TRY(own, words_of(desk, "ask.reply"));
    args["words"] = own;
  }
  TRY(done, act(desk, "feelings.answer", args));
  desk.terminal.say("reply.sent");
  return hand_over(desk);
}

}  // namespace attune::cli
