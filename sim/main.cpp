// attune_sim: random lives of couples, each from one number.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <limits>
#include <random>
#include <thread>

#include "sim/days.h"
#include "sim/dump.h"
#include "sim/random_couple.h"

namespace attune::sim {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

constexpr std::uint64_t kApart = 1'000'000;  ///< between the first seeds of two threads

/// 0 if everything held.
int live_days(const Days& days, bool all) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(days.seed));
  std::fflush(stdout);
  const auto began = Clock::now();
  // One life is one thread's; few enough days are one life, and lived as any failure says they were.
  const std::size_t threads = days.days <= days.most_a_life ? 1 : std::max(1U, std::thread::hardware_concurrency());
  std::vector<Lived> each(threads);
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < threads; ++i) {
      const Days share{
          .seed = days.seed + i * kApart, .days = (days.days + threads - 1 - i) / threads, .until = days.until};
      workers.emplace_back([&each, i, share] { each[i] = live(share); });
    }
  }
  const double seconds = seconds_since(began);
  Lived sum;
  for (const Lived& lived : each) {
    sum.days += lived.days;
    sum.lives += lived.lives;
    sum.steps += lived.steps;
    for (const auto& [what, times] : lived.happened) sum.happened[what] += times;
  }
  if (all) {
    for (const auto& [what, times] : sum.happened) std::printf("  %8zu  %s\n", times, what.c_str());
  }
  std::printf("%zu days of %zu couples, %llu steps in %.1f s: %.1f days a second\n", sum.days, sum.lives,
              static_cast<unsigned long long>(sum.steps), seconds, static_cast<double>(sum.days) / seconds);
  int status = 0;
  for (const Lived& lived : each) {
    if (lived.wrong.empty()) continue;
    for (const std::string& one : lived.wrong) std::printf("WRONG: %s\n", one.c_str());
    std::printf("Again with: ./test sim --seed %llu --days %zu\n", static_cast<unsigned long long>(lived.seed),
                lived.day);
    status = 1;
  }
  return status;
}

/// 0 if everything could be written down.
int live_once(std::uint64_t seed, std::size_t commands, const std::string& folder) {
  const auto began = Clock::now();
  RandomCouple couple(seed);
  couple.live(commands);
  couple.rest();
  const double seconds = seconds_since(began);
  const auto steps = static_cast<double>(couple.world.steps());
  std::printf("seed %llu: %zu commands accepted, %.0f steps in %.1f s (%.0f a second)\n",
              static_cast<unsigned long long>(seed), couple.accepted, steps, seconds, steps / seconds);
  if (folder.empty()) return 0;
  int number = 0;
  for (const Device* device : couple.devices()) {
    if (dump(*device, couple.world.now(), folder + "/" + std::to_string(++number))) continue;
    std::fprintf(stderr, "%s could not be written to %s.\n", device->name().c_str(), folder.c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace attune::sim

int main(int count, char** words) {
  CLI::App app{"Lives random lives of couples with several devices each, and says how fast that was."};
  std::optional<std::uint64_t> seed;
  std::size_t days = 0;
  std::size_t seconds = 0;
  std::size_t commands = 300;
  bool all = false;
  std::string folder;
  app.add_option("--seed", seed, "The number that everything follows from; none: a fresh one, which is printed");
  app.add_option("--days", days, "Live so many days, with everything checked, instead of one life of commands");
  app.add_option("--seconds", seconds, "Live days for so long, as many as --days at most");
  app.add_flag("--all", all, "Say also how often what was done and befell them");
  app.add_option("--commands", commands, "How much the two of that one life do");
  app.add_option("--dump", folder, "A folder to write every device's rows and views of that one life to");
  CLI11_PARSE(app, count, words);
  if (!seed) seed = std::random_device()();
  attune::sim::Days lived{.seed = *seed, .days = days};
  if (seconds > 0) {
    lived.until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    if (days == 0) lived.days = std::numeric_limits<std::int32_t>::max();
  }
  if (lived.days > 0) return attune::sim::live_days(lived, all);
  return attune::sim::live_once(*seed, commands, folder);
}
