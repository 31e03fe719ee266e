// Two people with two devices each do anything at any moment, over a network and with machines that fail: in the end
// all of them show the same, and it is what a second, naive fold says.
//
// ATTUNE_SEED=N runs that one seed. Without it some fixed seeds run, and some fresh ones, which are printed.
// ATTUNE_COMMANDS=N makes every life so long.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "sim/agreement.h"
#include "sim/dump.h"

namespace attune::sim {
namespace {

constexpr std::size_t kUsualCommands = 120;
constexpr std::size_t kFreshSeeds = 2;

std::optional<std::uint64_t> asked_for(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

std::vector<std::uint64_t> seeds() {
  if (const auto asked = asked_for("ATTUNE_SEED")) return {*asked};
  std::vector<std::uint64_t> out = {1, 2, 3};
  std::random_device random;
  for (std::size_t i = 0; i < kFreshSeeds; ++i) out.push_back(random());
  return out;
}

std::string told(const Violations& violations) {
  std::string out;
  for (const std::string& each : violations) out += each + "\n";
  return out;
}

class Convergence : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Convergence, FourDevicesThatSawTheSameShowTheSame) {
  const auto began = std::chrono::steady_clock::now();
  RandomCouple couple(GetParam());
  const std::int64_t first_ms = couple.world.now().ms;
  const std::size_t commands = asked_for("ATTUNE_COMMANDS").value_or(kUsualCommands);
  couple.live(commands);
  couple.rest();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const double days = static_cast<double>(couple.world.now().ms - first_ms) / 86'400'000.0;
  const Violations wrong = everything_wrong(couple);
  EXPECT_TRUE(wrong.empty()) << told(wrong) << "Again with: ATTUNE_SEED=" << GetParam();
  // A life in which hardly anything happened would prove nothing.
  EXPECT_GT(couple.accepted, commands / 3);
  EXPECT_FALSE(couple.refused.contains("bad-arguments"));
  EXPECT_FALSE(couple.refused.contains("unknown-command"));
  std::printf("seed %llu: %zu commands, %llu steps, %.1f days; %.0f steps and %.1f days a second\n",
              static_cast<unsigned long long>(GetParam()), couple.accepted,
              static_cast<unsigned long long>(couple.world.steps()), days,
              static_cast<double>(couple.world.steps()) / seconds, days / seconds);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Convergence, testing::ValuesIn(seeds()),
                         [](const auto& each) { return "Seed" + std::to_string(each.param); });

TEST(Reproducing, OneSeedIsOneLife) {
  std::array<std::string, 2> lives;
  for (std::string& life : lives) {
    RandomCouple couple(77);
    couple.live(25);
    for (Device* device : couple.devices()) life += device->see("cherish").dump() + device->see("app").dump();
  }
  EXPECT_EQ(lives[0], lives[1]);
}

/// tests/wasm/views.mjs opens the same rows in WebAssembly and compares every view with these, byte for byte.
TEST(Reproducing, WhatDevicesShowIsWrittenDownForWebAssembly) {
  const std::string folder = ATTUNE_BINARY_DIR "/sim-dump/";
  RandomCouple couple(5);
  couple.live(60);
  int number = 0;
  // Once in the middle of life, with things that wait to be sent, and once at rest.
  for (const bool rested : {false, true}) {
    if (rested) couple.rest();
    for (const Device* device : couple.devices()) {
      EXPECT_TRUE(dump(*device, couple.world.now(), folder + std::to_string(++number)));
    }
  }
}

}  // namespace
}  // namespace attune::sim
