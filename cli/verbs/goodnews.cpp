// Good news: sharing it, asking about it, and hearing of it tonight.
#include <algorithm>

#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// The two questions of the content that are offered for it, the first counted round from where the view says.
std::vector<const Named*> offered_questions(const Texts& texts, const Json& one) {
  std::vector<const Named*> all;
  for (const Named& question : texts.table(Table::questions)) {
    if (question.group == text_at(one, "sort")) all.push_back(&question);
  }
  if (all.size() < 3) return all;
  const auto first = static_cast<std::size_t>(number_at(one, "offered")) % all.size();
  return {all[first], all[(first + 1) % all.size()]};
}

void print_asked_and_told(Desk& desk, const Json& one) {
  Terminal& terminal = desk.terminal;
  const bool mine = flag_at(one, "by_me");
  if (const Json& asked = at(one, "asked"); asked.is_object()) {
    terminal.gap();
    terminal.say(mine ? "news.asked.theirs" : "news.asked.mine");
    for (const Json& question : list_at(asked, "questions")) {
      if (question.is_string()) {
        terminal.out.text(terminal.texts.named(Table::questions, question.get<std::string>()), 4);
      }
    }
    if (const std::string words = text_at(asked, "words"); !words.empty()) terminal.out.text(words, 4);
  }
  if (const Json& told = at(one, "told"); told.is_object()) {
    terminal.gap();
    terminal.say(mine ? "news.told.mine" : "news.told.theirs");
    terminal.out.text(text_at(told, "words"), 4);
  }
}

/// What can be done with it now, each with what to type behind "attune news ".
std::vector<std::pair<std::string, std::string>> steps_of(const Desk& desk, const Json& one,
                                                          const std::string& handle) {
  std::vector<std::pair<std::string, std::string>> steps;
  const bool mine = flag_at(one, "by_me");
  const bool asked = at(one, "asked").is_object();
  const std::string evening = text_at(one, "evening");
  const bool there = text_at(one, "taken_back") == "no";
  const std::string words = " " + handle + " " + desk.say("value.words");
  if (!mine && there && !asked) {
    for (const Named* question : offered_questions(desk.terminal.texts, one)) {
      steps.emplace_back(question->text, "ask " + handle + " --question " + question->id);
    }
    steps.emplace_back(desk.say("news.can.ask"), "ask" + words);
  }
  if (!mine && there && evening == "none") steps.emplace_back(desk.say("news.can.tonight"), "tonight " + handle);
  if (mine && there && asked && !at(one, "told").is_object()) {
    steps.emplace_back(desk.say("news.can.tell"), "tell" + words);
  }
  if (evening == "wanted") steps.emplace_back(desk.say("news.can.talked"), "talked " + handle);
  if (mine && (asked || evening != "none") && !flag_at(one, "felt_good")) {
    steps.emplace_back(desk.say("news.can.felt-good"), "felt-good " + handle);
  }
  return steps;
}

Outcome<Exit> say_of(Desk& desk, std::string_view command, std::string_view text) {
  TRY(item, item_on_the_line(desk));
  TRY(app, app_view(desk));
  TRY(done, act(desk, command, Json{{"item", item}}));
  desk.terminal.say(text);
  return hand_over(desk);
}

Outcome<Exit> ask_about(Desk& desk, const std::string& item) {
  Json args{{"item", item}, {"questions", Json::array()}};
  for (const std::string& question : desk.args.questions) {
    if (desk.terminal.texts.find(Table::questions, question) == nullptr) {
      return trouble("no-question", {{"question", harmless(question)}});
    }
    args["questions"].push_back(question);
  }
  if (!desk.args.words.empty() || desk.args.questions.empty()) {
    TRY(words, words_of(desk, "ask.news.question"));
    args["words"] = words;
  }
  TRY(app, app_view(desk));
  TRY(done, act(desk, "goodnews.ask", args));
  desk.terminal.say("news.asked");
  return hand_over(desk);
}

Outcome<Exit> tell_of(Desk& desk, const std::string& item) {
  TRY(words, words_of(desk, "ask.news.tell"));
  TRY(done, act(desk, "goodnews.tell", Json{{"item", item}, {"words", words}}));
  desk.terminal.say("reply.sent");
  return hand_over(desk);
}

}  // namespace

void print_news(Desk& desk, const Json& news, const std::string& handle) {
  Terminal& terminal = desk.terminal;
  if (!print_head(desk, news)) return;
  terminal.out.text(terminal.texts.named(Table::news, text_at(news, "sort")), 2);
  terminal.out.text(text_at(news, "text"), 4);
  print_asked_and_told(desk, news);
  const std::string evening = text_at(news, "evening");
  const bool mine = flag_at(news, "by_me");
  if (evening != "none") {
    terminal.gap();
    terminal.say(evening == "talked" ? "news.talked" : mine ? "news.tonight.theirs" : "news.tonight.mine");
  }
  if (flag_at(news, "felt_good")) terminal.say("news.felt-good");
  const auto steps = steps_of(desk, news, handle);
  if (!steps.empty()) terminal.gap();
  for (const auto& [what, type] : steps) terminal.out.pair("  ", what, "attune news " + type);
}

/// To the other's it is a question, to mine it is what was asked for.
Outcome<Exit> answer_news(Desk& desk, const Json& news) {
  const std::string item = text_at(news, "item");
  return flag_at(news, "by_me") ? tell_of(desk, item) : ask_about(desk, item);
}

namespace news {

Outcome<Exit> list(Desk& desk) {
  TRY_VOID(catch_up(desk));
  TRY_VOID(say_unchecked(desk));
  TRY(view, desk.session.view("goodnews"));
  if (desk.terminal.json) {
    desk.terminal.out.raw(view.text);
    return Exit::done;
  }
  std::vector<Found> all;
  for (const Json& one : list_at(view.value, "news")) all.push_back({Found::Kind::news, one});
  TRY_VOID(print_numbered(desk, all));
  desk.terminal.say(all.empty() ? "news.none" : "news.how");
  return Exit::done;
}

Outcome<Exit> share(Desk& desk) {
  TRY(kind, one_of(desk, desk.args.target, {"work", "body", "people", "luck", "effort", "joy"}));
  TRY(text, words_of(desk, "ask.news"));
  TRY(app, app_view(desk));
  TRY(done, act(desk, "goodnews.share", Json{{"sort", kind}, {"text", text}}));
  desk.terminal.say("thank.sent");
  return hand_over(desk);
}

Outcome<Exit> ask(Desk& desk) {
  TRY(item, item_on_the_line(desk));
  return ask_about(desk, item);
}

Outcome<Exit> tell(Desk& desk) {
  TRY(item, item_on_the_line(desk));
  return tell_of(desk, item);
}

Outcome<Exit> tonight(Desk& desk) { return say_of(desk, "goodnews.tonight", "news.said-tonight"); }

Outcome<Exit> talked(Desk& desk) { return say_of(desk, "goodnews.talked", "news.said-talked"); }

Outcome<Exit> felt_good(Desk& desk) { return say_of(desk, "goodnews.felt-good", "news.felt-good"); }

}  // namespace news

}  // namespace attune::cli
