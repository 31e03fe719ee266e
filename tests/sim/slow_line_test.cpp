// Sessions that come to nothing: the proof of who one is comes after its challenge is over, no proof is taken, or the
// relay breaks off right behind its welcome.
#include <gtest/gtest.h>

#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;

/// Sam's phone dials, and nothing passes for longer than a challenge lives.
void dial_slowly(Pair& couple) {
  couple.sam.go_offline();
  couple.sam.go_online();
  couple.sam.hold_line(40 * kSecond);
}

TEST(SlowLine, AProofThatComesTooLateIsGivenAgainAndNobodyIsTold) {
  Pair couple(111);
  dial_slowly(couple);
  couple.sam.must("cherish.thank", {{"did", "Waits"}, {"says", ""}, {"felt", ""}});
  couple.world.run_for(3 * kMinute);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
}

TEST(SlowLine, AClockThatIsSetMeanwhileAccusesNobody) {
  for (const std::int64_t by : {-20 * kMinute, -40 * kSecond, 20 * kMinute}) {
    Pair couple(112);
    dial_slowly(couple);
    couple.world.run_for(20 * kSecond);
    couple.world.set_clock(by);
    couple.world.run_for(3 * kMinute);
    EXPECT_EQ(notices(couple.sam), std::vector<std::string>{}) << by;
    EXPECT_EQ(couple.sam.see("app")["sync"]["connection"], "online") << by;
  }
}

TEST(SlowLine, ARelayThatTakesNoProofInTimeIsNamed) {
  Pair couple(113);
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    if (&to != &couple.sam || !frame || !std::holds_alternative<wire::Welcome>(*frame)) return {message};
    return {wire::encode(wire::FromRelay(wire::Fault{.code = wire::kNotAuthenticated.number}))};
  });
  couple.sam.go_offline();
  couple.sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_TRUE(named(couple.sam, "not-authenticated"));
}

/// When a device greeted the relay.
std::vector<std::int64_t> greetings(World& world, const Device& by, std::int64_t during_ms) {
  std::vector<std::int64_t> out;
  world.watch([&](const Device& from, ByteView message) {
    const auto frame = wire::decode_from_device(message);
    if (&from == &by && frame && std::holds_alternative<wire::Hello>(*frame)) out.push_back(world.now().ms);
  });
  world.run_for(during_ms);
  world.watch({});
  return out;
}

TEST(SlowLine, ARelayThatBreaksOffBehindItsWelcomeIsDialledLessAndLessOften) {
  Pair couple(114);
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    if (&to != &couple.sam || !frame || !std::holds_alternative<wire::Welcome>(*frame)) return {message};
    return {message, {0xff}};  // the welcome, and something that is no message
  });
  couple.sam.go_offline();
  couple.sam.go_online();
  const auto dialled = greetings(couple.world, couple.sam, 60 * kMinute);
  ASSERT_GT(dialled.size(), 30U);
  EXPECT_LT(dialled.size(), 80U);
  for (std::size_t i = 2; i < dialled.size(); ++i) {
    const std::int64_t before = dialled[i - 1] - dialled[i - 2];
    EXPECT_EQ(dialled[i] - dialled[i - 1], std::min(2 * before, kMinute)) << i;
  }
  couple.world.meddle({});
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(couple.sam.see("app")["sync"]["connection"], "online");

  // That session was a good one: a line that breaks is dialled again after a second.
  couple.sam.go_offline();
  couple.sam.go_online();
  EXPECT_EQ(greetings(couple.world, couple.sam, 2 * kSecond).size(), 1U);
}

}  // namespace
}  // namespace attune::sim
