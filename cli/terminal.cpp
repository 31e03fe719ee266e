#include "cli/terminal.h"

#include <algorithm>

namespace attune::cli {

namespace {

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string hour(const std::tm& time) { return two(time.tm_hour) + ":" + two(time.tm_min); }

std::string trimmed(std::string text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  const auto first = std::ranges::find_if_not(text, blank);
  text.erase(text.begin(), first);
  return text;
}

/// Days since 1970 of a calendar day, so that "yesterday" holds over the ends of months and years.
std::int64_t day_number(const std::tm& time) {
  using namespace std::chrono;
  const year_month_day day{year(time.tm_year + 1900), month(static_cast<unsigned>(time.tm_mon + 1)),
                           std::chrono::day(static_cast<unsigned>(time.tm_mday))};
  return sys_days(day).time_since_epoch().count();
}

}  // namespace

void Terminal::say(std::string_view key, const Fill& fill) {
  if (!json) out.text(texts.say(key, fill));
}

void Terminal::gap() {
  if (!json) out.gap();
}

void Terminal::explain(const Trouble& trouble) {
  if (json) out.raw(Json{{"ok", false}, {"code", trouble.code}}.dump());
  for (const std::string& sentence : texts.explain(trouble)) err.text(sentence);
}

std::optional<std::string> Terminal::ask(std::string_view key, const Fill& fill) {
  if (asks) out.prompt(texts.say(key, fill));
  std::string line;
  if (!std::getline(in, line)) {
    if (asks) out.gap();  // Ctrl-D leaves the cursor behind the question
    return std::nullopt;
  }
  return trimmed(std::move(line));
}

std::optional<std::string> Terminal::ask_aloud(std::string_view key, const Fill& fill) {
  if (!asks) say(key, fill);
  return ask(key, fill);
}

std::optional<std::string> Terminal::ask_lines(std::string_view key, const Fill& fill) {
  if (asks) out.text(texts.say(key, fill));
  std::string all;
  std::string line;
  bool any = false;
  while (std::getline(in, line)) {
    any = true;
    // Somebody typing ends with an empty line; a file may have empty lines inside.
    if (asks && trimmed(line).empty()) break;
    all += line + "\n";
  }
  if (!any) return std::nullopt;
  return trimmed(std::move(all));
}

Outcome<bool> Terminal::ask_yes(std::string_view key, const std::string& option, const Fill& fill) {
  if (!asks) return trouble("no-terminal", {{"option", option}});
  while (true) {
    const auto answer = ask(key, fill);
    if (!answer) return trouble("no-terminal", {{"option", option}});
    for (const bool yes : {true, false}) {
      const std::string word = texts.say(yes ? "ask.yes" : "ask.no");
      if (!answer->empty() && word.starts_with(*answer)) return yes;
    }
  }
}

std::string Terminal::moment(std::int64_t ms) const {
  const std::tm time = clock.local(ms);
  const std::tm today = clock.local(clock.now().ms);
  const std::int64_t days = day_number(today) - day_number(time);
  const Fill fill{{"time", hour(time)}, {"date", date(ms)}};
  return texts.say(days == 0    ? "when.today"
                   : days == 1  ? "when.yesterday"
                   : days == -1 ? "when.tomorrow"
                                : "when.date",
                   fill);
}

std::string Terminal::date(std::int64_t ms) const {
  const std::tm time = clock.local(ms);
  const bool this_year = clock.local(clock.now().ms).tm_year == time.tm_year;
  return texts.say(this_year ? "when.day" : "when.day.year",
                   {{"weekday", texts.say("weekday." + std::to_string(time.tm_wday))},
                    {"day", std::to_string(time.tm_mday)},
                    {"month", texts.say("month." + std::to_string(time.tm_mon + 1))},
                    {"year", std::to_string(time.tm_year + 1900)}});
}

std::string Terminal::when(const Json& at_json) const {
  const std::int64_t ms = number_at(at_json, "ms");
  const auto theirs = static_cast<std::int32_t>(number_at(at_json, "offset"));
  const std::string mine = moment(ms);
  if (theirs == clock.offset_at(ms)) return mine;
  const std::time_t shifted = ms / 1000 + std::int64_t{theirs} * 60;
  std::tm there{};
  gmtime_r(&shifted, &there);
  return texts.say("when.theirs", {{"mine", mine}, {"theirs", hour(there)}});
}

}  // namespace attune::cli
