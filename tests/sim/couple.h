// Two people from the first tap on, for tests that stop somewhere on the way.
#pragma once

#include "sim/world.h"

namespace attune::sim {

/// Sam and Noa, and what befalls them.
struct Couple {
  World world{7};
  Device& sam = world.add("sam");
  Device& noa = world.add("noa");

  void start();
  Json link();
  void until_words();
  void pair();
  /// What is left of that once Sam has started.
  void meet();
  /// The newest thank-you of Sam's.
  Json thank();
  Json question();
  /// Shows the words and says which to tap.
  Json picks();
  std::string words;
};

}  // namespace attune::sim
