// What can go wrong for a person at the terminal: a code that content/<language>/ has a sentence for, never an
// exception. Codes of the core pass through unchanged.
#pragma once

#include <expected>
#include <map>
#include <string>

namespace attune::cli {

struct Trouble {
  std::string code;  ///< kebab-case, a key of errors.json or of terminal.json ("error.<code>.what")
  std::map<std::string, std::string> with;  ///< what its sentence names: {path}, {word} …
};

template <class T = void>
using Outcome = std::expected<T, Trouble>;

inline std::unexpected<Trouble> trouble(std::string code, std::map<std::string, std::string> with = {}) {
  return std::unexpected(Trouble{std::move(code), std::move(with)});
}

/// What the process ends with.
enum class Exit : int {
  done = 0,
  refused = 1,  ///< it could not be done; a sentence says why
  usage = 2,  ///< the line itself was not understood
  kept = 3,  ///< `sync` only: the server was not reached, everything is kept on this machine
};

}  // namespace attune::cli
