#include "cli/export_page.h"

#include <algorithm>
#include <vector>

#include "cli/export_told.h"
#include "cli/verbs/listen.h"

namespace attune::cli {

namespace {

constexpr std::string_view kStyle =
    "body{font:1.05rem/1.6 Georgia,serif;max-width:38rem;margin:3rem auto;padding:0 1.25rem;color:#2b2622;"
    "background:#fbf7f0}h1,h2,h3{font-weight:normal;line-height:1.25}h2{margin-top:3rem}"
    "article{border-top:1px solid #d9cfc0;padding:1rem 0;break-inside:avoid}time,.who,.small{font-family:sans-serif;"
    "font-size:.8rem;color:#665c52}p{margin:.35rem 0;white-space:pre-wrap}q{quotes:none;font-style:italic}"
    "@media print{body{background:none;margin:0}}";

class Page : public Teller {
 public:
  using Teller::Teller;

  [[nodiscard]] Told thanks(const Json& one) const {
    const bool mine = flag_at(one, "by_me");
    std::string body = small(say(mine ? "export.thanks.mine" : "export.thanks.theirs"));
    body += unread(one);
    body += spoken(text_at(one, "did")) + spoken(text_at(one, "says")) + spoken(text_at(one, "felt"));
    for (const Json& earlier : list_at(one, "edited")) {
      body += small(say("export.earlier"));
      body += spoken(text_at(earlier, "did")) + spoken(text_at(earlier, "says")) + spoken(text_at(earlier, "felt"));
    }
    return told(at(one, "at"), body + answer(at(one, "answer"), "tap", "export.tap."));
  }

  [[nodiscard]] Told question(const Json& one) const {
    std::string body = "<p><q dir=\"auto\">" + escaped(texts().prompt(text_at(one, "prompt"))) + "</q></p>\n";
    for (const char* side : {"mine", "theirs"}) {
      if (!at(one, side).is_string()) continue;
      body += small(say(std::string("export.answer.") + side)) + spoken(text_at(one, side));
    }
    if (!at(one, "theirs").is_string()) body += small(say("export.not-open"));
    return told(at(one, "at"), body);
  }

  /// That it was held, when and how, the thank-yous, and the pieces that both kept.
  [[nodiscard]] Told held(const Json& one) const {
    std::string body = small(say("list.held." + text_at(one, "end"))) + small(say("listen.how." + text_at(one, "how")));
    for (const auto& [side, who] :
         {std::pair("my_thanks", "listen.thanks.mine"), std::pair("their_thanks", "listen.thanks.theirs")}) {
      if (at(one, side).is_object()) body += small(say(who)) + spoken(text_at(at(one, side), "text"));
    }
    for (const Json& piece : list_at(one, "pieces")) {
      body += small(said_by(texts(), piece)) + spoken(text_at(piece, "text"));
    }
    return told(at(one, "at"), body);
  }

  [[nodiscard]] Told idea(const Json& one) const {
    const bool mine = flag_at(one, "by_me");
    return told(at(one, "at"),
                small(say(mine ? "listen.idea.mine" : "listen.idea.theirs")) + spoken(text_at(one, "text")));
  }

  [[nodiscard]] Told understood(const Json& one) const {
    return told(at(one, "at"), small(say("listen.understood", {{"n", std::to_string(number_at(one, "understood"))}})));
  }

  [[nodiscard]] Told kept(const Json& one) const {
    return told(at(one, "at"),
                spoken(text_at(one, "did")) + spoken(text_at(one, "says")) + spoken(text_at(one, "felt")));
  }

  [[nodiscard]] Told written(const Json& one) const {
    return told(at(one, "at"), "<p><q dir=\"auto\">" + escaped(texts().prompt(text_at(one, "prompt"))) + "</q></p>\n" +
                                   spoken(text_at(one, "text")));
  }

  /// Oldest first; nothing at all for nothing.
  [[nodiscard]] std::string chapter(std::string_view title, std::vector<Told> told) const {
    if (told.empty()) return "";
    std::ranges::stable_sort(told, {}, &Told::ms);
    std::string out = "<h2>" + escaped(say(title)) + "</h2>\n";
    for (const Told& one : told) out += one.html;
    return out;
  }
};

}  // namespace

std::string export_page(const Terminal& terminal, const Exported& exported) {
  const Page page(terminal);
  std::vector<Told> between;
  std::vector<Told> alone;
  for (const Json& one : list_at(exported.cherish, "thanks")) between.push_back(page.thanks(one));
  for (const Json& one : list_at(exported.openup, "questions")) between.push_back(page.question(one));
  for (const Json& one : list_at(exported.listen, "ideas")) between.push_back(page.idea(one));
  for (const Json& one : list_at(exported.listen, "held")) {
    between.push_back(page.held(one));
    if (at(one, "understood").is_number()) alone.push_back(page.understood(one));
  }
  for (const Json& one : list_at(exported.cherish, "kept")) alone.push_back(page.kept(one));
  for (const Json& one : list_at(exported.openup, "written")) alone.push_back(page.written(one));
  for (const Json& one : list_at(exported.feelings, "shared")) between.push_back(told_feeling(page, one));
  for (const Json& one : list_at(exported.feelings, "noted")) alone.push_back(told_noted(page, one));
  for (const Json& one : list_at(exported.noticed, "noticed")) between.push_back(told_noticed(page, one));
  for (const Json& one : list_at(exported.goodnews, "news")) between.push_back(told_news(page, one));
  for (const Json& one : list_at(exported.touches, "touches")) between.push_back(told_touch(page, one));
  for (const Json& one : list_at(exported.letters, "letters")) {
    (text_at(one, "state") == "held" ? alone : between).push_back(told_letter(page, one));
  }
  std::string out = "<!doctype html>\n<html lang=\"" + page.say("export.language") + "\" dir=\"auto\">\n<head>\n";
  out += "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n";
  // A page that is only read: whatever somebody wrote in it, it runs and fetches nothing.
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
  out += "<title>" + escaped(page.say("export.title")) + "</title>\n<style>" + std::string(kStyle) + "</style>\n";
  out += "</head>\n<body>\n<h1>" + escaped(page.say("export.title")) + "</h1>\n";
  out += small(page.say("export.made", {{"when", terminal.moment(exported.made_ms)}}));
  out += page.chapter("export.between", std::move(between)) + told_menus(page, exported.gestures);
  out += page.chapter("export.alone", std::move(alone));
  return out + "</body>\n</html>\n";
}

std::string export_data(const Exported& exported) {
  const Json data = {{"format", "attune-export"},   {"version", 1},
                     {"made", exported.made_ms},    {"app", exported.app},
                     {"cherish", exported.cherish}, {"openup", exported.openup},
                     {"listen", exported.listen},   {"feelings", exported.feelings},
                     {"noticed", exported.noticed}, {"goodnews", exported.goodnews},
                     {"touches", exported.touches}, {"gestures", exported.gestures},
                     {"letters", exported.letters}};
  return data.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace attune::cli
