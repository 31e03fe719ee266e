// The twelve words, as somebody at a device handles them.
#pragma once

#include "sim/world.h"

namespace attune::sim {

/// What was shown: the words in one line, and the taps that confirm them.
struct ShownWords {
  std::string words;
  Json picks = Json::array();
};

ShownWords show_words(Device& device);
/// Shows them, confirms them and waits until the relay has them; the words.
std::string confirm_words(World& world, Device& device);

}  // namespace attune::sim
