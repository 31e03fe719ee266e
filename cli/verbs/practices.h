// What the verbs of the practices share: items, found by id, whichever practice they belong to.
#pragma once

#include "cli/verbs/verbs.h"

namespace attune::cli {

struct Found {
  enum class Kind {
    none,
    thanks,
    kept,
    question,
    written,
    session,
    held,
    idea,
    feeling,
    noted,
    noticed,
    news,
    touch,
    letter
  } kind = Kind::none;
  Json json;
};

/// Every item of every practice that I can see.
Outcome<std::vector<Found>> all_items(Desk& desk);
/// Looks for an item in the views of the practices.
Outcome<Found> find_item(Desk& desk, const std::string& item);

// cherish.cpp
void print_thanks(Desk& desk, const Json& thanks);
Outcome<Exit> open_thanks(Desk& desk, const Json& thanks);
Outcome<Exit> answer_thanks(Desk& desk, const std::string& item);
// openup.cpp
Outcome<Exit> open_question(Desk& desk, const Json& question);
Outcome<Exit> answer_question(Desk& desk, const std::string& item);
Outcome<Exit> answer_alone(Desk& desk, const std::string& prompt);
// listen_page.cpp
Outcome<Exit> open_held(Desk& desk, const Json& held);

// given.cpp: what one gave the other, in an envelope
/// Prints one, below its heading; `handle` is what to call it by.
using PrintGiven = void (*)(Desk& desk, const Json& given, const std::string& handle);
/// Opens the envelope if it is the other's and closed, and prints what is in it.
Outcome<Exit> open_given(Desk& desk, const Json& given, PrintGiven print);
/// The heading, and a line on its taking back if there was one. False: there is nothing to read.
bool print_head(Desk& desk, const Json& given);
/// What was answered to it: a tap, with the keys of its meanings, words, or both.
void print_reply(Desk& desk, const Json& given, std::string_view tap, std::string_view meanings);
/// What answers it by a tap, words, or both. Trouble: "usage-incomplete", "nothing-written".
Outcome<Json> tap_and_words(Desk& desk, const std::string& item);
/// Whether an answer of mine to it could still be given.
bool may_answer(const Json& given);
/// One line of a list; its text only where it is open.
std::string line_of_given(const Desk& desk, const Json& given, std::string_view kind, const std::string& text);
/// The number of a line in a list, and the room behind it.
std::string number_of(std::size_t number);
/// Numbered, each with when it was; the numbers are remembered.
Outcome<> print_numbered(Desk& desk, const std::vector<Found>& all);
/// What a line of a list says of an item.
std::string line_of(const Desk& desk, const Found& found);

// feelings.cpp
std::string feelings_of(const Texts& texts, const Json& one);
void print_feeling(Desk& desk, const Json& feeling, const std::string& handle);
Outcome<Exit> open_noted(Desk& desk, const Json& noted);
Outcome<Exit> answer_feeling(Desk& desk, const std::string& item);
// noticed.cpp
std::string effort_of(const Texts& texts, const Json& one);
void print_noticed(Desk& desk, const Json& noticed, const std::string& handle);
Outcome<Exit> answer_noticed(Desk& desk, const std::string& item);
// goodnews.cpp
void print_news(Desk& desk, const Json& news, const std::string& handle);
Outcome<Exit> answer_news(Desk& desk, const Json& news);
// touches.cpp
std::string line_of_touch(const Desk& desk, const Json& touch);
Outcome<Exit> open_touch(Desk& desk, const Json& touch);
// letters.cpp
std::string line_of_letter(const Desk& desk, const Json& letter);
Outcome<Exit> open_letter(Desk& desk, const Json& letter);
Outcome<Exit> withdraw_letter(Desk& desk, const std::string& item);

}  // namespace attune::cli
