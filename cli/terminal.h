// The person at the terminal: what is printed for them and what they are asked.
#pragma once

#include <istream>
#include <optional>
#include <string>

#include "cli/clock.h"
#include "cli/json.h"
#include "cli/paper.h"
#include "cli/texts.h"

namespace attune::cli {

struct Terminal {
  Texts texts;
  Paper out;
  Paper err;
  Clock clock;
  std::istream& in;
  bool asks = false;  ///< input and output are a terminal: somebody is there to be asked
  bool json = false;  ///< print what the core says, and nothing else

  /// Prints a text by its key, unless JSON is wanted.
  void say(std::string_view key, const Fill& fill = {});
  void gap();
  /// Prints what happened, what is safe and what to do. With --json the code goes to standard output.
  void explain(const Trouble& trouble);

  /// One line of input; the question is printed only if somebody is there. None: the input has ended.
  std::optional<std::string> ask(std::string_view key, const Fill& fill = {});
  /// The same, with the question printed even if a program is at the other end.
  std::optional<std::string> ask_aloud(std::string_view key, const Fill& fill = {});
  /// Lines until an empty one or the end of the input.
  std::optional<std::string> ask_lines(std::string_view key, const Fill& fill = {});
  /// Yes or no from the terminal. Trouble: "no-terminal", naming the option that answers instead.
  Outcome<bool> ask_yes(std::string_view key, const std::string& option, const Fill& fill = {});

  /// "today, 21:04", "yesterday, 21:04", "Tuesday 4 March, 21:04" in the reader's own time; the writer's own hour
  /// beside it where their zone differs.
  [[nodiscard]] std::string when(const Json& at) const;
  [[nodiscard]] std::string date(std::int64_t ms) const;
  [[nodiscard]] std::string moment(std::int64_t ms) const;
};

}  // namespace attune::cli
