// A phone that loses power in the middle: whatever was said to somebody lies on its disk.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// Sam's phone loses power so many effects after a thank-you; was it kept?
void lose_power_after(std::size_t effects) {
  SCOPED_TRACE("after " + std::to_string(effects));
  Pair couple(40 + effects);
  couple.sam.lose_power_after(effects);
  couple.sam.command("cherish.thank", {{"did", "Just before it went dark"}, {"says", ""}, {"felt", ""}});
  const bool accepted = couple.sam.running();
  couple.world.run_for(kMinute);
  couple.sam.lose_power_after(std::nullopt);
  couple.sam.restart();
  couple.world.run_for(2 * kMinute);
  const std::size_t there = couple.noa.see("cherish")["thanks"].size();
  EXPECT_LE(there, 1U);
  if (accepted) EXPECT_EQ(there, 1U);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
    EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
  }
}

TEST(PowerCut, WhateverItHitsWhatWasAcceptedIsSaidOnceAndNobodyIsAccused) {
  for (std::size_t effects = 0; effects < 12; ++effects) lose_power_after(effects);
}

TEST(FullPhone, WhatItCouldNotKeepIsNotSaidAndTheRestGoesOn) {
  Pair couple(60);
  couple.thank(couple.noa, "Before it was full");
  couple.world.settle();
  couple.sam.fill_disk(true);
  couple.sam.command("cherish.thank", {{"did", "Too much"}, {"says", ""}, {"felt", ""}});
  EXPECT_FALSE(couple.sam.running());
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
  couple.sam.fill_disk(false);
  couple.sam.restart();
  couple.thank(couple.sam, "Room again");
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 2U);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
}

}  // namespace
}  // namespace attune::sim
