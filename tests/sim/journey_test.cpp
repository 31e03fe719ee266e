// Two people from nothing to two opened envelopes, in one process.
#include <gtest/gtest.h>

#include <set>

#include "sim/words.h"
#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

Json::array_t list(const Json& json) { return json.get<Json::array_t>(); }

/// Sam starts and invites, Noa joins; both say the words are the same.
struct Couple {
  World world;
  Device& sam;
  Device& noa;

  explicit Couple(std::uint64_t seed) : world(seed), sam(world.add("sam")), noa(world.add("noa")) {
    sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
    world.settle();
  }
  void pair() {
    const Json link = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
    world.settle();
    noa.must("space.join", {{"link", link}});
    world.settle();
    noa.must("space.accept", {{"name", "Noa"}});
    world.settle();
    ASSERT_EQ(sam.see("invitation")["words"], noa.see("joining")["words"]);
    ASSERT_EQ(sam.see("invitation")["words"].size(), 4U);
    sam.must("space.same-words", {{"words", sam.see("invitation")["words"]}});
    noa.must("space.same-words", {{"words", noa.see("joining")["words"]}});
    world.settle();
  }
};

TEST(Journey, APersonBeginsAloneAndWhatTheyWriteIsSafe) {
  Couple couple(1);
  EXPECT_EQ(couple.sam.see("app")["phase"], "alone");
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0) << couple.sam.see("app").dump(1);
  couple.sam.must("cherish.thank", {{"did", "You rang my mother"}, {"says", "patient"}, {"felt", "calm"}});
  EXPECT_EQ(couple.sam.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(couple.sam.see("cherish")["kept"][0]["mark"], "on-this-phone");
  couple.sam.restart();
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("cherish")["kept"][0]["mark"], "safe");
}

TEST(Journey, TwoPairAndThankEachOther) {
  Couple couple(2);
  couple.pair();
  EXPECT_EQ(couple.sam.see("app")["phase"], "paired");
  EXPECT_EQ(couple.noa.see("app")["phase"], "paired");
  EXPECT_EQ(couple.sam.see("app")["partner"], "Noa");
  EXPECT_EQ(couple.noa.see("app")["partner"], "Sam");
  couple.sam.must("cherish.thank", {{"did", "You rang my mother"}, {"says", "patient"}, {"felt", "calm"}});
  couple.world.settle();
  const Json awaiting = couple.noa.see("today")["awaiting"];
  ASSERT_EQ(awaiting.size(), 1U) << couple.noa.see("cherish").dump(1);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "");
  const Json item = awaiting[0]["item"];
  couple.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "You rang my mother");
  couple.noa.must("cherish.answer", {{"item", item}, {"tap", "warmed"}, {"words", "Gladly"}});
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["answer"]["words"], "Gladly");
  EXPECT_EQ(couple.sam.see("today")["since"][0]["kind"], "thanks-answered");
}

TEST(Journey, BothEnvelopesOpenTogether) {
  Couple couple(3);
  couple.pair();
  couple.sam.must("openup.offer", {{"prompt", "ou-001"}});
  couple.world.settle();
  const Json q = couple.noa.see("openup")["questions"][0]["item"];
  couple.noa.must("openup.answer", {{"question", q}, {"text", "A quiet one"}});
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("openup")["questions"][0]["state"], "offered");
  EXPECT_EQ(couple.noa.see("openup")["questions"][0]["state"], "mine-sealed");
  EXPECT_EQ(couple.noa.see("openup")["questions"][0]["mine"], "A quiet one");
  couple.sam.must("openup.answer", {{"question", q}, {"text", "A loud one"}});
  couple.world.settle();
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("openup")["questions"][0]["state"], "opened") << device->see("openup").dump(1);
    EXPECT_EQ(list(device->see("today")["awaiting"]).size(), 1U);
  }
  EXPECT_EQ(couple.sam.see("openup")["questions"][0]["theirs"], "A quiet one");
  EXPECT_EQ(couple.noa.see("openup")["questions"][0]["theirs"], "A loud one");
}

TEST(Journey, WordsBringEverythingBack) {
  Couple couple(4);
  const std::string words = confirm_words(couple.world, couple.sam);
  couple.pair();
  couple.sam.must("cherish.thank", {{"did", "You rang"}, {"says", ""}, {"felt", ""}});
  couple.sam.must("cherish.keep", {{"did", "Only mine"}, {"says", ""}, {"felt", ""}});
  couple.world.settle();
  couple.sam.restart();
  couple.world.settle();
  Device& fresh = couple.world.add("sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  const Json recovering = fresh.see("recovering");
  ASSERT_EQ(recovering["state"], "devices") << recovering.dump(1);
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.settle();
  EXPECT_EQ(fresh.see("app")["phase"], "paired") << fresh.see("recovering").dump(1);
  EXPECT_EQ(fresh.see("cherish")["thanks"][0]["did"], "You rang");
  EXPECT_EQ(fresh.see("cherish")["kept"][0]["did"], "Only mine");
  fresh.must("cherish.thank", {{"did", "From the new one"}, {"says", ""}, {"felt", ""}});
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 2U);
}

