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

/// In *ours*, or in what it continues.
bool lies_readable(const Device& device, const std::string& words) {
  const Inside inside = look_inside(device);
  std::vector<StreamId> streams = inside.profile.earlier.value_or(std::vector<StreamId>{});
  EXPECT_FALSE(streams.empty());
  streams.push_back(inside.ours->id());
  return std::ranges::any_of(streams, [&](const StreamId& id) {
    const auto stream = look_at_stream(device, id, inside.keys);
    const auto said = everything_said(*stream, wire::StreamKind::ours);
    return std::ranges::any_of(said, [&](const Said& each) { return each.content.dump().contains(words); });
  });
}

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

TEST(MendingListening, WhatWasTypedIsReadableNowhereAnyMore) {
  const std::string words = "It was loud, and I went out";
  Mended mended(932, [&](Pair& couple) {
    const Json session = couple.sam.must("listen.propose", {{"how", "typed"}})["command"];
    couple.world.settle();
    couple.noa.must("listen.agree", {{"session", session}, {"asked", session}, {"now", true}});
    couple.world.settle();
    couple.sam.must("listen.ready", {{"session", session}, {"asked", session}});
    couple.world.settle();
    couple.sam.must("listen.piece", {{"session", session}, {"step", 0}, {"text", words}});
    couple.world.settle();
    EXPECT_EQ(couple.noa.see("listen")["open"]["pieces"][0]["text"], words);
  });
  for (Device* device : {&mended.scene.couple.sam, &mended.scene.couple.noa}) {
    EXPECT_FALSE(lies_readable(*device, words)) << device->name();
    EXPECT_EQ(device->see("listen")["held"][0]["end"], "left-behind") << device->name();
  }
}

}  // namespace
}  // namespace attune::sim
