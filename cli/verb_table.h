// The verbs of the command line, what each takes, and the keys of what its help says.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cli/verbs/verbs.h"

namespace attune::cli {

using Target = std::variant<bool Args::*, int Args::*, std::string Args::*, std::optional<std::string> Args::*,
                            std::vector<std::string> Args::*, std::filesystem::path Args::*>;

struct Option {
  const char* names;  ///< as CLI11 reads them; without dashes it stands by its place
  const char* value;  ///< the key of what stands behind it; none: a switch
  const char* text;   ///< the key of its line in the help
  Target target;
};

struct Spec {
  const char* name;
  const char* group;
  Verb verb;  ///< none: it needs no home
  bool needs_space;
  std::vector<Option> options;
  std::vector<Spec> steps = {};  ///< verbs of its own behind it, of which one may stand
  const char* unnamed = nullptr;  ///< the step that is meant by words where none is named
};

/// What every verb takes.
std::span<const Option> everywhere();
std::span<const Spec> specs();
/// By its name: "thank", or "listen piece". None: there is no such.
const Spec* find_spec(std::string_view name);

}  // namespace attune::cli
