#include "cli/clock.h"

#include <gtest/gtest.h>

namespace attune::cli {
namespace {

constexpr std::int64_t kEvening = 1'741'118'640'000;  // 4 March 2025, 20:04 UTC

TEST(Clock, StartsWhereTheTestSaysAndRunsOn) {
  const auto clock = Clock::starting_at("1741118640000+60");
  ASSERT_TRUE(clock);
  const Now now = clock->now();
  EXPECT_GE(now.ms, kEvening);
  EXPECT_LT(now.ms, kEvening + 60'000);
  EXPECT_EQ(now.offset_minutes, 60);
  const std::tm local = clock->local(kEvening);
  EXPECT_EQ(local.tm_hour, 21);
  EXPECT_EQ(local.tm_min, 4);
}

TEST(Clock, KnowsZonesWestOfUtc) { EXPECT_EQ(Clock::starting_at("0-300")->now().offset_minutes, -300); }

TEST(Clock, RefusesWhatIsNoTime) {
  for (const char* text : {"", "now", "-5", "12:30", "5+", "5+x", "5+99999", "99999999999999999999"}) {
    EXPECT_FALSE(Clock::starting_at(text)) << text;
  }
}

}  // namespace
}  // namespace attune::cli
