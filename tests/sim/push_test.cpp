// What a device tells its relay of being woken, with the relay's side played by hand.
#include <gtest/gtest.h>

#include "attune/crypto/base64.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;

/// As far as its form goes.
P256Key key_of(std::uint8_t fill) {
  P256Key out = P256Key::copy_of(Bytes(P256Key::kSize, fill));
  out.bytes[0] = 4;
  return out;
}

/// Sam's device, and a relay that answers for the push messages what the test wants.
struct Push : testing::Test {
  Pair couple{81};
  Device& sam = couple.sam;
  std::optional<wire::PushKey> answer = wire::PushKey{.available = true, .key = key_of(4)};
  std::vector<wire::PushSet> set;
  std::vector<std::vector<std::uint64_t>> times;  ///< as told, each in place of those before
  std::size_t asked = 0;
  std::size_t cleared = 0;

  Push() {
    couple.world.watch([this](const Device& from, ByteView bytes) {
      const auto message = wire::decode_from_device(bytes);
      if (&from != &sam || !message) return;
      asked += std::holds_alternative<wire::PushKeyAsk>(*message) ? 1U : 0U;
      cleared += std::holds_alternative<wire::PushClear>(*message) ? 1U : 0U;
      if (const auto* one = std::get_if<wire::PushSet>(&*message)) set.push_back(*one);
      if (const auto* one = std::get_if<wire::WakeAt>(&*message)) times.push_back(one->times);
    });
    couple.world.meddle([this](const Device&, Bytes bytes) -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      if (!message) return {bytes};
      if (std::holds_alternative<wire::PushKey>(*message) && answer) return {wire::encode(*answer)};
      if (const auto* refused = std::get_if<wire::Refused>(&*message); refused != nullptr && answer) {
        return {wire::encode(wire::Stored{.request = refused->request, .head = 0, .history = {}})};
      }
      return {bytes};
    });
  }
  void subscribe(std::uint8_t relay_key = 4) {
    sam.must("space.push-set", {{"endpoint", "https://push.example/1"},
                                {"p256dh", crypto::to_base64(key_of(7).view())},
                                {"auth", crypto::to_base64(Bytes(16, 1))},
                                {"key", crypto::to_base64(key_of(relay_key).view())}});
  }
  void be_called() {
    sam.must("space.push-ask");
    couple.world.settle();
    subscribe();
    couple.world.settle();
  }
  /// Seconds since 1970, so many minutes from now.
  std::uint64_t in(std::int64_t minutes) {
    return static_cast<std::uint64_t>(couple.world.now().ms / 1000 + minutes * 60);
  }
  Json seen() { return sam.see("notifications"); }
};

TEST_F(Push, NothingIsAskedOfTheRelayBeforeAPersonWantsIt) {
  couple.world.run_for(kMinute);
  EXPECT_EQ(asked, 0U);
  EXPECT_EQ(seen()["state"], "unknown");
  sam.must("space.push-ask");
  couple.world.settle();
  EXPECT_EQ(seen()["state"], "off");
  EXPECT_EQ(seen()["key"], crypto::to_base64(key_of(4).view()));
}

TEST_F(Push, IsToldTheRelayAndToldAnewInEachSession) {
  sam.must("space.push-ask");
  couple.world.settle();
  subscribe();
  EXPECT_EQ(seen()["state"], "on-this-phone");
  couple.world.settle();
  EXPECT_EQ(seen()["state"], "on");
  ASSERT_EQ(set.size(), 1U);
  EXPECT_EQ(set[0].endpoint, "https://push.example/1");
  sam.restart();
  couple.world.run_for(kMinute);
  EXPECT_EQ(set.size(), 2U);
  EXPECT_EQ(seen()["state"], "on");
}

TEST_F(Push, WithdrawnOfflineItIsWithdrawnAtTheRelayLater) {
  sam.must("space.push-ask");
  couple.world.settle();
  subscribe();
  couple.world.settle();
  sam.go_offline();
  sam.must("space.push-clear");
  sam.restart();
  EXPECT_NE(seen()["state"], "on");
  sam.go_online();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(cleared, 1U);
  sam.restart();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(cleared, 1U);
  EXPECT_EQ(set.size(), 1U);
}

TEST_F(Push, AnotherKeyOfTheRelaysMeansSubscribingAnew) {
  sam.must("space.push-ask");
  couple.world.settle();
  subscribe(5);
  couple.world.settle();
  EXPECT_EQ(seen()["state"], "stale");
  EXPECT_TRUE(set.empty());
}

TEST_F(Push, ARelayThatWakesNobodySaysSo) {
  answer.reset();
  sam.must("space.push-ask");
  couple.world.settle();
  EXPECT_EQ(seen()["state"], "unavailable");
}

