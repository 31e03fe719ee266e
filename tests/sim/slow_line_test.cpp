// A line on which the proof of who one is comes after its challenge is over, and a relay that takes no proof.
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

}  // namespace
}  // namespace attune::sim
