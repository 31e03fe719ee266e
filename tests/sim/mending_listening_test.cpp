// A listening session that was open when a space's history was mended: it does not go on, and is not made out to be
// what it was not.
#include "tests/sim/sitting.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

/// Both have said yes to going on behind what they have in common, at which a session stood open.
struct Mended {
  TwoHistories scene;
  explicit Mended(std::uint64_t seed, const std::function<void(Pair&)>& first) : scene(seed, 1, first) {
    scene.meet();
    scene.couple.sam.must("space.mend");
    scene.couple.world.settle();
    EXPECT_EQ(confirm(scene.couple.noa)["ok"], true);
    scene.couple.world.run_for(2 * kHour);
    scene.mended();
  }
};

TEST(MendingListening, WhatHadNotBegunWasNotHeld) {
  Mended mended(930, [](Pair& couple) { couple.sam.must("listen.propose", {{"how", "two-phones"}}); });
  Pair& couple = mended.scene.couple;
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("listen")["open"], nullptr) << device->name();
    EXPECT_EQ(device->see("listen")["held"], Json::array()) << device->name();
    for (const Json& news : device->see("today")["since"]) EXPECT_NE(news["kind"], "listened") << device->name();
  }
  couple.noa.must("listen.propose", {{"how", "two-phones"}});
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("listen")["open"]["stage"], "proposed");
}

TEST(MendingListening, WhatHadBegunIsLeftBehind) {
  Mended mended(931, [](Pair& couple) { couple.sam.must("listen.propose", {{"how", "table"}}); });
  Pair& couple = mended.scene.couple;
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("listen")["open"], nullptr) << device->name();
    EXPECT_EQ(device->see("listen")["held"][0]["end"], "left-behind") << device->name();
  }
}

}  // namespace
}  // namespace attune::sim
