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

TEST(Clock, NamesTheNextTimeThatItIsThatLate) {
  const auto clock = Clock::starting_at("1741118640000+60");  // 21:04 there
  EXPECT_EQ(clock->named("21:30"), kEvening + 26 * 60'000);
  EXPECT_EQ(clock->named("9:00"), kEvening + (11 * 60 + 56) * 60'000) << "tomorrow";
  EXPECT_EQ(clock->named("21:04"), kEvening + 24 * 3'600'000) << "not what has just been";
  EXPECT_EQ(clock->named("2025-03-05 21:04"), kEvening + 24 * 3'600'000);
  EXPECT_EQ(clock->named("2025-12-31T00:00"), 1'767'135'600'000);
}

TEST(Clock, NamesADayInTheZoneThatWillHoldThen) {
  setenv("TZ", "Europe/Berlin", 1);
  tzset();
  const Clock clock;
  const auto winter = clock.named("2098-01-15 12:00");
  const auto summer = clock.named("2098-07-15 12:00");
  ASSERT_TRUE(winter && summer);
  EXPECT_EQ(clock.local(*winter).tm_hour, 12);
  EXPECT_EQ(clock.local(*summer).tm_hour, 12);
  EXPECT_NE(clock.offset_at(*winter), clock.offset_at(*summer));
  unsetenv("TZ");
  tzset();
}

TEST(Clock, NamesADayFromItsBeginningToItsEnd) {
  const auto clock = Clock::starting_at("1741118640000+60");
  const auto day = clock->day("2025-03-04");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->from, kEvening - (21 * 60 + 4) * 60'000);
  EXPECT_EQ(day->to, day->from + 24 * 3'600'000 - 1);
  for (const char* text : {"", "2025-02-29", "2025-3-4", "2025-03-04 ", "2025-03-04 10:00", "spring"}) {
    EXPECT_FALSE(clock->day(text)) << text;
  }
}

TEST(Clock, NamesNoTimeThatIsNoneOrHasPassed) {
  const auto clock = Clock::starting_at("1741118640000+60");
  for (const char* text :
       {"", "soon", "24:00", "12:60", "12:5", "-1:30", "12:30 ", "1230", ":30", "2025-03-04 21:04", "2025-02-30 12:00",
        "2025-13-01 12:00", "2025-03-05", "2025-03-05 ", "2025-03-05_12:00", "02025-03-05 12:0"}) {
    EXPECT_FALSE(clock->named(text)) << text;
  }
}

}  // namespace
}  // namespace attune::cli
