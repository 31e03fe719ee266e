// What the verbs of Listen share.
#pragma once

#include "cli/verbs/verbs.h"

namespace attune::cli {

/// The view "listen", once what the other did has come.
Outcome<Reply> listening_now(Desk& desk);
/// Where the session is; with --wait and nothing to do for me, once more when there is. With --json only then, as the
/// view.
Outcome<Exit> say_where_we_are(Desk& desk);

/// What was said in one move, over the words of it: "You: a piece".
std::string said_by(const Texts& texts, const Json& piece);
/// One line for a list: how far the session that is open has come.
std::string line_of_open(const Texts& texts, const Json& open);
/// The same of a session by its item, or how it ended; `otherwise`: it is not in the view "listen".
std::string line_of_session(const Texts& texts, const Json& view, const std::string& item, std::string otherwise);

}  // namespace attune::cli
