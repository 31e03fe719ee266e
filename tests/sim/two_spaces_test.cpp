// Two devices of one person and more than one shared space: none is taken for another, and none is lost unseen.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/letting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 3'600'000;

/// Sam has a phone and a tablet and is alone; Noa and Kim are there, too.
struct TwoSpaces : testing::Test {
  Meeting meeting{97};
  World& world = meeting.world;
  Device& phone = meeting.sam;
  Device& tablet = world.add("Tablet");
  Device& noa = meeting.noa;
  Device& kim = world.add("Kim");

  TwoSpaces() {
    Letting letting{.world = world, .first = phone, .tablet = tablet};
    letting.let_in();
    world.run_for(2 * kHour);
    EXPECT_EQ(tablet.see("app")["phase"], "alone");
  }
  void until_words(Device& inviter, Device& guest, const std::string& name) {
    const Json link = inviter.must("space.invite", {{"app", "https://app.example"}})["link"];
    world.settle();
    guest.must("space.join", {{"link", link}});
    world.settle();
    guest.must("space.accept", {{"name", name}});
    world.settle();
  }
};

TEST_F(TwoSpaces, BegunAtOnceAreNamedAndClosingOneLeadsToTheOther) {
  until_words(phone, noa, "Noa");
  until_words(tablet, kim, "Kim");
  tap_same(phone, "invitation");
  tap_same(tablet, "invitation");
  tap_same(noa, "joining");
  tap_same(kim, "joining");
  world.run_for(3 * kHour);
  EXPECT_EQ(phone.see("app")["partner"], "Noa");
  EXPECT_EQ(tablet.see("app")["partner"], "Kim");
  EXPECT_EQ(notices(phone), std::vector<std::string>{"two-spaces"});
  EXPECT_EQ(notices(tablet), std::vector<std::string>{"two-spaces"});
  phone.must("space.close");
  world.run_for(kHour);
  EXPECT_EQ(noa.see("app")["closed"], true);
  EXPECT_EQ(phone.see("app")["phase"], "paired");
  EXPECT_EQ(phone.see("app")["partner"], "Kim");
  EXPECT_EQ(tablet.see("app")["partner"], "Kim");
  EXPECT_EQ(kim.see("app")["closed"], false);
}

TEST_F(TwoSpaces, AnInvitationOfOneDeviceEndsWhenTheOtherHasBecomeACouple) {
  until_words(phone, noa, "Noa");
  until_words(tablet, kim, "Kim");
  const Json words = tablet.see("invitation")["words"];
  tap_same(phone, "invitation");
  tap_same(noa, "joining");
  world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["partner"], "Noa");
  EXPECT_EQ(tablet.see("invitation")["ended"], "cancelled");
  EXPECT_EQ(tablet.command("space.same-words", {{"words", words}})["ok"], false);
  EXPECT_EQ(kim.see("joining")["ended"], "refused");
  EXPECT_EQ(tablet.see("app")["partner"], "Noa");
}

TEST_F(TwoSpaces, ALateNoToTheFirstInvitationDoesNotEndTheSecondSpace) {
  until_words(phone, noa, "Noa");
  tap_same(phone, "invitation");
  world.settle();
  noa.go_offline();
  phone.must("space.close");
  world.settle();
  until_words(tablet, kim, "Kim");
  tap_same(tablet, "invitation");
  tap_same(kim, "joining");
  world.run_for(kHour);
  ASSERT_EQ(phone.see("app")["partner"], "Kim");
  noa.must("space.different-words");
  noa.go_online();
  world.run_for(kHour);
  EXPECT_EQ(phone.see("app")["phase"], "paired");
  EXPECT_EQ(phone.see("app")["partner"], "Kim");
  EXPECT_EQ(phone.see("app")["closed"], false);
}

TEST_F(TwoSpaces, OneThatTheOtherRefusedIsOverOnEveryDevice) {
  until_words(phone, noa, "Noa");
  tap_same(phone, "invitation");
  world.run_for(kHour);
  ASSERT_EQ(tablet.see("app")["phase"], "paired");
  noa.must("space.different-words");
  world.run_for(kHour);
  for (Device* device : {&phone, &tablet}) {
    EXPECT_EQ(device->see("app")["phase"], "alone") << device->name();
    EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
  }
  until_words(tablet, kim, "Kim");
  tap_same(tablet, "invitation");
  tap_same(kim, "joining");
  world.run_for(kHour);
  EXPECT_EQ(phone.see("app")["partner"], "Kim");
}

TEST(SpaceLeft, ThatNobodyCameIntoMakesRoomForAnotherInvitation) {
  Meeting meeting(98);
  meeting.until_words();
  meeting.sam_taps_same();
  meeting.sam.must("space.close");
  meeting.world.settle();
  const std::string first = meeting.link;
  meeting.invite();
  EXPECT_NE(meeting.link, first);
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "waiting");
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "refused");
  meeting.look();
  meeting.accept();
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
}

}  // namespace
}  // namespace attune::sim