TEST(Journey, NewWordsPutTheOldOnesOut) {
  Couple couple(10);
  World& world = couple.world;
  const std::string old_words = confirm_words(world, couple.sam);
  couple.pair();
  couple.sam.must("cherish.thank", {{"did", "Before the new words"}, {"says", ""}, {"felt", ""}});
  couple.sam.must("cherish.keep", {{"did", "Only mine"}, {"says", ""}, {"felt", ""}});
  const std::string new_words = confirm_words(world, couple.sam);
  ASSERT_NE(old_words, new_words);
  couple.noa.must("cherish.thank", {{"did", "Since the new words"}, {"says", ""}, {"felt", ""}});
  world.run_for(2 * 60 * 60 * 1'000);
  EXPECT_EQ(couple.sam.see("app")["notices"], Json::array());
  EXPECT_EQ(couple.noa.see("app")["notices"], Json::array());
  Device& finder = world.add("who found the old sheet");
  finder.must("space.recover", {{"words", old_words}, {"relay", world.relay_address()}});
  world.settle();
  EXPECT_EQ(finder.see("recovering")["state"], "failed");
  EXPECT_EQ(finder.see("recovering")["code"], "nothing-to-recover");
  couple.sam.go_offline();
  Device& fresh = world.add("sam's new phone");
  fresh.must("space.recover", {{"words", new_words}, {"relay", world.relay_address()}});
  world.settle();
  ASSERT_EQ(fresh.see("recovering")["state"], "devices") << fresh.see("recovering").dump(1);
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  world.settle();
  EXPECT_EQ(fresh.see("app")["phase"], "paired") << fresh.see("recovering").dump(1);
  EXPECT_EQ(fresh.see("cherish")["kept"][0]["did"], "Only mine");
  const Json thanks = fresh.see("cherish")["thanks"];
  ASSERT_EQ(thanks.size(), 2U);
  for (const Json& each : thanks) {
    if (each["by_me"] == false) fresh.must("space.open-item", {{"item", each["item"]}});
  }
  std::set<std::string> did;
  for (const Json& each : fresh.see("cherish")["thanks"]) did.insert(each["did"]);
  EXPECT_EQ(did, (std::set<std::string>{"Before the new words", "Since the new words"}));
  fresh.must("cherish.thank", {{"did", "From the new one"}, {"says", ""}, {"felt", ""}});
  world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 3U);
}

TEST(Journey, ARestoredBackupIsHealedAndNobodyIsAccused) {
  Couple couple(5);
  couple.pair();
  const auto backup = couple.world.store().state();
  couple.sam.must("cherish.thank", {{"did", "Later than the backup"}, {"says", ""}, {"felt", ""}});
  couple.world.settle();
  couple.world.restore_relay(backup);
  couple.world.run_for(120'000);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
  couple.noa.must("cherish.thank", {{"did", "On we go"}, {"says", ""}, {"felt", ""}});
  couple.world.run_for(120'000);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 2U) << couple.sam.see("app").dump(1);
  for (Device* device : {&couple.sam, &couple.noa}) {
    for (const Json& notice : device->see("app")["notices"]) EXPECT_EQ(notice["code"], "relay-behind");
  }
}

TEST(Journey, WhatIsTakenBackVanishesUnlessItWasOpened) {
  Couple couple(6);
  couple.pair();
  couple.sam.must("cherish.thank", {{"did", "Unopened"}, {"says", ""}, {"felt", ""}});
  couple.sam.must("cherish.thank", {{"did", "Opened"}, {"says", ""}, {"felt", ""}});
  couple.world.settle();
  const Json thanks = couple.noa.see("cherish")["thanks"];
  couple.noa.must("space.open-item", {{"item", thanks[0]["item"]}});
  for (const Json& each : thanks) couple.sam.must("space.take-back", {{"item", each["item"]}});
  couple.world.settle();
  const Json after = couple.noa.see("cherish")["thanks"];
  EXPECT_EQ(after[0]["taken_back"], "kept-by-me");
  EXPECT_EQ(after[0]["did"], "Opened");
  EXPECT_EQ(after[1]["taken_back"], "gone");
  int news = 0;
  for (const Json& since : couple.noa.see("today")["since"]) news += since["kind"] == "taken-back" ? 1 : 0;
  EXPECT_EQ(news, 2) << "both are news, the opened one too";
  couple.noa.restart();
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"], after);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["taken_back"], "gone");
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][1]["taken_back"], "gone");
}

TEST(Journey, WhetherTheOtherHasSealedShowsNowhereBeforeIHave) {
  Couple couple(9);
  couple.pair();
  couple.sam.must("openup.offer", {{"prompt", "ou-001"}});
  couple.world.settle();
  const Json before = couple.sam.see("openup");
  const Json today = couple.sam.see("today");
  const Json q = before["questions"][0]["item"];
  couple.noa.must("openup.answer", {{"question", q}, {"text", "A quiet one"}});
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("openup"), before);
  EXPECT_EQ(couple.sam.see("today"), today);
  couple.sam.must("space.take-back", {{"item", q}});
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("openup")["questions"].size(), 0U);
  EXPECT_EQ(couple.noa.see("openup")["questions"].size(), 0U);
}

