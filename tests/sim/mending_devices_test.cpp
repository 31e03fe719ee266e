// Going on together behind a fork where one of the two has several devices.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

/// A device that comes in beside the first by a link and four words.
void let_in(World& world, Device& first, Device& other, const std::string& name) {
  const Json link = first.must("space.add-device", {{"app", "https://app.example"}})["link"];
  world.settle();
  other.must("space.join", {{"link", link}});
  world.settle();
  other.must("space.accept", {{"name", name}});
  world.settle();
  tap_same(first, "invitation");
  tap_same(other, "joining");
  world.run_for(2 * kHour);
}

/// The device of this name is removed.
void take_out(Device& first, const std::string& name) {
  Json key;
  for (const Json& device : first.see("devices")["devices"]) {
    if (device["name"] == name) key = device["key"];
  }
  first.must("space.remove-device", {{"key", key}});
}

TEST(Mending, OtherDevicesOfBothFollowByThemselves) {
  Device* tablet = nullptr;
  Device* laptop = nullptr;
  TwoHistories scene(920, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    laptop = &couple.world.add("Noa's laptop");
    let_in(couple.world, couple.noa, *laptop, "Laptop");
    laptop->go_offline();
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  tablet->go_online();
  laptop->go_online();
  couple.world.run_for(3 * kHour);
  for (Device* device : {tablet, laptop}) {
    EXPECT_EQ(state(*device), "done") << device->name();
    EXPECT_EQ(device->see("app")["reading_only"], false) << device->name();
    EXPECT_EQ(device->see("step")["words"], couple.sam.see("step")["words"]) << device->name();
    EXPECT_EQ(device->see("cherish")["thanks"].size(), 1U) << device->name();
  }
  couple.thank(*tablet, "From the tablet");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "From the tablet");
  EXPECT_EQ(opened_thanks(*laptop), "From the tablet");
  for (Device* device : {&couple.sam, &couple.noa, tablet, laptop}) {
    EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
  }
}

TEST(Mending, AProposalFromTheTabletIsWaitedForOnThePhone) {
  Device* tablet = nullptr;
  TwoHistories scene(921, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  // The tablet gets Noa's history, the phone has its own: each names its place in *mine*.
  tablet->go_online();
  couple.world.run_for(2 * kHour);
  scene.meet();
  couple.world.run_for(2 * kHour);
  Device& proposes = state(*tablet) == "possible" ? *tablet : couple.sam;
  proposes.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(state(couple.sam), "waiting");
  EXPECT_EQ(state(*tablet), "waiting");
  EXPECT_EQ(state(couple.noa), "asked");
  confirm(couple.noa);
  couple.world.run_for(3 * kHour);
  EXPECT_EQ(state(*tablet), "done");
  EXPECT_EQ(state(couple.sam), "done");
  EXPECT_EQ(tablet->see("step")["words"], couple.noa.see("step")["words"]);
  // What Sam wrote behind the common place is offered once, not once for each device.
  EXPECT_EQ(couple.sam.see("offers")["offers"].size(), couple.sam.see("earlier")["items"].size());
}

TEST(Mending, ADeviceThatWasTakenOutBehindTheCommonPlaceIsNotInTheSuccessor) {
  Device* tablet = nullptr;
  TwoHistories scene(922, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  const SignKey gone = look_inside(*tablet).keys.sign;
  scene.meet();
  tablet->go_online();
  couple.world.run_for(kHour);
  take_out(couple.sam, "Tablet");
  couple.world.run_for(2 * kHour);
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  const Inside noa = look_inside(couple.noa);
  EXPECT_EQ(noa.ours->table().member(gone), nullptr);
  EXPECT_EQ(noa.ours->table().seat(gone), nullptr);
  EXPECT_NE(state(*tablet), "done");
}

TEST(Mending, ADeviceOfTheOneWhoSaysYesThatWasTakenOutGoesBeforeAnythingIsSaid) {
  Device* laptop = nullptr;
  TwoHistories scene(923, 1, [&](Pair& couple) {
    laptop = &couple.world.add("Noa's laptop");
    let_in(couple.world, couple.noa, *laptop, "Laptop");
    laptop->go_offline();
  });
  Pair& couple = scene.couple;
  const SignKey gone = look_inside(*laptop).keys.sign;
  // Noa takes it out in Noa's history; Sam has never heard of that.
  take_out(couple.noa, "Laptop");
  couple.world.run_for(2 * kHour);
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  const Inside sam = look_inside(couple.sam);
  EXPECT_EQ(sam.ours->table().member(gone), nullptr);
  EXPECT_EQ(sam.ours->table().epoch, 1U);
  for (const log::Held& held : sam.ours->records()) {
    if (held.record.header.position > 1 && held.record.header.cls == wire::Class::event) {
      EXPECT_EQ(held.record.header.epoch, 1U);
    }
  }
}

TEST(Mending, ADeviceThatComesInAfterwardsHasWhatWasSaidBeforeAsWell) {
  std::string item;
  TwoHistories scene(924, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's"}});
    couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's"}});
  });
  Pair& couple = scene.couple;
  scene.meet();
  mend(couple.world, couple.sam, couple.noa);
  scene.goes_on();
  couple.world.run_for(2 * kHour);
  Device& tablet = couple.world.add("Sam's tablet");
  let_in(couple.world, couple.sam, tablet, "Tablet");
  for (const bool restarted : {false, true}) {
    if (restarted) {
      tablet.restart();
      couple.world.run_for(kMinute);
    }
    EXPECT_EQ(tablet.see("cherish")["thanks"], couple.sam.see("cherish")["thanks"]);
    EXPECT_EQ(couple.question(tablet, item)["state"], "opened");
    EXPECT_EQ(tablet.see("story"), couple.sam.see("story"));
    EXPECT_EQ(tablet.see("app")["reading_only"], false);
  }
  couple.thank(tablet, "From the tablet");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "From the tablet");
  for (Device* device : {&couple.sam, &couple.noa, &tablet}) EXPECT_EQ(notices(*device), std::vector<std::string>{});
}

TEST(Mending, TheTwelveWordsBringBackWhatWasSaidBeforeAsWell) {
  TwoHistories scene(925);
  Pair& couple = scene.couple;
  scene.meet();
  mend(couple.world, couple.sam, couple.noa);
  scene.goes_on();
  const std::string words = couple.sams_words();
  couple.world.run_for(2 * kHour);
  couple.sam.stop();
  Device& fresh = couple.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.run_for(kMinute);
  ASSERT_EQ(fresh.see("recovering")["state"], "devices");
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(thanks(fresh), (std::vector<std::string>{"Both ways", "And on it goes", "Before"}));
  couple.thank(fresh, "Back again");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "Back again");
}

}  // namespace
}  // namespace attune::sim
