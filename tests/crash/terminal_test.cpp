// kill -9 of the terminal client while it works: its rows stay whole, and what it had said was kept is there.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <random>
#include <set>
#include <thread>

#include "tests/cli/program.h"

namespace attune::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kKills = 40;

/// Everything kept, by what was done.
std::set<std::string> kept_by(Person& person) {
  std::set<std::string> out;
  const Json seen = person.view("cherish");
  for (const Json& one : list_at(seen, "kept")) out.insert(text_at(one, "did"));
  return out;
}

TEST(CrashOfTheTerminal, LosesNothingThatWasSaidToBeKeptAndLeavesItsRowsWhole) {
  const auto seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const Folder folder;
  Relay relay(folder / "server");
  relay.start();
  Person ann(folder / "ann", "Ann");
  ann.well({"start", "--name", "Ann", "--relay", relay.address()});
  // How long one takes here, so that the kills are spread over all of it.
  const auto first = Clock::now();
  ann.well({"thank", "--keep", "--did", "How long it takes"});
  const auto usual = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - first);
  std::set<std::string> said = {"How long it takes"};
  const auto began = Clock::now();
  int killed = 0;
  for (int i = 0; i < kKills && !testing::Test::HasFailure(); ++i) {
    const std::string did = "The good thing number " + std::to_string(i);
    const auto process = ann.begin({"thank", "--keep", "--did", did});
    const auto moment =
        Clock::now() + std::chrono::microseconds(random() % static_cast<std::uint64_t>(usual.count() + 1));
    while (Clock::now() < moment) std::this_thread::yield();
    process->signal(SIGKILL);
    const Ended ended = process->wait();
    if (ended.code == 0) said.insert(did);
    if (ended.code == -SIGKILL) ++killed;
    if (i % 8 != 7) continue;
    const std::set<std::string> kept = kept_by(ann);
    EXPECT_TRUE(std::ranges::includes(kept, said));
  }
  EXPECT_TRUE(std::ranges::includes(kept_by(ann), said));
  ann.well({"thank", "--keep", "--did", "And on it goes"});
  EXPECT_TRUE(kept_by(ann).contains("And on it goes"));
  EXPECT_EQ(list_at(ann.view("app"), "notices").size(), 0U);
  EXPECT_GT(killed, kKills / 4);
  std::printf("crash: %d kills of attune, %zu sentences kept, %.1f s\n", killed, kept_by(ann).size(),
              std::chrono::duration<double>(Clock::now() - began).count());
}

}  // namespace
}  // namespace attune::cli
