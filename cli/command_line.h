// What stands on the command line, and the help that is made from the same table.
#pragma once

#include <string>
#include <vector>

#include "cli/paper.h"
#include "cli/texts.h"
#include "cli/verbs/verbs.h"

namespace attune::cli {

struct CommandLine {
  enum class Wants { verb, help, version } wants = Wants::verb;
  Args args;
  Verb verb = nullptr;       ///< none for `schema`, which needs no home
  bool needs_space = false;  ///< without a space there is nothing this verb could do
};

/// Trouble: "usage-verb", "usage-option", "usage-incomplete", each naming what was not understood.
Outcome<CommandLine> read_command_line(const std::vector<std::string>& words);

/// The help of a verb; of all of them without one.
void print_help(Paper& paper, const Texts& texts, const std::string& verb);

/// Every key of the texts that the table names, for the test that all of them are there.
std::vector<std::string> help_keys();

}  // namespace attune::cli
