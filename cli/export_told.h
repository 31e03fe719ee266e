// The parts an exported page is put together from: things that were said, each with its time, as HTML.
#pragma once

#include "cli/terminal.h"

namespace attune::cli {

std::string escaped(std::string_view text);
/// Somebody's words: their direction is their own, whatever language the page is in. Nothing for nothing.
std::string spoken(std::string_view text);
/// A line of the page's own.
std::string small(std::string_view text);

/// One thing that was said, and when.
struct Told {
  std::int64_t ms = 0;
  std::string html;
};

class Teller {
 public:
  explicit Teller(const Terminal& terminal) : terminal_(terminal) {}

  [[nodiscard]] std::string say(std::string_view key, const Fill& fill = {}) const {
    return terminal_.texts.say(key, fill);
  }
  [[nodiscard]] const Texts& texts() const { return terminal_.texts; }
  [[nodiscard]] std::string when(const Json& at) const { return terminal_.when(at); }
  [[nodiscard]] Told told(const Json& at, const std::string& body) const;
  /// What was answered, by a tap with the keys of its meanings, words, or both; nothing without.
  [[nodiscard]] std::string answer(const Json& answer, std::string_view tap, std::string_view meanings) const;
  /// That it was taken back, or is closed; nothing if it can be read.
  [[nodiscard]] std::string unread(const Json& given) const;

 private:
  const Terminal& terminal_;
};

// export_cherishing.cpp
Told told_feeling(const Teller& teller, const Json& feeling);
Told told_noted(const Teller& teller, const Json& noted);
Told told_noticed(const Teller& teller, const Json& noticed);
Told told_news(const Teller& teller, const Json& news);
Told told_touch(const Teller& teller, const Json& touch);
Told told_letter(const Teller& teller, const Json& letter);
/// Both menus; empty if neither says anything.
std::string told_menus(const Teller& teller, const Json& gestures);

}  // namespace attune::cli
