// Lives one after another until so many days have been lived.
#pragma once

#include <chrono>

#include "sim/life.h"

namespace attune::sim {

struct Days {
  std::uint64_t seed = 0;  ///< of the first life; each further one has the next number
  std::size_t days = 0;    ///< altogether
  std::size_t most_a_life = 21;  ///< a couple's streams grow, and with them what a day costs
  /// Real time; after it no day is begun. It changes how many days are lived, not what happens in them.
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
};

struct Lived {
  std::size_t days = 0;
  std::size_t lives = 0;
  std::uint64_t steps = 0;
  std::map<std::string, std::size_t> happened;
  /// What was found wrong, in the first life in which something was; and how to see it again.
  Violations wrong;
  std::uint64_t seed = 0;
  std::size_t day = 0;
};

Lived live(const Days& days);

}  // namespace attune::sim
