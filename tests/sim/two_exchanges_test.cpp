// A person invites and is invited: one exchange at a time, and a tap that is for the words on the screen.
#include <gtest/gtest.h>

#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

/// Sam and Noa have each begun and invited the other.
struct Mutual {
  Meeting meeting;
  std::string noas_link;

  explicit Mutual(std::uint64_t seed) : meeting(seed) {
    meeting.noa.must("space.start", {{"name", "Noa"}, {"relay", meeting.world.relay_address()}});
    meeting.world.settle();
    meeting.invite();
    noas_link = meeting.noa.must("space.invite", {{"app", "https://app.example"}})["link"].get<std::string>();
    meeting.world.settle();
  }
};

TEST(TwoExchanges, AcceptingOneInvitationEndsOnesOwn) {
  Mutual scene(12);
  scene.meeting.sam.must("space.join", {{"link", scene.noas_link}});
  scene.meeting.world.settle();
  scene.meeting.look();
  scene.meeting.sam.must("space.accept");
  scene.meeting.world.settle();
  EXPECT_EQ(scene.meeting.sam.see("invitation")["ended"], "cancelled");
  EXPECT_EQ(scene.meeting.noa.see("joining")["ended"], "link-used");  // and so Noa can not answer that one any more
  EXPECT_EQ(scene.meeting.noa.see("invitation")["words"], scene.meeting.sam.see("joining")["words"]);
  EXPECT_EQ(tap_same(scene.meeting.noa, "invitation")["ok"], true);
  EXPECT_EQ(tap_same(scene.meeting.sam, "joining")["ok"], true);
  scene.meeting.world.settle();
  for (Device* device : {&scene.meeting.sam, &scene.meeting.noa}) EXPECT_EQ(device->see("app")["phase"], "paired");
  EXPECT_EQ(scene.meeting.sam.see("step")["words"], scene.meeting.noa.see("step")["words"]);
}

/// Both accept before either hears of it: neither exchange is left, and both are told to begin again.
TEST(TwoExchanges, AcceptedCrosswiseLeaveNobodyInASpaceAlone) {
  Mutual scene(13);
  scene.meeting.sam.must("space.join", {{"link", scene.noas_link}});
  scene.meeting.look();
  scene.meeting.sam.must("space.accept");
  scene.meeting.noa.must("space.accept");
  scene.meeting.world.settle();
  for (Device* device : {&scene.meeting.sam, &scene.meeting.noa}) {
    EXPECT_EQ(device->see("invitation")["state"], "ended");
    EXPECT_EQ(device->see("joining")["state"], "ended");
    EXPECT_EQ(device->see("app")["phase"], "alone");
  }
}

TEST(TwoExchanges, NoInvitationIsMadeWhileOneIsBeingAnswered) {
  Meeting meeting(14);
  meeting.noa.must("space.start", {{"name", "Noa"}, {"relay", meeting.world.relay_address()}});
  meeting.until_words();
  EXPECT_EQ(meeting.noa.command("space.invite", {{"app", "https://app.example"}})["code"], "joining-now");
  meeting.noa.must("space.different-words");
  meeting.noa.must("space.invite", {{"app", "https://app.example"}});
}

TEST(TwoExchanges, ATapIsForTheWordsThatWereShown) {
  Meeting meeting(15);
  meeting.until_words();
  const Json others = {"abandon", "ability", "able", "about"};
  for (Device* device : {&meeting.sam, &meeting.noa}) {
    EXPECT_EQ(device->command("space.same-words", {{"words", others}})["code"], "no-invitation");
    EXPECT_EQ(device->command("space.same-words", {{"words", Json::array()}})["code"], "no-invitation");
  }
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "compare");
  EXPECT_EQ(meeting.noa.see("joining")["state"], "compare");
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
}

TEST(TwoExchanges, BecomingACoupleByOnesOwnInvitationEndsLookingAtAnother) {
  Meeting meeting(16);
  meeting.until_words();
  Device& third = meeting.world.add("Third");
  third.must("space.start", {{"name", "Third"}, {"relay", meeting.world.relay_address()}});
  meeting.world.settle();
  const Json other = third.must("space.invite", {{"app", "https://app.example"}})["link"];
  meeting.world.settle();
  meeting.sam.must("space.join", {{"link", other}});
  meeting.world.settle();
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.sam.see("app")["phase"], "paired");
  EXPECT_EQ(meeting.sam.see("joining")["state"], "none");
  EXPECT_EQ(meeting.sam.command("space.accept")["ok"], false);
  EXPECT_EQ(third.see("invitation")["state"], "waiting");
}

}  // namespace
}  // namespace attune::sim
