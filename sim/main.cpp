// attune_sim: one random life of a couple, from one number.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "sim/dump.h"
#include "sim/random_couple.h"

int main(int count, char** words) {
  CLI::App app{"Lives one random life of a couple with four devices, and says how fast that was."};
  std::uint64_t seed = 1;
  std::size_t commands = 300;
  std::string folder;
  app.add_option("--seed", seed, "The number that the whole life follows from");
  app.add_option("--commands", commands, "How much they do");
  app.add_option("--dump", folder, "A folder to write every device's rows and views to");
  CLI11_PARSE(app, count, words);

  const auto began = std::chrono::steady_clock::now();
  attune::sim::RandomCouple couple(seed);
  couple.live(commands);
  couple.rest();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("seed %llu: %zu commands accepted, %llu steps in %.1f s (%.0f a second)\n",
              static_cast<unsigned long long>(seed), couple.accepted,
              static_cast<unsigned long long>(couple.world.steps()), seconds,
              static_cast<double>(couple.world.steps()) / seconds);
  if (folder.empty()) return 0;
  int number = 0;
  for (const attune::sim::Device* device : couple.devices()) {
    if (attune::sim::dump(*device, couple.world.now(), folder + "/" + std::to_string(++number))) continue;
    std::fprintf(stderr, "%s could not be written to %s.\n", device->name().c_str(), folder.c_str());
    return 1;
  }
  return 0;
}
