// Leaving the shared space: alone, at once, without asking; the other sees that it is closed and nothing else.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr auto kWhenAsked = server::MemoryStore::Commit::when_asked;

/// From the link to the four words.
void until_words(World& world, Device& inviter, Device& guest, const std::string& name) {
  const Json link = inviter.must("space.invite", {{"app", "https://app.example"}})["link"];
  world.settle();
  guest.must("space.join", {{"link", link}});
  world.settle();
  guest.must("space.accept", {{"name", name}});
  world.settle();
}

/// Sam and this device become a couple, to the last tap.
void pair_up(World& world, Device& inviter, Device& guest, const std::string& name) {
  until_words(world, inviter, guest, name);
  tap_same(inviter, "invitation");
  tap_same(guest, "joining");
  world.settle();
}

TEST(Leaving, OneTapClosesTheSpaceAndTheOtherSeesOnlyThat) {
  Pair couple(71);
  couple.thank(couple.sam, "Before it was over");
  couple.world.settle();
  couple.sam.must("space.close");
  couple.world.settle();
  for (Device* device : {&couple.sam, &couple.noa}) {
    const Json app = device->see("app");
    EXPECT_EQ(app["closed"], true);
    EXPECT_EQ(app["reading_only"], true);
    EXPECT_EQ(app["phase"], "alone");
    EXPECT_EQ(app["notices"].size(), 0U);
    EXPECT_EQ(opened_thanks(*device), "Before it was over");
  }
  EXPECT_EQ(couple.noa.command("space.close")["code"], "reading-only");
  // What is written from now on is one's own again.
  couple.thank(couple.noa, "For nobody but me");
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.noa.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 1U);
}

TEST(Leaving, TheTapCountsAtOnceWithoutTheServer) {
  Pair couple(72);
  couple.sam.go_offline();
  couple.thank(couple.sam, "Not sent any more");
  couple.sam.must("space.close");
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 1);
  // What was still waiting is not lost: it is kept as a draft, and the screen says so.
  EXPECT_TRUE(named(couple.sam, "refused-later"));
  couple.sam.restart();
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
  EXPECT_EQ(couple.noa.see("app")["closed"], false);
  couple.sam.go_online();
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
}

/// What had been sent, and whose answer had not come: it is there, or it is not, and only then is it said.
TEST(Leaving, WhatWasOnItsWayWhenTheTapCameIsNotCalledUnsent) {
  for (const bool cut : {false, true}) {
    Pair couple(78, kWhenAsked);
    couple.world.hold_commits(true);
    couple.thank(couple.sam, "The last thing I said");
    couple.world.run_for(kMinute);
    if (cut) couple.sam.go_offline();
    couple.sam.must("space.close");
    EXPECT_EQ(couple.sam.see("app")["closed"], true);
    EXPECT_EQ(notices(couple.sam), std::vector<std::string>{}) << cut;
    couple.world.hold_commits(false);
    couple.world.settle();
    if (cut) couple.sam.go_online();
    couple.world.run_for(kHour);
    EXPECT_EQ(opened_thanks(couple.noa), "The last thing I said");
    EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
    EXPECT_EQ(notices(couple.sam), std::vector<std::string>{}) << cut;
    EXPECT_EQ(couple.sam.see("unsent")["refused"], Json::array());
    EXPECT_EQ(couple.noa.see("app")["closed"], true);
    EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
  }
}

TEST(Leaving, WhatWasLostOnItsWayWhenTheTapCameIsKeptAsADraft) {
  Pair couple(79, kWhenAsked);
  couple.world.hold_commits(true);
  couple.thank(couple.sam, "The last thing I said");
  couple.world.run_for(kMinute);
  couple.sam.must("space.close");
  couple.world.restart_relay();
  couple.sam.restart();
  couple.world.hold_commits(false);
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"], Json::array());
  EXPECT_TRUE(named(couple.sam, "refused-later"));
  EXPECT_EQ(couple.sam.see("unsent")["refused"][0]["texts"][0]["text"], "The last thing I said");
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
}

TEST(Leaving, ATapThatWasForASpaceThatCameToNothingClosesNoOther) {
  Meeting meeting(77);
  meeting.until_words();
  meeting.sam_taps_same();
  meeting.sam.must("space.close");
  meeting.world.settle();
  meeting.noa.must("space.different-words");
  meeting.world.run_for(kHour);
  Device& kim = meeting.world.add("kim");
  pair_up(meeting.world, meeting.sam, kim, "Kim");
  meeting.world.run_for(kHour);
  EXPECT_EQ(meeting.sam.see("app")["closed"], false);
  EXPECT_EQ(kim.see("app")["closed"], false);
  EXPECT_EQ(meeting.sam.see("app")["partner"], "Kim");
}

TEST(Leaving, BothAtOnceCloseItOnce) {
  Pair couple(73);
  couple.world.delays(300);
  couple.sam.must("space.close");
  couple.noa.must("space.close");
  couple.world.run_for(kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("app")["closed"], true);
    EXPECT_EQ(notices(*device), std::vector<std::string>{});
    EXPECT_EQ(device->see("app")["sync"]["on_this_phone"], 0);
  }
}

