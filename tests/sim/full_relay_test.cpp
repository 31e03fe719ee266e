// A relay without room: it is offered what waits less and less often, and gets all of it once there is room.
#include <gtest/gtest.h>

#include "tests/sim/pair.h"
#include "tests/sim/relay_eye.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

/// When each stream was offered something by this device, from the first time on.
std::map<StreamId, std::vector<std::int64_t>> offers(const RelayEye& eye, const Device& from) {
  std::map<StreamId, std::vector<std::int64_t>> out;
  for (const SeenAppend& append : eye.appends) {
    if (append.from == &from) out[append.stream].push_back(append.at_ms);
  }
  return out;
}

TEST(FullRelay, IsAskedLessAndLessOften) {
  Pair couple(91);
  RelayEye eye(couple.world);
  couple.world.run_for(kMinute);
  eye.forget();
  couple.world.store().fail_with(server::Outcome::full);
  couple.thank(couple.sam, "Waits for room");
  couple.world.run_for(3 * kHour);
  EXPECT_TRUE(named(couple.sam, "server-full"));
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "on-this-phone");
  const auto asked = offers(eye, couple.sam);
  EXPECT_EQ(asked.size(), 2U);  // the thank-you, and the beats of what is private
  for (const auto& [stream, times] : asked) {
    EXPECT_GT(times.size(), 10U);
    EXPECT_LT(times.size(), 50U);
    EXPECT_EQ(times[1] - times[0], 5 * kSecond);
    for (std::size_t i = 2; i < times.size(); ++i) {
      const std::int64_t before = times[i - 1] - times[i - 2];
      EXPECT_EQ(times[i] - times[i - 1], std::min(2 * before, 5 * kMinute));
    }
  }
}

TEST(FullRelay, GetsEverythingSoonAfterThereIsRoomAndIsAskedSoonTheNextTime) {
  Pair couple(92);
  couple.world.store().fail_with(server::Outcome::full);
  couple.thank(couple.sam, "Waits for room");
  couple.world.run_for(3 * kHour);
  couple.world.store().fail_with(server::Outcome::committed);
  couple.world.run_for(6 * kMinute);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
  couple.world.store().fail_with(server::Outcome::full);
  couple.thank(couple.sam, "Waits again");
  couple.world.run_for(kSecond);
  couple.world.store().fail_with(server::Outcome::committed);
  couple.world.run_for(6 * kSecond);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 2U);
}

TEST(FullRelay, IsAskedAtOnceInANewSession) {
  Pair couple(93);
  couple.world.store().fail_with(server::Outcome::full);
  couple.thank(couple.sam, "Waits for room");
  couple.world.run_for(3 * kHour);
  couple.world.store().fail_with(server::Outcome::committed);
  couple.sam.go_offline();
  couple.sam.go_online();
  couple.world.run_for(5 * kSecond);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
}

}  // namespace
}  // namespace attune::sim
