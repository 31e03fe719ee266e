// One device of a person lets another in, for tests of what can go wrong on the way.
#pragma once

#include "tests/sim/meeting.h"

namespace attune::sim {

/// A phone, a tablet with nothing on it, and the steps of one letting the other in.
struct Letting {
  World& world;
  Device& first;
  Device& tablet;

  std::string link() { return first.must("space.add-device", {{"app", "https://app.example"}})["link"]; }
  void until_words(const std::string& with) {
    world.settle();
    tablet.must("space.join", {{"link", with}});
    world.settle();
    ASSERT_EQ(tablet.see("joining")["own_device"], true);
    tablet.must("space.accept", {{"name", "Tablet"}});
    world.settle();
    ASSERT_EQ(first.see("invitation")["words"], tablet.see("joining")["words"]);
    ASSERT_EQ(first.see("invitation")["words"].size(), 4U);
    EXPECT_EQ(first.see("invitation")["own_device"], true);
    EXPECT_EQ(first.see("invitation")["partner"], "Tablet");
  }
  void let_in() {
    until_words(link());
    tap_same(first, "invitation");
    tap_same(tablet, "joining");
    world.settle();
  }
  Json listed(const std::string& name) {
    for (const Json& device : first.see("devices")["devices"]) {
      if (device["name"] == name) return device;
    }
    return nullptr;
  }
};

}  // namespace attune::sim
