// How two people are, what they noticed, shared, sent and wrote to each other, on the exported page.
#include "cli/export_told.h"
#include "cli/verbs/practices.h"

namespace attune::cli {

namespace {

std::string who(const Teller& teller, const Json& one, const std::string& key) {
  return small(teller.say(key + (flag_at(one, "by_me") ? ".mine" : ".theirs")));
}

}  // namespace

Told told_feeling(const Teller& teller, const Json& feeling) {
  std::string body = who(teller, feeling, "export.feeling") + teller.unread(feeling);
  if (!list_at(feeling, "feelings").empty()) {
    body += spoken(feelings_of(teller.texts(), feeling)) + spoken(text_at(feeling, "line"));
    body += who(teller, feeling, "feel.wish." + text_at(feeling, "wish"));
  }
  return teller.told(at(feeling, "at"), body + teller.answer(at(feeling, "answer"), "response", "feel.response."));
}

Told told_noted(const Teller& teller, const Json& noted) {
  return teller.told(at(noted, "at"), spoken(feelings_of(teller.texts(), noted)) + spoken(text_at(noted, "line")));
}

Told told_noticed(const Teller& teller, const Json& noticed) {
  const std::string body =
      who(teller, noticed, "notice.is") + teller.unread(noticed) + spoken(effort_of(teller.texts(), noticed));
  return teller.told(at(noticed, "at"), body + teller.answer(at(noticed, "answer"), "tap", "export.tap."));
}

Told told_news(const Teller& teller, const Json& news) {
  const bool mine = flag_at(news, "by_me");
  std::string body = who(teller, news, "export.news") + teller.unread(news);
  if (const std::string text = text_at(news, "text"); !text.empty()) {
    body += small(teller.texts().named(Table::news, text_at(news, "sort"))) + spoken(text);
  }
  if (const Json& asked = at(news, "asked"); asked.is_object()) {
    body += small(teller.say(mine ? "news.asked.theirs" : "news.asked.mine"));
    for (const Json& question : list_at(asked, "questions")) {
      if (question.is_string()) body += spoken(teller.texts().named(Table::questions, question.get<std::string>()));
    }
    body += spoken(text_at(asked, "words"));
  }
  if (const Json& told = at(news, "told"); told.is_object()) {
    body += small(teller.say(mine ? "news.told.mine" : "news.told.theirs")) + spoken(text_at(told, "words"));
  }
  if (text_at(news, "evening") == "talked") body += small(teller.say("news.talked"));
  if (flag_at(news, "felt_good")) body += small(teller.say("export.felt-good"));
  return teller.told(at(news, "at"), body);
}

Told told_touch(const Teller& teller, const Json& touch) {
  const std::string name = teller.texts().named(Table::touches, text_at(touch, "touch"));
  return teller.told(at(touch, "at"),
                     who(teller, touch, "export.touch") + small(name) + spoken(text_at(touch, "words")));
}

Told told_letter(const Teller& teller, const Json& letter) {
  const std::string state = text_at(letter, "state");
  std::string body = who(teller, letter, "export.letter");
  if (text_at(letter, "taken_back") == "gone") return teller.told(at(letter, "at"), body + teller.unread(letter));
  const std::string key = state == "held"     ? "letter.is.held"
                          : state == "closed" ? "letter.is.closed"
                                              : "letter.is.open";
  body += small(teller.say(key, {{"when", teller.when(at(letter, "opens"))}}));
  if (state == "ready") body += teller.unread(letter);
  return teller.told(at(letter, "at"), body + spoken(text_at(letter, "text")));
}

std::string told_menus(const Teller& teller, const Json& gestures) {
  std::string out;
  for (const char* side : {"mine", "theirs"}) {
    std::string body;
    for (const char* liking : {"love", "sometimes", "not-now"}) {
      std::string some;
      for (const Json& one : list_at(gestures, side)) {
        if (text_at(one, "liking") != liking) continue;
        const std::string id = text_at(one, "gesture");
        some += spoken(id.empty() ? text_at(one, "text") : teller.texts().named(Table::gestures, id));
      }
      if (!some.empty()) body += small(teller.say(std::string("gestures.liking.") + liking)) + some;
    }
    if (!body.empty()) {
      out +=
          "<article>\n<h3>" + escaped(teller.say(std::string("gestures.") + side)) + "</h3>\n" + body + "</article>\n";
    }
  }
  return out.empty() ? "" : "<h2>" + escaped(teller.say("export.menus")) + "</h2>\n" + out;
}

}  // namespace attune::cli
