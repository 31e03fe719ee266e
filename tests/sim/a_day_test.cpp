// An invitation lives for a day, however the phone comes to its end.
#include <gtest/gtest.h>

#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// The phone was off when the day ran out, and nothing has ticked since.
TEST(ADay, AfterwardsAnInvitationIsOverHoweverThePhoneComesToIt) {
  Meeting meeting(17);
  meeting.until_words();
  const Json words = meeting.sam.see("invitation")["words"];
  const auto disk = meeting.sam.disk();
  meeting.sam.go_offline();
  meeting.world.run_for(24 * 60 * kMinute);
  meeting.sam.disk() = disk;
  meeting.sam.restart();
  EXPECT_EQ(meeting.sam.see("invitation")["ended"], "expired");
  EXPECT_EQ(meeting.sam.command("space.same-words", {{"words", words}})["code"], "no-invitation");
  EXPECT_EQ(meeting.sam.see("app")["phase"], "alone");
}

}  // namespace
}  // namespace attune::sim
