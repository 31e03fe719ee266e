#include "tests/sim/forking.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kTwoMinutes = 120'000;

}  // namespace

void show_two_histories(World& world, Device& one, Device& other, const std::function<void(Device&)>& says) {
  const auto before = world.store().state();
  other.go_offline();
  says(one);
  world.settle();
  one.go_offline();
  world.restore_relay(before);
  other.go_online();
  world.run_for(kTwoMinutes);
  says(other);
  world.settle();
}

void meet_again(World& world, Device& one) {
  one.go_online();
  world.run_for(kTwoMinutes);
}

void mend(World& world, Device& one, Device& other) {
  one.must("space.mend");
  world.run_for(kTwoMinutes);
  other.must("space.mend-confirm", {{"stream", other.see("mending")["stream"]}});
  world.run_for(kTwoMinutes);
}

}  // namespace attune::sim
