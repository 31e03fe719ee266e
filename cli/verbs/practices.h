// What the verbs of the practices share: items, found by id, whichever practice they belong to.
#pragma once

#include "cli/verbs/verbs.h"

namespace attune::cli {

struct Found {
  enum class Kind { none, thanks, kept, question, written, session, held, idea } kind = Kind::none;
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

}  // namespace attune::cli
