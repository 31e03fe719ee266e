// When a device is called, and when it is left alone.
#include "server/relay/waker.h"

#include <gtest/gtest.h>

#include "vectors/couple.h"

namespace attune::tests {
namespace {

using server::Presence;
using server::Time;
using server::Waker;

constexpr Time kStart{1'790'000'000'000};
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;

struct Scene {
  Presence presence;
  Waker waker{presence};
  SignKey device = all<SignKey>(1);
  SignKey other = all<SignKey>(2);

  std::vector<SignKey> due(Time now) { return waker.due(now, 16); }
  /// It is due, is called, and the service takes the call.
  bool called(Time now) {
    if (due(now) != std::vector{device}) return false;
    waker.answered(device, Waker::Answer::called, now);
    return true;
  }
};

TEST(Waking, ADeviceThatIsAwayIsCalledAtOnceAndOnce) {
  Scene scene;
  EXPECT_TRUE(scene.due(kStart).empty());
  scene.waker.news(scene.device, kStart);
  EXPECT_TRUE(scene.called(kStart));
  EXPECT_TRUE(scene.due(kStart + 10 * kMinute).empty());
}

TEST(Waking, WhatComesWithinAMinuteOfACallIsToldAtItsEndTogether) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_TRUE(scene.called(kStart));
  for (int i = 1; i < 50; ++i) scene.waker.news(scene.device, kStart + i * kSecond);
  EXPECT_TRUE(scene.due(kStart + (kMinute - 1)).empty());
  EXPECT_TRUE(scene.called(kStart + kMinute));
  EXPECT_TRUE(scene.due(kStart + 2 * kMinute).empty());
}

TEST(Waking, ADeviceInSomebodysHandIsLeftAlone) {
  Scene scene;
  scene.presence.arrive(scene.device, kStart);
  scene.waker.news(scene.device, kStart);
  EXPECT_TRUE(scene.due(kStart).empty());
  scene.presence.hear(scene.device, kStart + 3 * kSecond);
  EXPECT_TRUE(scene.due(kStart + 15 * kSecond).empty());
  EXPECT_TRUE(scene.due(kStart + 10 * kMinute).empty());
}

TEST(Waking, AConnectionThatSaysNothingMoreIsOfAPhonePutAway) {
  Scene scene;
  scene.presence.arrive(scene.device, kStart + -kMinute);
  scene.presence.hear(scene.device, kStart);
  scene.waker.news(scene.device, kStart);
  EXPECT_TRUE(scene.due(kStart + (15 * kSecond - 1)).empty());
  EXPECT_TRUE(scene.called(kStart + 15 * kSecond));
}

TEST(Waking, WhoWasHeardOnlyBeforeTheNewestNewsIsCalled) {
  Scene scene;
  scene.presence.arrive(scene.device, kStart);
  scene.waker.news(scene.device, kStart);
  scene.presence.hear(scene.device, kStart + 2 * kSecond);
  scene.waker.news(scene.device, kStart + 4 * kSecond);
  EXPECT_TRUE(scene.called(kStart + 15 * kSecond));
}

TEST(Waking, ATimeOfItsOwnCallsADeviceEvenInSomebodysHand) {
  Scene scene;
  scene.presence.arrive(scene.device, kStart);
  scene.waker.time_came(scene.device, kStart);
  scene.presence.hear(scene.device, kStart + kSecond);
  EXPECT_TRUE(scene.called(kStart + kSecond));
  scene.waker.news(scene.device, kStart + 2 * kMinute);
  scene.presence.hear(scene.device, kStart + 2 * kMinute + kSecond);
  EXPECT_TRUE(scene.due(kStart + 10 * kMinute).empty()) << "and later news leave it alone again";
}

TEST(Waking, AServiceInTroubleIsTriedAgainEverMoreSlowlyAndThenNoMore) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  Time now = kStart;
  for (const std::int64_t pause : {kMinute, 5 * kMinute, 25 * kMinute}) {
    EXPECT_EQ(scene.due(now), std::vector{scene.device});
    scene.waker.answered(scene.device, Waker::Answer::later, now);
    EXPECT_TRUE(scene.due(now + pause + -1).empty());
    now = now + pause;
  }
  EXPECT_EQ(scene.due(now), std::vector{scene.device});
  scene.waker.answered(scene.device, Waker::Answer::later, now);
  EXPECT_TRUE(scene.due(now + 24 * 60 * kMinute).empty());
  scene.waker.news(scene.device, now + 24 * 60 * kMinute);
  EXPECT_TRUE(scene.called(now + 24 * 60 * kMinute)) << "what comes later is a new matter";
}

