// Listening sessions on two real phones: what is kept and what goes, who asks at the same moment, what comes too late.
#include "sim/agreement.h"
#include "sim/listened.h"
#include "tests/sim/letting.h"
#include "tests/sim/sitting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;

constexpr std::array kRunning = {"speaking",  "spoken",        "given-back", "more",   "making-sense",
                                 "imagining", "feeling-given", "thanking",   "keeping"};

void expect_all_well(Sitting& couple) {
  for (Device* device : {&couple.sam, &couple.noa}) {
    SCOPED_TRACE(device->name());
    EXPECT_EQ(notices(*device), std::vector<std::string>{});
    EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
    EXPECT_EQ(wrong_in_listening(*device, look_inside(*device), couple.world.store().state()), Violations{});
  }
  EXPECT_EQ(unlike_the_partner(couple.sam, couple.noa, Compared::nothing), Violations{});
}

class EachWay : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Listening, EachWay, testing::Values("two-phones", "typed", "table"), [](const auto& way) {
  return way.param == std::string("two-phones") ? "TwoPhones" : way.param;
});

TEST_P(EachWay, GoesToItsEndAndLeavesTheThankYous) {
  Sitting couple(200);
  couple.ask(GetParam());
  couple.until("ended");
  for (Device* device : {&couple.sam, &couple.noa}) {
    const Json held = couple.held(*device);
    EXPECT_EQ(held["end"], "finished");
    EXPECT_EQ(held[device == &couple.sam ? "my_thanks" : "their_thanks"]["text"], "From Sam");
    EXPECT_EQ(held[device == &couple.sam ? "their_thanks" : "my_thanks"]["text"], "From Noa");
  }
  expect_all_well(couple);
}

TEST_P(EachWay, StopsForBothAtAnyMoment) {
  for (const char* stage : kRunning) {
    SCOPED_TRACE(stage);
    if (stage == std::string("keeping") && GetParam() != std::string("typed")) continue;
    Sitting couple(201);
    couple.ask(GetParam());
    couple.until(stage);
    couple.must_give(couple.noa, "stop");
    EXPECT_EQ(couple.held(couple.sam)["end"], "stopped");
    EXPECT_EQ(couple.held(couple.noa)["ended_by_me"], true);
    couple.world.settle();
    expect_all_well(couple);
  }
}

TEST_P(EachWay, GoesOnAfterATimeOutAtThePieceWhereItStopped) {
  for (const char* stage : kRunning) {
    SCOPED_TRACE(stage);
    if (stage == std::string("keeping") && GetParam() != std::string("typed")) continue;
    Sitting couple(202);
    couple.ask(GetParam());
    couple.until(stage);
    const Json before = couple.open(couple.noa);
    couple.must_give(couple.sam, "time-out", {{"minutes", 20}});
    EXPECT_EQ(couple.open(couple.noa)["stage"], "time-out");
    const auto until = couple.open(couple.noa)["until"]["ms"].get<std::int64_t>();
    EXPECT_LE(std::abs(until - couple.world.now().ms - 20 * kMinute), kMinute);
    for (const char* early : {"piece", "confirm", "thank"}) {
      const Json refused =
          couple.gives(couple.sam, early, early == std::string("confirm") ? Json{{"heard", "yes"}} : Json::object());
      EXPECT_EQ(refused["code"], "in-time-out") << early;
    }
    couple.world.run_for(20 * kMinute);
    while (couple.stage() == "time-out") ASSERT_TRUE(couple.go_on());
    EXPECT_EQ(couple.open(couple.noa), before);
    couple.until("ended");
    expect_all_well(couple);
  }
}

