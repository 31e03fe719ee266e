// Whether a thank-you was opened before it was taken back: the relay, which may be its author's, sees of *mine* only
// when it is written and in how many records.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

enum class Noa : std::uint8_t { opened_it, left_it_closed };

std::string long_text(char letter) { return std::string(1'990, letter); }

/// What Noa's device has of *mine* at the relay, minute by minute from a while before the taking back to a day after.
struct Watched {
  Pair couple{31};
  std::vector<std::uint64_t> heads;

  explicit Watched(Noa what, bool writes_privately = false) {
    couple.sam.must("cherish.thank", {{"did", long_text('d')}, {"says", long_text('"')}, {"felt", long_text('f')}});
    couple.world.settle();
    const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
    if (what == Noa::opened_it) couple.noa.must("space.open-item", {{"item", item}});
    watch(90);
    couple.sam.must("space.take-back", {{"item", item}});
    watch(30);
    couple.noa.restart();
    for (int hour = 0; hour < 24; ++hour) {
      if (writes_privately && hour < 6) {
        couple.noa.must("cherish.keep", {{"did", long_text('k')}, {"says", ""}, {"felt", ""}});
        couple.noa.must("cherish.keep", {{"did", "And this"}, {"says", ""}, {"felt", ""}});
      }
      if (hour == 3) couple.noa.restart();
      watch(60);
    }
  }
  void watch(int minutes) {
    for (int i = 0; i < minutes; ++i) {
      couple.world.run_for(kMinute);
      heads.push_back(couple.world.store().state().streams.at(*look_inside(couple.noa).profile.mine).rows.size());
    }
  }
};

TEST(Copies, WhetherALongThankYouWasOpenedShowsInNoTimeAndNumberOfPrivateRecords) {
  for (const bool writes_privately : {false, true}) {
    const Watched opened(Noa::opened_it, writes_privately);
    const Watched closed(Noa::left_it_closed, writes_privately);
    EXPECT_EQ(opened.heads, closed.heads);
  }
}

TEST(Copies, WhatWasOpenedLiesInMineInTheEnd) {
  Watched watched(Noa::opened_it, true);
  const Json kept = watched.couple.noa.see("cherish")["thanks"][0];
  EXPECT_EQ(kept["taken_back"], "kept-by-me");
  EXPECT_EQ(kept["did"], long_text('d'));
  EXPECT_EQ(kept["says"], long_text('"'));
  EXPECT_EQ(kept["felt"], long_text('f'));
  EXPECT_EQ(watched.couple.noa.see("app")["sync"]["resting"], 0);
  int copies = 0;
  for (const Said& said : everything_said(*look_inside(watched.couple.noa).mine, wire::StreamKind::mine)) {
    if (said.kind != "space.copied") continue;
    ++copies;
    EXPECT_EQ(said.content["content"][0]["felt"], long_text('f'));
  }
  EXPECT_EQ(copies, 1);
}

TEST(Copies, TwoOwnPhonesThatBothCopyKeepOneCopy) {
  Pair couple(32);
  const std::string words = couple.sams_words();
  couple.noa.must("cherish.thank", {{"did", long_text('d')}, {"says", long_text('s')}, {"felt", long_text('f')}});
  couple.world.settle();
  const Json item = couple.sam.see("cherish")["thanks"][0]["item"];
  couple.sam.must("space.open-item", {{"item", item}});
  couple.world.run_for(2 * kHour);
  Json keep = Json::array();
  keep.push_back(couple.sam.see("devices")["devices"][0]["key"]);
  Device& tablet = couple.world.add("Sam's tablet");
  tablet.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  tablet.must("space.recover-finish", {{"keep", keep}});
  couple.world.settle();
  couple.world.run_for(20 * kMinute);  // so that the two do not say their beats at the same moments
  couple.noa.must("space.take-back", {{"item", item}});
  couple.world.run_for(12 * kHour);
  for (Device* device : {&couple.sam, &tablet}) {
    EXPECT_EQ(device->see("cherish")["thanks"][0]["did"], long_text('d'));
    EXPECT_EQ(device->see("cherish")["thanks"][0]["taken_back"], "kept-by-me");
    EXPECT_EQ(device->see("app")["sync"]["resting"], 0);
    EXPECT_EQ(notices(*device), std::vector<std::string>{});
  }
  EXPECT_EQ(couple.sam.see("cherish"), tablet.see("cherish"));
}

}  // namespace
}  // namespace attune::sim
