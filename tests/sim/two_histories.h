// Two who have two histories, and how they go on together (PROTOCOL.md 6).
#pragma once

#include <gtest/gtest.h>

#include "tests/sim/forking.h"
#include "tests/sim/meeting.h"

namespace attune::sim {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;

/// How far a device is with mending.
inline Json state(Device& device) { return device.see("mending")["state"]; }

/// Says yes to what the device is asked.
inline Json confirm(Device& device) {
  return device.command("space.mend-confirm", {{"stream", device.see("mending")["stream"]}});
}

/// Every thank-you it shows, newest first; those of the other are opened for it.
inline std::vector<std::string> thanks(Device& device) {
  std::vector<std::string> out;
  for (const Json& each : device.see("cherish")["thanks"]) {
    if (!each["by_me"].get<bool>() && !each["opened"].get<bool>() && each["taken_back"] == "no") {
      device.must("space.open-item", {{"item", each["item"]}});
    }
  }
  for (const Json& each : device.see("cherish")["thanks"]) out.push_back(each["did"]);
  return out;
}

/// "Before" is what both have; behind it the relay showed each of them a history of their own.
struct TwoHistories {
  Pair couple;
  server::MemoryStore::State before;

  explicit TwoHistories(std::uint64_t seed, std::size_t each = 1, const std::function<void(Pair&)>& first = {})
      : couple(seed) {
    couple.thank(couple.sam, "Before");
    couple.world.settle();
    if (first) first(couple);
    couple.world.settle();
    part(each);
  }
  void part(std::size_t each, Device* with_noa = nullptr) {
    before = couple.world.store().state();
    couple.noa.go_offline();
    if (with_noa != nullptr) with_noa->go_offline();
    for (std::size_t n = 0; n < each; ++n) couple.thank(couple.sam, "In Sam's history");
    couple.world.settle();
    couple.sam.go_offline();
    couple.world.restore_relay(before);
    couple.noa.go_online();
    if (with_noa != nullptr) with_noa->go_online();
    couple.world.run_for(2 * kMinute);
    for (std::size_t n = 0; n < each; ++n) couple.thank(couple.noa, "In Noa's history");
    couple.world.settle();
  }
  void meet() {
    couple.sam.go_online();
    couple.world.run_for(2 * kMinute);
  }
  void mended(const std::vector<std::string>& kept = {"Before"}) {
    for (Device* device : {&couple.sam, &couple.noa}) {
      EXPECT_EQ(state(*device), "done") << device->name();
      EXPECT_EQ(device->see("app")["reading_only"], false) << device->name();
      EXPECT_FALSE(named(*device, "fork")) << device->name();
      EXPECT_EQ(device->see("app")["sync"]["on_this_phone"], 0) << device->name();
      EXPECT_EQ(thanks(*device), kept) << device->name();
    }
    EXPECT_EQ(couple.sam.see("step")["words"], couple.noa.see("step")["words"]);
  }
  void goes_on() {
    couple.thank(couple.noa, "And on it goes");
    couple.world.settle();
    EXPECT_EQ(opened_thanks(couple.sam), "And on it goes");
    couple.thank(couple.sam, "Both ways");
    couple.world.settle();
    EXPECT_EQ(opened_thanks(couple.noa), "Both ways");
  }
};

}  // namespace attune::sim