TEST(Listening, ThreeTimesNotYetOffersASmallerPieceWhichBeginsAnew) {
  Sitting couple(203);
  couple.ask("two-phones");
  couple.misunderstand();
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.open(*device)["stage"], "smaller-offered");
    EXPECT_EQ(couple.open(*device)["floor"], "nobody");
  }
  couple.must_give(couple.noa, "smaller");
  EXPECT_EQ(couple.open(couple.sam)["floor"], "mine");
  EXPECT_EQ(couple.open(couple.sam)["smaller"], true);
  EXPECT_EQ(couple.open(couple.sam)["not_yet"], 0);
  couple.until("ended");
  expect_all_well(couple);
}

TEST(Listening, WhatItIsAboutCanBeSaidAfterAYesThatSaidNothingOfIt) {
  Sitting couple(204);
  couple.ask("two-phones");
  couple.must_give(couple.noa, "agree");
  couple.must_give(couple.sam, "ready");
  couple.must_give(couple.noa, "postpone", {{"when", {{"ms", couple.world.now().ms + kHour}, {"offset", 0}}}});
  couple.must_give(couple.sam, "topic", {{"about", "hear"}, {"words", "The evening with the plates"}});
  couple.must_give(couple.sam, "agree");
  EXPECT_EQ(couple.open(couple.noa)["words"], "");
  couple.must_give(couple.sam, "ready");
  EXPECT_EQ(couple.open(couple.noa)["words"], "The evening with the plates");
  EXPECT_EQ(couple.gives(couple.sam, "topic", {{"about", "us"}})["code"], "said-already");
  couple.must_give(couple.noa, "ready");
  couple.must_give(couple.noa, "stop");
  couple.world.run_for(2 * kHour);
  EXPECT_FALSE(finds(couple.noa, "The evening with the plates"));
  expect_all_well(couple);
}

// ---- what is kept ----

const std::string kFirstPiece = "Typed at step 0";

TEST(Listening, HalfASentenceForItGoesWithItsEnd) {
  Sitting couple(209);
  couple.ask("typed");
  couple.until("speaking");
  const std::string piece = "listen." + couple.session.get<std::string>() + ".piece";
  const auto half = [&](const std::string& key) -> std::string {
    return couple.sam.see("draft", {{"key", key}})["text"];
  };
  const std::string others[] = {"listen.topic", "listen.AAAAAAAAAAAAAAAAAAAAAA.piece", "cherish.did"};
  for (const std::string& key : others) couple.sam.must("space.draft", {{"key", key}, {"text", "Half a sentence"}});
  couple.sam.must("space.draft", {{"key", piece}, {"text", "It was loud, and"}});
  EXPECT_EQ(half(piece), "It was loud, and");
  couple.must_give(couple.noa, "stop");
  EXPECT_EQ(half(piece), "");
  couple.sam.must("space.draft", {{"key", piece}, {"text", "It was loud, and I"}});  // typed on while the end came in
  EXPECT_EQ(half(piece), "");
  EXPECT_FALSE(finds(couple.sam, "It was loud"));
  EXPECT_FALSE(couple.sam.disk().contains("d/" + piece));
  for (const std::string& key : others) EXPECT_EQ(half(key), "Half a sentence") << key;
}

TEST(Listening, TypedPiecesStayWhereBothWantToKeepThem) {
  Sitting couple(210);
  couple.ask("typed");
  couple.until("ended");
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.held(*device)["pieces"][0]["text"], kFirstPiece);
    EXPECT_TRUE(finds(*device, kFirstPiece));
  }
  expect_all_well(couple);
}

TEST(Listening, TypedPiecesGoFromBothPhonesAndTheRelayIfOneWouldRatherNot) {
  Sitting couple(211);
  couple.ask("typed");
  couple.until("keeping");
  EXPECT_TRUE(finds(couple.sam, kFirstPiece));
  EXPECT_TRUE(finds(couple.noa, kFirstPiece));
  couple.must_give(couple.sam, "keep", {{"keep", true}});
  couple.must_give(couple.noa, "keep", {{"keep", false}});
  couple.world.settle();
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.held(*device)["pieces"], Json::array());
    EXPECT_FALSE(finds(*device, "Typed at step"));
    EXPECT_TRUE(finds(*device, "From Sam"));
  }
  expect_all_well(couple);
}

