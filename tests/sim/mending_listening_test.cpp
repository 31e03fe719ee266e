// A listening session that is open when a space is mended is over with it.
#include <gtest/gtest.h>

#include "tests/sim/talk.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

void mend(TwoHistories& scene) {
  scene.meet();
  scene.couple.sam.must("space.mend");
  scene.couple.world.settle();
  EXPECT_EQ(confirm(scene.couple.noa)["ok"], true);
  scene.couple.world.run_for(2 * kHour);
  scene.mended();
}

TEST(MendingWithListening, WhatHadBegunWasHeldUpToThere) {
  TwoHistories scene(981, 1, [](Pair& pair) { Talk(pair).begin(); });
  mend(scene);
  for (Device* device : {&scene.couple.sam, &scene.couple.noa}) {
    EXPECT_TRUE(device->see("listen")["open"].is_null());
    ASSERT_EQ(device->see("listen")["held"].size(), 1U);
    EXPECT_EQ(device->see("listen")["held"][0]["end"], "left-behind");
  }
}

TEST(MendingWithListening, WhatWasOnlyAskedWasNeverHeld) {
  TwoHistories scene(982, 1, [](Pair& pair) { const Talk talk(pair); });
  mend(scene);
  for (Device* device : {&scene.couple.sam, &scene.couple.noa}) {
    EXPECT_TRUE(device->see("listen")["open"].is_null());
    EXPECT_EQ(device->see("listen")["held"].size(), 0U);
    for (const Json& news : device->see("today")["since"]) EXPECT_NE(news["kind"], "listening-declined");
  }
  EXPECT_EQ(scene.couple.noa.command("listen.propose", {{"how", "typed"}})["ok"], true);
}

}  // namespace
}  // namespace attune::sim
