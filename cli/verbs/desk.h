// What every verb works with, and the steps that most of them share.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/terminal.h"

namespace attune::cli {

/// What stood on the command line.
struct Args {
  std::filesystem::path home;
  bool json = false;
  std::string clock;
  std::string verb;

  std::optional<std::string> relay, name, app, did, says, felt, tap, json_args, keep_devices, token, remove, rename,
      when, line, share, response;
  std::string target;              ///< a link, an item, a question, a command, a view, or one of a few words
  std::string second;              ///< what stands behind that: a day, or one of a few words
  std::vector<std::string> words;  ///< an answer's words, unquoted
  std::vector<std::string> feelings, questions;
  int depth = 0;
  int seconds = 0, minutes = 0;
  bool yes = false, wait = false, different = false, recovery = false, later = false, replace = false;
  bool keep = false, list = false, pass = false, cancel = false, no_qr = false, offline = false, add = false;
  bool typed = false, table = false, other_first = false, ready_now = false, anew = false, across = false;
  bool held_by_me = false;
};

struct Desk {
  const Args& args;
  Terminal& terminal;
  RowStore& store;
  Session& session;
  RelayLink& link;
  std::filesystem::path home;
  bool unreachable = false;  ///< this process has found the relay away; it does not try twice

  [[nodiscard]] std::string say(std::string_view key, const Fill& fill = {}) const {
    return terminal.texts.say(key, fill);
  }
};

/// View "app"; the texts learn the partner's name from it.
Outcome<Json> app_view(Desk& desk);
/// Before reading: fetch what is new. If the relay is away, one line says so and reading goes on.
Outcome<> catch_up(Desk& desk);
/// Trouble: "not-started", or why a space that was shown here is none any more.
Outcome<> need_space(Desk& desk, const Json& app);
/// What views show is what another device of mine has seen; on this one it is still being checked.
bool is_unchecked(const Json& app);
/// Says so in one line, above what is printed of it: with --json beside it, on standard error. Trouble: as need_space.
Outcome<> say_unchecked(Desk& desk);
/// Shows the relay the token on the command line, if there is one. Trouble: "bad-token".
Outcome<> show_token(Desk& desk);
/// After a change: send it, and say where it is now.
Outcome<Exit> hand_over(Desk& desk);
/// Where everything I wrote is: safe, or kept on this machine; on a new device that is still being brought in, how much
/// of all has come.
Outcome<> say_where(Desk& desk);
/// Named faults and healings that the core has to tell.
void print_notices(Desk& desk, const Json& app);
/// Does a command; with --json prints its reply.
Outcome<Json> act(Desk& desk, std::string_view command, const Json& args);
/// A step that can not be done without the relay.
Outcome<> need_relay(Desk& desk);

/// An item from its number in the last list, or from its id. Trouble: "no-item".
Outcome<std::string> item_of(Desk& desk, const std::string& text);
/// What to call an item by: its number in the last list, else its id.
Outcome<std::string> handle_of(Desk& desk, const std::string& item);
/// The item that has to stand behind a verb. Trouble: "usage-incomplete", "no-item".
Outcome<std::string> item_on_the_line(Desk& desk);
/// One of the few words that may stand there. Trouble: "usage-incomplete".
Outcome<std::string> one_of(const Desk& desk, const std::string& given, std::initializer_list<std::string_view> words);
/// "Something is missing on this line, or has the wrong form."
std::unexpected<Trouble> incomplete(const Desk& desk);
/// Letters of the alphabet in their small form, so that two writings of a name can be compared.
std::string in_small(std::string_view text);
/// The words on the line, as one.
std::string words_on_the_line(const Desk& desk);
/// Words from the command line, else from the terminal or a pipe.
Outcome<std::string> words_of(Desk& desk, std::string_view question);

}  // namespace attune::cli