/// One phone is away when the other stops: its own pieces go when it is back.
TEST(Listening, WhoeverIsAwayAtTheEndTakesTheirPiecesAwayOnceTheyAreBack) {
  Sitting couple(212);
  couple.ask("typed");
  couple.until("more");
  couple.noa.go_offline();
  couple.must_give(couple.sam, "stop");
  couple.world.run_for(kHour);
  EXPECT_FALSE(finds(couple.sam, kFirstPiece));
  couple.noa.restart();
  couple.noa.go_online();
  couple.world.run_for(kMinute);
  for (Device* device : {&couple.sam, &couple.noa}) EXPECT_FALSE(finds(*device, "Typed at step"));
  expect_all_well(couple);
}

TEST(Listening, AThankYouIsTakenBackFromWhoHasNotOpenedItAndStaysWithWhoHas) {
  for (const bool opened : {false, true}) {
    Sitting couple(213);
    couple.ask("two-phones");
    couple.until("ended");
    const Json item = couple.held(couple.sam)["my_thanks"]["item"];
    if (opened) couple.noa.must("space.open-item", {{"item", item}});
    couple.world.run_for(2 * kHour);
    couple.sam.must("space.take-back", {{"item", item}});
    couple.world.run_for(30 * kHour);
    EXPECT_TRUE(couple.held(couple.sam)["my_thanks"].is_null());
    const Json theirs = couple.held(couple.noa)["their_thanks"];
    EXPECT_EQ(theirs.is_null() ? "" : theirs["text"], opened ? "From Sam" : "");
    expect_all_well(couple);
  }
}

// ---- what it is about ----

const std::string kTopic = "The thing with your mother";

TEST(Listening, WhatItIsAboutStaysWithWhoAskedUntilBothHaveSaidYes) {
  Sitting couple(220);
  couple.ask("two-phones");
  couple.must_give(couple.sam, "topic", {{"about", "hear"}, {"words", kTopic}});
  couple.world.run_for(2 * kHour);
  const auto stays = [&] {
    EXPECT_FALSE(readable_text(look_inside(couple.sam)).contains(kTopic));
    EXPECT_FALSE(finds(couple.noa, kTopic));
    EXPECT_EQ(couple.open(couple.sam)["words"], kTopic);
    EXPECT_EQ(couple.open(couple.noa)["words"], "");
  };
  stays();
  EXPECT_EQ(couple.gives(couple.sam, "ready")["code"], "not-what-comes-now");
  couple.must_give(couple.noa, "agree", {{"now", true}});
  stays();
  couple.must_give(couple.sam, "ready");
  EXPECT_EQ(couple.open(couple.noa)["words"], kTopic);
  EXPECT_EQ(couple.open(couple.noa)["about"], "hear");
  expect_all_well(couple);
}

TEST(Listening, WhatItIsAboutGoesOutWithNothingIfTheOtherDeclines) {
  Sitting couple(221);
  couple.ask("two-phones");
  couple.must_give(couple.sam, "topic", {{"about", "hear"}, {"words", kTopic}});
  couple.must_give(couple.noa, "decline");
  couple.world.run_for(2 * kHour);
  EXPECT_FALSE(readable_text(look_inside(couple.sam)).contains(kTopic));
  EXPECT_FALSE(finds(couple.noa, kTopic));
}

/// What is private leaves at the beat, within the hour; by then the session may have begun, or be over.
TEST(Listening, AWaitingTopicIsNoTroubleOnceItHasGoneOut) {
  Sitting couple(222);
  couple.world.run_for(kHour + kMinute);
  couple.ask("two-phones");
  couple.must_give(couple.sam, "topic", {{"about", "hear"}, {"words", kTopic}});
  couple.until("speaking");
  EXPECT_EQ(couple.open(couple.noa)["words"], kTopic);
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.open(couple.sam)["words"], kTopic);
  EXPECT_EQ(couple.sam.see("unsent")["refused"], Json::array());
  expect_all_well(couple);
}