/// A relay from before these messages: it hangs up on them.
TEST_F(Push, ARelayFromBeforeIsNotAskedTwice) {
  couple.world.meddle([this](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    if (&to == &sam && message && std::holds_alternative<wire::PushKey>(*message)) {
      return {wire::encode(wire::Fault{.code = wire::kBadFrame.number})};
    }
    return {bytes};
  });
  sam.must("space.push-ask");
  couple.world.settle();
  sam.go_offline();
  sam.go_online();
  couple.world.run_for(10 * kMinute);
  EXPECT_EQ(asked, 1U);
  EXPECT_EQ(seen()["state"], "unavailable");
  EXPECT_EQ(notices(sam), std::vector<std::string>{});
  couple.thank(sam, "Everything else goes on");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
}

/// A line that breaks says nothing of the relay's age.
TEST_F(Push, ARelayWhoseAnswerWasLostIsAskedAgain) {
  bool lost = false;
  couple.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    if (&to != &sam || !message || !std::holds_alternative<wire::PushKey>(*message)) return {bytes};
    if (lost) return {wire::encode(*answer)};
    lost = true;
    return {};
  });
  sam.must("space.push-ask");
  couple.world.settle();
  sam.go_offline();
  sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_EQ(asked, 2U);
  EXPECT_EQ(seen()["state"], "off");
}

using Times = std::vector<std::uint64_t>;
using Told = std::vector<Times>;

TEST_F(Push, TheTimesToBeWokenAtAreToldAfterTheAddressAndAnewInEachSession) {
  be_called();
  EXPECT_TRUE(times.empty());  // a relay learns no time before a person wants it to
  const Times wanted = {in(60), in(120)};
  sam.must("space.wake-at", {{"times", wanted}});
  EXPECT_EQ(seen()["times"], Json(wanted));
  EXPECT_EQ(seen()["times_told"], false);
  couple.world.settle();
  EXPECT_EQ(times, Told{wanted});
  EXPECT_EQ(seen()["times_told"], true);
  sam.restart();
  EXPECT_EQ(seen()["times"], Json(wanted));
  couple.world.run_for(kMinute);
  EXPECT_EQ(times, (Told{wanted, wanted}));
  // The same once more is nothing to tell.
  sam.must("space.wake-at", {{"times", wanted}});
  couple.world.run_for(kMinute);
  EXPECT_EQ(times.size(), 2U);
}

TEST_F(Push, ATimeThatHasGoneByIsNotToldAgain) {
  be_called();
  const Times wanted = {in(1), in(120)};
  sam.must("space.wake-at", {{"times", wanted}});
  couple.world.run_for(2 * kMinute);
  sam.restart();
  couple.world.run_for(kMinute);
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[1], Times{wanted[1]});
}

TEST_F(Push, TimesAreTakenBackAlsoWhenItWasSaidOffline) {
  be_called();
  sam.must("space.wake-at", {{"times", {in(60)}}});
  couple.world.settle();
  sam.go_offline();
  sam.must("space.wake-at", {{"times", Json::array()}});
  sam.restart();
  EXPECT_EQ(seen()["times_told"], false);
  sam.go_online();
  couple.world.run_for(2 * kMinute);
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[1], Times{});
  EXPECT_EQ(seen()["times_told"], true);
  // Then it is forgotten: later sessions say nothing of times.
  sam.restart();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(times.size(), 2U);
}

TEST_F(Push, TimesMoveWithTheAddressAndGoWithIt) {
  be_called();
  const Times wanted = {in(60)};
  sam.must("space.wake-at", {{"times", wanted}});
  couple.world.settle();
  subscribe();  // the browser has moved it
  couple.world.settle();
  EXPECT_EQ(times, (Told{wanted, wanted}));
  sam.must("space.push-clear");
  couple.world.settle();
  EXPECT_EQ(cleared, 1U);
  EXPECT_EQ(seen()["times"], Json::array());
  EXPECT_EQ(sam.command("space.wake-at", {{"times", wanted}})["code"], "not-called");
  subscribe();
  couple.world.settle();
  EXPECT_EQ(seen()["state"], "on");
  EXPECT_EQ(times.size(), 2U);
}

TEST_F(Push, WhatIsNoSubscriptionIsRefused) {
  EXPECT_EQ(
      sam.command(
          "space.push-set",
          {{"endpoint", "https://push.example/1"}, {"p256dh", "AAAA"}, {"auth", "AAAA"}, {"key", "AAAA"}})["code"],
      "bad-arguments");
}

}  // namespace
}  // namespace attune::sim
