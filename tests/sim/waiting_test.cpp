// Commands that wait: refused when their turn comes, written down and read again, and a clock that is set back.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

TEST(Waiting, TheAnswersOpenAtOnceWhenATakingBackCameTooLate) {
  Pair couple(51);
  const std::string item = couple.offer();
  couple.sam.must("openup.answer", {{"question", item}, {"text", "A loud one"}});
  couple.world.settle();
  couple.sam.must("space.take-back", {{"item", item}}, 5'000);
  couple.noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
  couple.world.run_for(2'000);
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opening");
  couple.world.run_for(8'000);
  EXPECT_TRUE(named(couple.sam, "refused-later"));
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.noa, item)["theirs"], "A loud one");
}

TEST(Waiting, TheAnswersOpenAtOnceWhenATakingBackIsUndone) {
  Pair couple(55);
  const std::string item = couple.offer();
  couple.sam.must("openup.answer", {{"question", item}, {"text", "A loud one"}});
  couple.world.settle();
  const Json back = couple.sam.must("space.take-back", {{"item", item}}, 5'000);
  couple.noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
  couple.world.run_for(2'000);
  couple.sam.must("space.undo", {{"command", back["command"]}});
  couple.world.run_for(1'000);
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opened");
}

TEST(Waiting, ArgumentsANewerScreenAddedAreNotKeptAndCanNotDamageTheStorage) {
  Pair couple(52);
  const std::string item = couple.offer();
  Json deep = "Underneath";
  for (int i = 0; i < 31; ++i) deep = Json::array({deep});
  couple.noa.must("openup.pass", {{"question", item}, {"more", deep}});
  couple.noa.restart();  // which ends the program if its rows can not be read
  EXPECT_EQ(couple.noa.see("openup")["questions"].size(), 0U);
}

TEST(Waiting, AClockThatIsSetBackHoldsUpNoBeatNoSendingAndNoDialling) {
  Pair couple(53);
  couple.noa.must("cherish.keep", {{"did", "For the jar"}, {"says", ""}, {"felt", ""}});
  couple.noa.must("cherish.thank", {{"did", "Just before"}, {"says", ""}, {"felt", ""}}, 5'000);
  couple.world.run_for(1'000);
  couple.world.set_clock(-10 * kDay);
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 1U);
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["mark"], "safe");
  couple.world.crash_relay();
  couple.world.run_for(10 * kMinute);
  couple.world.set_clock(-10 * kDay);
  couple.world.restart_relay();
  couple.world.run_for(3 * kMinute);
  EXPECT_EQ(couple.noa.see("app")["sync"]["connection"], "online");
}

}  // namespace
}  // namespace attune::sim