// ---- at the same moment, and too late ----

TEST(Listening, TwoWhoAskAtTheSameMomentHaveOneSession) {
  Sitting couple(230);
  couple.noa.go_offline();
  couple.ask("two-phones");
  const Json noas = couple.noa.must("listen.propose", {{"how", "typed"}})["command"];
  couple.noa.must("listen.topic", {{"session", noas}, {"about", "good"}, {"words", "Words of Noa's"}});
  couple.noa.go_online();
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.open(*device)["item"], couple.session) << device->name();
    EXPECT_EQ(couple.open(*device)["how"], "two-phones") << device->name();
  }
  EXPECT_FALSE(readable_text(look_inside(couple.noa)).contains("Words of Noa's"));
  const Json refused = couple.noa.see("unsent")["refused"];
  ASSERT_EQ(refused.size(), 1U) << refused;
  EXPECT_EQ(refused[0]["texts"], Json::parse(R"([{"field":"words","text":"Words of Noa's"}])"));
}

TEST(Listening, ATapThatComesTooLateIsPassedOverWithoutAWord) {
  Sitting couple(231);
  couple.ask("two-phones");
  couple.until("speaking");
  couple.sam.go_offline();
  EXPECT_EQ(couple.gives(couple.sam, "piece")["ok"], true);
  EXPECT_EQ(couple.open(couple.sam)["stage"], "spoken");
  couple.must_give(couple.noa, "stop");
  couple.sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_TRUE(couple.open(couple.sam).is_null());
  EXPECT_EQ(couple.sam.see("unsent")["refused"], Json::array());
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 0);
  expect_all_well(couple);
}

TEST(Listening, WordsThatComeTooLateAreKeptWhereTheyCanBeFound) {
  Sitting couple(232);
  couple.ask("typed");
  couple.until("speaking");
  couple.sam.go_offline();
  EXPECT_EQ(couple.gives(couple.sam, "piece", {{"text", "Hard to say"}})["ok"], true);
  couple.must_give(couple.noa, "time-out", {{"minutes", 30}});
  couple.sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.open(couple.sam)["stage"], "time-out");
  const Json refused = couple.sam.see("unsent")["refused"];
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0]["command"], "listen.piece");
  EXPECT_EQ(refused[0]["texts"], Json::parse(R"([{"field":"text","text":"Hard to say"}])"));
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{"refused-later"});
  EXPECT_FALSE(finds(couple.noa, "Hard to say"));
}

// ---- with two devices ----

TEST(Listening, OnesOtherDeviceSaysSoUntilOneMovesThere) {
  Sitting couple(240);
  Device& tablet = couple.world.add("Tablet");
  Letting{.world = couple.world, .first = couple.sam, .tablet = tablet}.let_in();
  couple.world.run_for(2 * kHour);
  couple.ask("two-phones");
  couple.until("speaking");
  EXPECT_EQ(couple.open(tablet)["where"], "on-another");
  EXPECT_EQ(couple.gives(tablet, "piece")["code"], "on-another-device");
  couple.must_give(tablet, "here");
  EXPECT_EQ(couple.open(couple.sam)["where"], "on-another");
  EXPECT_EQ(couple.gives(couple.sam, "piece")["code"], "on-another-device");
  couple.must_give(tablet, "piece");
  EXPECT_EQ(couple.stage(), "spoken");
  for (Device* device : {&couple.sam, &tablet}) device->must("space.looked");
  EXPECT_EQ(unlike_each_other(couple.sam, tablet), Violations{});
  expect_all_well(couple);
}

}  // namespace
}  // namespace attune::sim