TEST(Journey, SendingCanBeUndoneForFiveSeconds) {
  Couple couple(7);
  couple.pair();
  const Json sent = couple.sam.must("cherish.thank", {{"did", "Too soon"}, {"says", ""}, {"felt", ""}}, 5'000);
  couple.world.run_for(2'000);
  EXPECT_EQ(couple.sam.see("app")["undo"]["command"], sent["command"]);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
  couple.sam.must("space.undo", {{"command", sent["command"]}});
  couple.world.run_for(10'000);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
  couple.sam.must("cherish.thank", {{"did", "In time"}, {"says", ""}, {"felt", ""}}, 5'000);
  couple.world.run_for(10'000);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
}

TEST(Journey, WhatWasWrittenBeforePairingIsOfferedOneByOne) {
  Couple couple(8);
  couple.sam.must("cherish.thank", {{"did", "Before"}, {"says", ""}, {"felt", ""}});
  couple.sam.must("openup.write", {{"prompt", "ou-002"}, {"text", "For myself"}});
  couple.pair();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
  const Json offers = couple.sam.see("offers")["offers"];
  ASSERT_EQ(offers.size(), 2U);
  // Today says so as well, to Sam alone, until each was sent or kept.
  const auto waiting = [&](Device& device) {
    std::vector<Json> out;
    for (const Json& one : device.see("today")["awaiting"]) {
      if (one["kind"] == "offers") out.push_back(one["item"]);
    }
    return out;
  };
  EXPECT_EQ(waiting(couple.sam), (std::vector<Json>{offers[0]["item"], offers[1]["item"]}));
  EXPECT_EQ(waiting(couple.noa), std::vector<Json>{});
  couple.sam.must("cherish.send-kept", {{"item", offers[0]["item"]}});
  couple.sam.must("openup.send-written", {{"item", offers[1]["item"]}});
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(couple.noa.see("openup")["questions"].size(), 1U);
  EXPECT_EQ(couple.sam.see("offers")["offers"].size(), 0U);
  EXPECT_EQ(waiting(couple.sam), std::vector<Json>{});
  EXPECT_EQ(couple.sam.see("openup")["questions"][0]["state"], "mine-sealed");
}

TEST(Journey, WhatIsWrittenForOneselfAsACoupleIsNeverOfferedToBeSent) {
  Couple couple(14);
  couple.pair();
  couple.sam.must("openup.write", {{"prompt", "ou-002"}, {"text", "For myself"}, {"keep", true}});
  EXPECT_EQ(couple.sam.see("offers")["offers"].size(), 0U);
  couple.world.run_for(2 * 3'600'000);
  EXPECT_EQ(couple.sam.see("openup")["written"][0]["mark"], "safe");
  EXPECT_EQ(couple.sam.see("offers")["offers"].size(), 0U);
  EXPECT_EQ(couple.sam.see("today")["awaiting"].size(), 0U);
}

TEST(Journey, TheInviterWaitsUntilTheOtherIsInEvenIfTheyGiveNoName) {
  Meeting meeting(13);
  meeting.invite();
  meeting.look();
  meeting.noa.must("space.accept");
  meeting.world.settle();
  meeting.sam_taps_same();
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "approved");
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "joined");
  EXPECT_TRUE(meeting.sam.see("app")["partner"].is_null());
  EXPECT_EQ(notices(meeting.sam), std::vector<std::string>{});
}

/// Until they belong to somebody who was taken in they are refused; afterwards nobody says so any more.
TEST(Journey, WhoIsInvitedToAServerThatTakesInNobodyNewIsTakenInWithoutAWordAboutIt) {
  Meeting meeting(14);
  meeting.invite();
  meeting.world.registration(server::Registration::token);
  meeting.world.restart_relay();
  meeting.look();
  meeting.accept();
  meeting.world.run_for(60'000);
  EXPECT_TRUE(named(meeting.noa, "registration-closed"));
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  meeting.world.run_for(3'600'000);
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
  for (Device* device : {&meeting.sam, &meeting.noa}) {
    EXPECT_EQ(device->see("app")["sync"]["on_this_phone"], 0);
    EXPECT_EQ(notices(*device), std::vector<std::string>{});
  }
}

TEST(Journey, WhomAServerDoesNotTakeInIsToldSoAndKeepsWhatTheyWrite) {
  World world(15);
  world.registration(server::Registration::closed);
  world.restart_relay();
  Device& sam = world.add("sam");
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  sam.must("cherish.keep", {{"did", "You rang"}, {"says", ""}, {"felt", ""}});
  world.run_for(60'000);
  EXPECT_TRUE(named(sam, "registration-closed"));
  EXPECT_EQ(sam.see("cherish")["kept"][0]["mark"], "on-this-phone");
  world.registration(server::Registration::open);
  world.restart_relay();
  world.run_for(3'600'000);
  EXPECT_EQ(notices(sam), std::vector<std::string>{});
  EXPECT_EQ(sam.see("cherish")["kept"][0]["mark"], "safe");
}

}  // namespace
}  // namespace attune::sim
