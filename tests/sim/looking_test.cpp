// Looking at a link: the server it names learns that somebody looked, and nothing else, until the person accepts.
#include <gtest/gtest.h>

#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr const char* kElsewhere = "https://elsewhere.example";

/// Sam has a space on one server; Noa invites from another.
struct Strangers {
  World world;
  server::MemoryStore& elsewhere;
  Device& sam;
  Device& noa;
  std::string link;

  explicit Strangers(std::uint64_t seed)
      : world(seed), elsewhere(world.add_relay(kElsewhere)), sam(world.add("Sam")), noa(world.add("Noa")) {
    sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
    sam.must("cherish.keep", {{"did", "Only mine"}, {"says", ""}, {"felt", ""}});
    noa.must("space.start", {{"name", "Noa"}, {"relay", kElsewhere}});
    world.settle();
    link = noa.must("space.invite", {{"app", "https://app.example"}})["link"].get<std::string>();
    world.settle();
  }
  void look() {
    sam.must("space.join", {{"link", link}});
    world.settle();
  }
  /// The server of the link holds something of Sam's.
  bool has_something_of_sams() { return knows(elsewhere, look_inside(sam).keys.sign); }
  std::string mark(std::size_t index) { return sam.see("cherish")["kept"][index]["mark"]; }
};

TEST(Looking, AtALinkSendsItsServerNothingOfMine) {
  Strangers scene(1);
  scene.look();
  EXPECT_EQ(scene.sam.see("joining")["ready"], true);
  EXPECT_EQ(scene.sam.see("joining")["relay"], kElsewhere);
  scene.sam.must("cherish.keep", {{"did", "Written while looking"}, {"says", ""}, {"felt", ""}});
  scene.world.run_for(121 * kMinute);  // beats
  EXPECT_FALSE(scene.has_something_of_sams());
  scene.sam.restart();
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.sam.see("joining")["ready"], true);
  EXPECT_FALSE(scene.has_something_of_sams());
  EXPECT_EQ(scene.sam.see("app")["sync"]["busy"], false);
  EXPECT_EQ(scene.mark(0), "on-this-phone");  // it never reached a server that Sam chose
}

TEST(Looking, AndDecliningGoesBackToTheServerOfMine) {
  Strangers scene(2);
  scene.look();
  scene.sam.must("space.decline");
  scene.world.run_for(kMinute);
  EXPECT_EQ(scene.noa.see("invitation")["ended"], "declined");
  EXPECT_EQ(scene.sam.see("joining")["ended"], "declined");
  EXPECT_EQ(scene.sam.see("app")["relay"], scene.world.relay_address());
  EXPECT_EQ(scene.sam.see("app")["sync"]["connection"], "online");
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.mark(0), "safe");
  EXPECT_FALSE(scene.has_something_of_sams());
}

TEST(Looking, AtALinkThatWasUsedGoesBackByItself) {
  Strangers scene(3);
  scene.noa.must("space.cancel-invitation");
  scene.world.settle();
  scene.look();
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.sam.see("joining")["ended"], "link-used");
  EXPECT_EQ(scene.mark(0), "safe");
  EXPECT_FALSE(scene.has_something_of_sams());
}

TEST(Looking, AtOneLinkAfterAnotherForgetsNotWhereMineIs) {
  Strangers scene(4);
  scene.look();
  Device& third = scene.world.add("Third");
  scene.world.add_relay("https://third.example");
  third.must("space.start", {{"name", "Third"}, {"relay", "https://third.example"}});
  scene.world.settle();
  const Json other = third.must("space.invite", {{"app", "https://app.example"}})["link"];
  scene.world.settle();
  scene.sam.must("space.join", {{"link", other}});
  scene.world.settle();
  EXPECT_EQ(scene.sam.see("joining")["relay"], "https://third.example");
  EXPECT_EQ(scene.sam.see("joining")["ready"], true);
  scene.sam.must("space.decline");
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(third.see("invitation")["ended"], "declined");
  EXPECT_EQ(scene.sam.see("app")["relay"], scene.world.relay_address());
  EXPECT_EQ(scene.mark(0), "safe");
}

TEST(Looking, ThenAcceptingTakesMineAlong) {
  Strangers scene(5);
  scene.look();
  EXPECT_FALSE(scene.has_something_of_sams());
  scene.sam.must("space.accept");
  scene.world.settle();
  EXPECT_TRUE(scene.has_something_of_sams());
  EXPECT_EQ(scene.sam.see("app")["relay"], kElsewhere);
  EXPECT_EQ(tap_same(scene.noa, "invitation")["ok"], true);
  EXPECT_EQ(tap_same(scene.sam, "joining")["ok"], true);
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.sam.see("app")["phase"], "paired");
  EXPECT_EQ(scene.noa.see("app")["phase"], "paired");
  EXPECT_EQ(scene.noa.see("app")["partner"], "Sam");
  EXPECT_EQ(scene.mark(0), "safe");
}

TEST(Looking, AcceptedAndThenRefusedGoesBackToTheServerOfMine) {
  Strangers scene(6);
  scene.look();
  scene.sam.must("space.accept");
  scene.world.settle();
  scene.noa.must("space.different-words");
  scene.world.run_for(kMinute);
  EXPECT_EQ(scene.sam.see("joining")["ended"], "different-words");
  EXPECT_EQ(scene.sam.see("app")["relay"], scene.world.relay_address());
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.mark(0), "safe");
}

TEST(Looking, AtALinkOfTheSameServerChangesNothingElse) {
  Meeting meeting(7);
  meeting.invite();
  Device& third = meeting.world.add("Third");
  third.must("space.start", {{"name", "Third"}, {"relay", meeting.world.relay_address()}});
  meeting.world.settle();
  third.must("space.join", {{"link", meeting.link}});
  meeting.world.settle();
  third.must("cherish.keep", {{"did", "Written while looking"}, {"says", ""}, {"felt", ""}});
  meeting.world.run_for(61 * kMinute);
  EXPECT_EQ(third.see("joining")["ready"], true);
  EXPECT_EQ(third.see("cherish")["kept"][0]["mark"], "safe");
}

TEST(Looking, OnAFreshPhoneLeavesItFresh) {
  Strangers scene(8);
  Device& fresh = scene.world.add("Fresh");
  fresh.must("space.join", {{"link", scene.link}});
  scene.world.settle();
  EXPECT_EQ(fresh.see("app")["phase"], "joining");
  EXPECT_EQ(fresh.see("joining")["ready"], true);
  fresh.restart();
  scene.world.settle();
  EXPECT_EQ(fresh.see("joining")["ready"], true);
  fresh.must("space.decline");
  scene.world.run_for(kMinute);
  EXPECT_EQ(scene.noa.see("invitation")["ended"], "declined");
  EXPECT_EQ(fresh.see("app")["phase"], "fresh");
  EXPECT_EQ(fresh.see("app")["relay"], "");
  EXPECT_EQ(fresh.see("app")["sync"]["connection"], "offline");
}

TEST(Looking, EndsWithTheDayAnInvitationLives) {
  Strangers scene(9);
  scene.look();
  // Its server is gone, and the person has forgotten about it.
  scene.sam.go_offline();
  scene.world.run_for(25 * 60 * kMinute);
  scene.sam.go_online();
  scene.world.run_for(61 * kMinute);
  EXPECT_EQ(scene.sam.see("joining")["ended"], "link-expired");
  EXPECT_EQ(scene.mark(0), "safe");
}

}  // namespace
}  // namespace attune::sim