TEST(Waking, AServiceIsGivenTheTimeItAsksForUpToAnHour) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_EQ(scene.due(kStart).size(), 1U);
  scene.waker.answered(scene.device, Waker::Answer::later, kStart, 10 * kMinute);
  EXPECT_TRUE(scene.due(kStart + 10 * kMinute + -1).empty());
  EXPECT_EQ(scene.due(kStart + 10 * kMinute).size(), 1U);
  scene.waker.answered(scene.device, Waker::Answer::later, kStart + 10 * kMinute, 1000 * kMinute);
  EXPECT_EQ(scene.due(kStart + 70 * kMinute).size(), 1U);
}

TEST(Waking, NoDeviceIsCalledTwiceAtATime) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_EQ(scene.due(kStart).size(), 1U);
  scene.waker.news(scene.device, kStart + kSecond);
  EXPECT_TRUE(scene.due(kStart + 5 * kMinute).empty()) << "the first call is still under way";
  scene.waker.answered(scene.device, Waker::Answer::called, kStart + 5 * kMinute);
  EXPECT_EQ(scene.due(kStart + 5 * kMinute).size(), 1U) << "and what came meanwhile is told after it";
}

TEST(Waking, ADeviceThatIsGoneIsForgotten) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_EQ(scene.due(kStart).size(), 1U);
  scene.waker.answered(scene.device, Waker::Answer::gone, kStart);
  EXPECT_TRUE(scene.due(kStart + 60 * kMinute).empty());
}

TEST(Waking, WhatComesWhileAnAddressThatHasEndedIsCalledIsToldAtTheNextOne) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_EQ(scene.due(kStart).size(), 1U);
  scene.waker.news(scene.device, kStart + kSecond);  // the device has come with a new address by now
  scene.waker.answered(scene.device, Waker::Answer::gone, kStart + 2 * kSecond);
  EXPECT_TRUE(scene.called(kStart + kMinute));
}

TEST(Waking, WhoWaitsLongestIsCalledFirstAndNoMoreThanAskedFor) {
  Scene scene;
  scene.waker.news(scene.other, kStart);
  scene.waker.news(scene.device, kStart + kSecond);
  EXPECT_EQ(scene.waker.due(kStart + 2 * kSecond, 1), std::vector{scene.other});
  EXPECT_TRUE(scene.waker.due(kStart + 2 * kSecond, 0).empty());
  EXPECT_EQ(scene.waker.due(kStart + 2 * kSecond, 1), std::vector{scene.device});
}

TEST(Waking, OnlySoManyWaitAtATime) {
  Scene scene;
  for (std::size_t i = 0; i < Waker::kMostWaiting + 5; ++i) {
    SignKey one;
    one.bytes[0] = static_cast<std::uint8_t>(i);
    one.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    scene.waker.news(one, kStart);
  }
  EXPECT_EQ(scene.waker.due(kStart, 100'000).size(), Waker::kMostWaiting);
}

TEST(Waking, AClockThatIsSetBackHoldsNobodyUpForLong) {
  Scene scene;
  scene.waker.news(scene.device, kStart);
  EXPECT_TRUE(scene.called(kStart));
  const Time earlier = kStart + -1000 * kMinute;
  scene.waker.news(scene.device, earlier);
  EXPECT_TRUE(scene.called(earlier + kMinute));
}

}  // namespace
}  // namespace attune::tests
