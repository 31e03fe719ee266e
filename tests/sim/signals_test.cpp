// Who is in the room, said by signals: seen at once, kept nowhere, and not to be forged by whoever carries them.
#include <gtest/gtest.h>

#include "tests/sim/pair.h"
#include "wire/frames.h"

namespace attune::sim {
namespace {

constexpr std::uint8_t kSignalled = 0x8C;
constexpr std::uint8_t kSignal = 0x0F;

struct InOneRoom : Pair {
  std::string room;
  explicit InOneRoom(std::uint64_t seed) : Pair(seed) {
    room = sam.must("listen.propose", {{"how", "two-phones"}})["command"];
    world.settle();
  }
  void say(Device& device, std::string_view what) {
    device.command("signal.say", {{"item", room}, {"say", what}});
    world.settle();
  }
  void both_here() {
    say(sam, "here");
    say(noa, "here");
    say(sam, "here");
  }
  static std::string other(Device& device) { return device.see("presence")["other"]; }
};

TEST(Signals, EachSeesThatTheOtherIsThereAndHasPausedAndHasGone) {
  InOneRoom at(3);
  EXPECT_EQ(InOneRoom::other(at.sam), "unknown");
  at.both_here();
  EXPECT_EQ(InOneRoom::other(at.sam), "here");
  EXPECT_EQ(InOneRoom::other(at.noa), "here");
  at.say(at.noa, "paused");
  EXPECT_EQ(InOneRoom::other(at.sam), "paused");
  at.say(at.noa, "here");
  EXPECT_EQ(InOneRoom::other(at.sam), "here");
  at.say(at.noa, "left");
  EXPECT_EQ(InOneRoom::other(at.sam), "left");
}

TEST(Signals, LeaveNoRecordAndNoRow) {
  InOneRoom at(4);
  at.both_here();
  const auto records = at.sam.see("app")["sync"];
  const Json step = at.sam.see("step");
  const auto disk = at.sam.disk();
  for (const char* what : {"paused", "here", "away", "here"}) at.say(at.sam, what);
  EXPECT_EQ(at.sam.see("step"), step);
  EXPECT_EQ(at.sam.disk(), disk);
  EXPECT_EQ(at.sam.see("app")["sync"], records);
}

TEST(Signals, OfOneWhoHasNotBeenHeardForFifteenSecondsNothingIsSaid) {
  InOneRoom at(5);
  at.both_here();
  at.noa.go_offline();
  at.world.run_for(8'000);
  EXPECT_EQ(InOneRoom::other(at.sam), "here");
  at.world.run_for(8'000);
  EXPECT_EQ(InOneRoom::other(at.sam), "unknown");
}

TEST(Signals, WhoIsNotInTheRoomHearsNothing) {
  InOneRoom at(6);
  std::size_t told = 0;
  at.world.meddle([&](const Device& to, Bytes message) {
    if (&to == &at.noa && message[0] == kSignalled) ++told;
    return std::vector<Bytes>{std::move(message)};
  });
  at.say(at.sam, "here");
  at.say(at.sam, "paused");
  EXPECT_EQ(told, 0U);
  EXPECT_EQ(InOneRoom::other(at.noa), "unknown");
}

/// The relay plays back what it has carried before: after it was said otherwise, and after the app was started anew.
TEST(Signals, PlayedBackTheyProveNothing) {
  InOneRoom at(7);
  std::vector<Bytes> carried;
  bool play = false;
  at.world.meddle([&](const Device& to, Bytes message) {
    if (&to != &at.sam || message[0] != kSignalled) return std::vector<Bytes>{std::move(message)};
    if (play) return carried;
    carried.push_back(message);
    return std::vector<Bytes>{std::move(message)};
  });
  at.both_here();
  ASSERT_FALSE(carried.empty());
  at.say(at.noa, "paused");
  ASSERT_EQ(InOneRoom::other(at.sam), "paused");
  carried.pop_back();  // what says that Noa has paused
  play = true;
  at.say(at.noa, "paused");
  EXPECT_EQ(InOneRoom::other(at.sam), "paused") << "an earlier “here” was believed once more";
  at.sam.restart();
  at.world.settle();
  at.say(at.sam, "here");
  at.say(at.noa, "here");
  EXPECT_EQ(InOneRoom::other(at.sam), "unknown") << "what Noa told an earlier run was believed by this one";
}

/// The same while the one who hears them stays: the other went out and came back, or began anew, with another token.
TEST(Signals, PlayedBackFromBeforeTheOtherCameBackTheyAreNotBelievedEither) {
  for (const bool anew : {false, true}) {
    InOneRoom at(11);
    std::vector<Bytes> carried;
    bool play = false;
    at.world.meddle([&](const Device& to, Bytes message) {
      if (&to != &at.sam || message[0] != kSignalled) return std::vector<Bytes>{std::move(message)};
      if (play) return carried;
      carried.push_back(message);
      return std::vector<Bytes>{std::move(message)};
    });
    at.both_here();
    at.say(at.noa, "here");
    const std::vector<Bytes> before = carried;
    ASSERT_FALSE(before.empty());
    anew ? at.noa.restart() : at.say(at.noa, "left");
    at.world.settle();
    at.say(at.noa, "here");
    at.say(at.noa, "paused");
    at.say(at.noa, "paused");
    ASSERT_EQ(InOneRoom::other(at.sam), "paused");
    play = true;
    for (int times = 0; times < 3; ++times) {
      carried = before;
      at.say(at.noa, "paused");
      EXPECT_EQ(InOneRoom::other(at.sam), "paused") << "what was said before Noa came back was believed again";
    }
  }
}

/// A changed app, or a relay, says what has to be answered as fast as it can: the other's words do not fail for it.
TEST(Signals, AreAnsweredSeldomHoweverManyCome) {
  InOneRoom at(12);
  at.both_here();
  std::vector<Bytes> asking;
  at.world.meddle([&](const Device& to, Bytes message) {
    if (&to == &at.sam && message[0] == kSignalled) asking.push_back(message);
    return std::vector<Bytes>{std::move(message)};
  });
  at.sam.restart();  // from now on none of what Noa says proves anything, until she hears of it
  at.world.settle();
  at.sam.command("signal.say", {{"item", at.room}, {"say", "here"}});
  at.say(at.noa, "here");
  ASSERT_FALSE(asking.empty());
  std::size_t said = 0;
  at.world.watch([&](const Device& from, ByteView message) {
    if (&from == &at.sam && message[0] == kSignal) ++said;
  });
  at.world.meddle([&](const Device& to, Bytes message) {
    std::vector<Bytes> out{std::move(message)};
    if (&to == &at.sam && out[0][0] == kSignalled) {
      for (int times = 0; times < 500; ++times) out.push_back(asking[0]);
    }
    return out;
  });
  const std::int64_t began = at.world.now().ms;
  for (int times = 0; times < 5; ++times) at.say(at.noa, "here");
  EXPECT_LE(said, 4U + static_cast<std::size_t>(at.world.now().ms - began) / 1'000U + 1U);
  at.thank(at.sam, "all the same");
  at.world.settle();
  EXPECT_EQ(opened_thanks(at.noa), "all the same");
  EXPECT_TRUE(notices(at.sam).empty());
}

/// Another room, another sender, another stream: none opens.
TEST(Signals, AlteredOrMisplacedTheyAreNotBelieved) {
  for (const std::size_t at_byte : {std::size_t{40}, std::size_t{70}, std::size_t{120}}) {
    InOneRoom at(8);
    at.world.meddle([&](const Device& to, Bytes message) {
      if (&to == &at.sam && message[0] == kSignalled) message.at(at_byte) ^= 1;
      return std::vector<Bytes>{std::move(message)};
    });
    at.both_here();
    EXPECT_EQ(InOneRoom::other(at.sam), "unknown") << at_byte;
    EXPECT_TRUE(notices(at.sam).empty());
  }
}

TEST(Signals, OfflineTheyAreRefusedAndNothingWaits) {
  InOneRoom at(9);
  at.noa.go_offline();
  at.world.run_for(1'000);
  EXPECT_EQ(at.noa.command("signal.say", {{"item", at.room}, {"say", "here"}})["code"], "not-connected");
  at.noa.go_online();
  at.world.run_for(5'000);
  EXPECT_EQ(at.noa.see("app")["sync"]["on_this_phone"], 0);
}

/// A relay from before signals hangs up on the first one; what can be believed goes on as ever.
TEST(Signals, ARelayThatDoesNotKnowThemIsToldNoneAnyMore) {
  InOneRoom at(10);
  std::size_t said = 0;
  bool hang_up = false;
  at.world.watch([&](const Device& from, ByteView message) {
    if (&from != &at.sam || message[0] != kSignal) return;
    ++said;
    hang_up = true;
  });
  at.world.meddle([&](const Device& to, Bytes message) {
    if (&to != &at.sam || !hang_up) return std::vector<Bytes>{std::move(message)};
    hang_up = false;
    return std::vector<Bytes>{wire::encode(wire::Fault{.code = wire::kBadFrame.number})};
  });
  at.say(at.sam, "here");
  at.thank(at.noa, "a word that comes behind it");
  at.world.run_for(60'000);
  at.sam.go_offline();
  at.sam.go_online();
  at.world.run_for(60'000);
  at.say(at.sam, "here");
  EXPECT_EQ(said, 1U);
  EXPECT_TRUE(notices(at.sam).empty());
}

}  // namespace
}  // namespace attune::sim