TEST(Leaving, AfterTheWrongPersonCameInAnotherIsInvitedAndWhatWasWrittenBeforeIsOfferedAgain) {
  Meeting meeting(74);
  meeting.sam.must("cherish.thank", {{"did", "Written for my partner"}, {"says", ""}, {"felt", ""}});
  meeting.world.run_for(2 * kHour);
  pair_up(meeting.world, meeting.sam, meeting.noa, "Somebody else");
  meeting.sam.must("cherish.send-kept", {{"item", meeting.sam.see("offers")["offers"][0]["item"]}});
  meeting.world.settle();
  EXPECT_EQ(meeting.sam.see("offers")["offers"].size(), 0U);
  EXPECT_EQ(meeting.sam.command("space.invite", {{"app", "https://app.example"}})["code"], "already-paired");
  meeting.sam.must("space.close");
  meeting.world.settle();
  Device& kim = meeting.world.add("kim");
  pair_up(meeting.world, meeting.sam, kim, "Kim");
  EXPECT_EQ(meeting.sam.see("app")["phase"], "paired");
  EXPECT_EQ(meeting.sam.see("app")["partner"], "Kim");
  EXPECT_EQ(meeting.sam.see("app")["closed"], false);
  EXPECT_EQ(kim.see("cherish")["thanks"].size(), 0U);
  ASSERT_EQ(meeting.sam.see("offers")["offers"].size(), 1U);
  meeting.sam.must("cherish.send-kept", {{"item", meeting.sam.see("offers")["offers"][0]["item"]}});
  meeting.world.settle();
  EXPECT_EQ(opened_thanks(kim), "Written for my partner");
  EXPECT_EQ(meeting.noa.see("app")["closed"], true);
  meeting.sam.restart();
  meeting.world.settle();
  EXPECT_EQ(meeting.sam.see("app")["partner"], "Kim");
  for (Device* device : {&meeting.sam, &meeting.noa, &kim}) EXPECT_EQ(notices(*device), std::vector<std::string>{});
}

/// Sam's relay has shown Noa another history: nothing more can be said in Sam's, but Sam can go, and Noa learns of it.
TEST(Leaving, AlsoOutOfAForkedHistory) {
  Pair couple(76);
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(kHour);
  couple.thank(couple.noa, "In Noa's history");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(kHour);
  ASSERT_TRUE(named(couple.sam, "fork"));
  ASSERT_EQ(couple.sam.see("app")["closed"], false);
  couple.sam.must("space.close");
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 1);
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
  couple.sam.restart();
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["did"], "In Sam's history");
  // Both may begin anew, with each other if they like.
  pair_up(couple.world, couple.sam, couple.noa, "Noa");
  couple.thank(couple.noa, "Once more");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.sam), "Once more");
}

/// The relay puts it off: it is not said yet, and said again.
TEST(Leaving, AlsoOutOfAForkedHistoryWhenTheRelayIsBusy) {
  Pair couple(78);
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(kHour);
  couple.thank(couple.noa, "In Noa's history");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(kHour);
  ASSERT_TRUE(named(couple.sam, "fork"));
  auto state = couple.world.store().state();
  bool put_off = false;
  couple.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* stored = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    if (&to != &couple.sam || stored == nullptr || put_off) return {bytes};
    put_off = true;
    couple.world.store().restore(state);
    return {wire::encode(wire::FromRelay(wire::Refused{.request = stored->request, .code = wire::kSlowDown.number}))};
  });
  couple.noa.go_offline();
  couple.sam.must("space.close");
  couple.world.run_for(1'000);
  ASSERT_TRUE(put_off);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 1);
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
  couple.noa.go_online();
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
}

TEST(Leaving, WhoWasLeftMayGoOnWithSomebodyElseToo) {
  Pair couple(75);
  couple.sam.must("space.close");
  couple.world.settle();
  Device& kim = couple.world.add("kim");
  kim.must("space.start", {{"name", "Kim"}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  pair_up(couple.world, kim, couple.noa, "Noa");
  EXPECT_EQ(couple.noa.see("app")["partner"], "Kim");
  couple.thank(kim, "You came");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
}

/// The space of before is still listed to both, closed as it is; it is none that has been made by this link.
TEST(Leaving, WhoStartsAnewIsToldWhenTheOtherEndsItInstead) {
  Pair couple(79);
  couple.sam.must("space.close");
  couple.world.run_for(kHour);
  until_words(couple.world, couple.sam, couple.noa, "Noa");
  tap_same(couple.noa, "joining");
  couple.world.settle();
  ASSERT_EQ(couple.noa.see("joining")["state"], "approved");
  couple.sam.must("space.cancel-invitation");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("joining")["ended"], "refused");
}

}  // namespace
}  // namespace attune::sim
