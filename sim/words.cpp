#include "sim/words.h"

namespace attune::sim {

ShownWords show_words(Device& device) {
  device.must("space.phrase-show");
  const Json shown = device.see("recovery");
  ShownWords out;
  for (const Json& word : shown["words"]) out.words += word.get<std::string>() + " ";
  for (const Json& place : shown["ask"]) {
    out.picks.push_back({{"place", place}, {"word", shown["words"][place.get<std::size_t>() - 1]}});
  }
  return out;
}

std::string confirm_words(World& world, Device& device) {
  const ShownWords shown = show_words(device);
  device.must("space.phrase-confirm", {{"picks", shown.picks}});
  world.settle();
  return shown.words;
}

}  // namespace attune::sim
