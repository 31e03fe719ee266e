// The daily reasons to come back: how I am, I noticed, good news, touches, gestures, letters, the jar. Two people, two
// devices, one relay.
#include <gtest/gtest.h>

#include "attune/practices/touches/events.h"
#include "sim/agreement.h"
#include "sim/hand.h"
#include "tests/sim/couple.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Cherishing : Couple {
  Cherishing() { pair(); }

  Json share(std::string line) {
    sam.must("feelings.share", {{"feelings", {"low-flat"}}, {"line", std::move(line)}, {"wish", "hold-me"}});
    world.settle();
    return noa.see("feelings")["shared"][0]["item"];
  }
  Json news() {
    sam.must("goodnews.share", {{"sort", "work"}, {"text", "They said yes"}});
    world.settle();
    const Json item = noa.see("goodnews")["news"][0]["item"];
    noa.must("space.open-item", {{"item", item}});
    return item;
  }
  Json notice() {
    sam.must("noticed.notice", {{"effort", "ef-bins"}});
    world.settle();
    return noa.see("noticed")["noticed"][0]["item"];
  }
  Json touch(const char* kind = "hug") {
    sam.must("touches.send", {{"touch", kind}});
    world.settle();
    return noa.see("touches")["touches"][0]["item"];
  }
  /// A letter of Sam's that opens so much later.
  Json letter(std::int64_t later, bool held_by_me) {
    sam.must("letters.seal", {{"text", "When you read this"},
                              {"opens", {{"ms", sam.now().ms + later}, {"offset", 60}}},
                              {"held_by_me", held_by_me}});
    world.settle();
    return sam.see("letters")["letters"][0]["item"];
  }
  std::vector<std::string> awaiting(Device& device) {
    std::vector<std::string> out;
    for (const Json& row : device.see("today")["awaiting"]) out.push_back(row["kind"]);
    return out;
  }
  std::vector<std::string> since(Device& device) {
    std::vector<std::string> out;
    for (const Json& row : device.see("today")["since"]) out.push_back(row["kind"]);
    return out;
  }
  /// Nothing of what was said here is found in what the other's keys open, nor in what lies on their phone.
  void never_reaches(Device& other, const std::string& words) {
    const Inside inside = look_inside(other);
    EXPECT_EQ(readable_text(inside).find(words), std::string::npos);
    for (const Said& said : everything_said(*inside.mine, wire::StreamKind::mine)) {
      EXPECT_EQ(said.content.dump().find(words), std::string::npos);
    }
  }
};

using Words = std::vector<std::string>;

// ---- how I am ----

TEST(HowIAm, KeptForMeReachesNobody) {
  Cherishing c;
  c.sam.must("feelings.note", {{"feelings", {"uneasy-tense", "low-flat"}}, {"line", "The letter from the bank"}});
  c.world.run_for(2 * kHour);
  const Json noted = c.sam.see("feelings")["noted"][0];
  EXPECT_EQ(noted["line"], "The letter from the bank");
  EXPECT_EQ(noted["mark"], "safe");
  EXPECT_EQ(c.noa.see("feelings"), (Json{{"shared", Json::array()}, {"noted", Json::array()}}));
  c.never_reaches(c.noa, "the bank");
}

TEST(HowIAm, SharedIsOpenedAnsweredAndSeen) {
  Cherishing c;
  const Json item = c.share("A long day");
  EXPECT_EQ(c.awaiting(c.noa), Words{"feeling"});
  EXPECT_EQ(c.noa.see("feelings")["shared"][0]["line"], "") << "closed until it is looked at";
  c.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(c.noa.see("feelings")["shared"][0]["line"], "A long day");
  EXPECT_EQ(c.noa.see("feelings")["shared"][0]["wish"], "hold-me");
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  c.noa.must("feelings.answer", {{"item", item}, {"response", "holding"}});
  c.world.settle();
  EXPECT_EQ(c.sam.see("feelings")["shared"][0]["answer"]["response"], "holding");
  EXPECT_EQ(c.since(c.sam).front(), "feeling-answered");
}

TEST(HowIAm, WrittenOfflineArrivesLater) {
  Cherishing c;
  c.sam.go_offline();
  c.sam.must("feelings.share", {{"feelings", {"low-flat"}}, {"line", "In the tunnel"}, {"wish", "ask-me"}});
  EXPECT_EQ(c.sam.see("feelings")["shared"][0]["mark"], "on-this-phone");
  c.world.settle();
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  c.sam.go_online();
  c.world.run_for(kMinute);
  EXPECT_EQ(c.awaiting(c.noa), Words{"feeling"});
  EXPECT_EQ(c.sam.see("feelings")["shared"][0]["mark"], "safe");
}

TEST(HowIAm, TakenBackBeforeItWasLookedAtIsGone) {
  Cherishing c;
  const Json item = c.share("Too much of it");
  c.sam.must("space.take-back", {{"item", item}});
  c.world.settle();
  const Json seen = c.noa.see("feelings")["shared"][0];
  EXPECT_EQ(seen["taken_back"], "gone");
  EXPECT_EQ(seen["line"], "");
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  c.never_reaches(c.noa, "Too much of it");
}

/// What Sam's screen and Sam's disk say must be the same whether Noa had opened it or not.
Json what_the_author_sees(bool opened) {
  Cherishing c;
  const Json item = c.share("Too much of it");
  if (opened) c.noa.must("space.open-item", {{"item", item}});
  c.world.run_for(kHour);
  c.sam.must("space.take-back", {{"item", item}});
  c.world.run_for(kHour);
  EXPECT_EQ(c.noa.see("feelings")["shared"][0]["taken_back"], opened ? "kept-by-me" : "gone");
  EXPECT_EQ(c.noa.see("feelings")["shared"][0]["line"], opened ? "Too much of it" : "");
  Json shown = c.sam.see("feelings");
  Json kinds = Json::array();
  const Inside inside = look_inside(c.sam);
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) kinds.push_back(said.kind);
  return {shown["shared"][0]["taken_back"], shown["shared"][0]["feelings"], kinds, c.since(c.sam)};
}

TEST(HowIAm, TheAuthorIsNotToldWhetherItHadBeenOpened) {
  EXPECT_EQ(what_the_author_sees(true), what_the_author_sees(false));
}

// ---- I noticed ----

TEST(Noticed, TwoTapsAreAnsweredWithOne) {
  Cherishing c;
  const Json item = c.notice();
  EXPECT_EQ(c.awaiting(c.noa), Words{"noticed"});
  c.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(c.noa.see("noticed")["noticed"][0]["effort"], "ef-bins");
  c.noa.must("noticed.answer", {{"item", item}, {"tap", "warmed"}});
  c.world.settle();
  EXPECT_EQ(c.sam.see("noticed")["noticed"][0]["answer"]["tap"], "warmed");
  EXPECT_EQ(c.sam.see("noticed")["recent"], (Json{{{"effort", "ef-bins"}, {"words", ""}}}));
}

TEST(Noticed, TheListIsMineAndNobodySeesIt) {
  Cherishing c;
  c.sam.must("noticed.add-effort", {{"text", "You warmed the car"}});
  c.sam.must("noticed.list-effort", {{"effort", "ef-bins"}, {"listed", false}});
  const Json own = c.sam.see("noticed")["own"][0]["item"];
  c.sam.must("noticed.list-effort", {{"own", own}, {"listed", false}});
  c.world.run_for(2 * kHour);
  const Json seen = c.sam.see("noticed");
  EXPECT_EQ(seen["hidden"], Json{"ef-bins"});
  EXPECT_EQ(seen["own"][0]["listed"], false);
  c.never_reaches(c.noa, "You warmed the car");
  c.sam.must("noticed.list-effort", {{"effort", "ef-bins"}, {"listed", true}});
  EXPECT_EQ(c.sam.see("noticed")["hidden"], Json::array());
}

// ---- the jar ----

TEST(Jar, HoldsWhatWasSaidToMeAndNothingFromAHiddenTime) {
  Cherishing c;
  const Json noticed = c.notice();
  c.noa.must("space.open-item", {{"item", noticed}});
  const Json thanks = c.thank();
  EXPECT_EQ(c.noa.see("jar")["entries"].size(), 1U) << "a closed envelope is no treasure yet";
  c.noa.must("space.open-item", {{"item", thanks}});
  c.noa.must("cherish.keep", {{"did", "You sang"}, {"says", ""}, {"felt", ""}});
  EXPECT_EQ(c.noa.see("jar")["entries"].size(), 3U);
  EXPECT_EQ(c.sam.see("jar")["entries"].size(), 0U);
  const std::int64_t now = c.noa.now().ms;
  c.noa.must("cherish.hide-span", {{"from", now - kDay}, {"to", now + kDay}});
  c.world.run_for(2 * kHour);
  EXPECT_EQ(c.noa.see("jar")["entries"].size(), 0U);
  EXPECT_EQ(c.sam.see("jar")["hidden"].size(), 0U) << "what I hide for myself is nobody else's business";
  c.noa.must("cherish.show-span", {{"item", c.noa.see("jar")["hidden"][0]["item"]}});
  EXPECT_EQ(c.noa.see("jar")["entries"].size(), 3U);
}

// ---- good news ----

TEST(GoodNews, IsAskedAboutToldAndMarkedForMyselfAlone) {
  Cherishing c;
  const Json item = c.news();
  c.noa.must("goodnews.ask", {{"item", item}, {"questions", {"nq-work-1", "nq-work-2"}}});
  c.world.settle();
  EXPECT_EQ(c.since(c.sam).front(), "good-news-asked");
  EXPECT_EQ(c.sam.see("goodnews")["news"][0]["asked"]["questions"], (Json{"nq-work-1", "nq-work-2"}));
  c.sam.must("goodnews.tell", {{"item", item}, {"words", "In the lift, with a stranger"}});
  c.sam.must("goodnews.felt-good", {{"item", item}});
  c.world.run_for(2 * kHour);
  EXPECT_EQ(c.noa.see("goodnews")["news"][0]["told"]["words"], "In the lift, with a stranger");
  EXPECT_EQ(c.sam.see("goodnews")["news"][0]["felt_good"], true);
  EXPECT_EQ(c.noa.see("goodnews")["news"][0]["felt_good"], false);
  EXPECT_EQ(readable_text(look_inside(c.noa)).find("felt-good"), std::string::npos);
}

TEST(GoodNews, TellMeTonightStandsInTodayForBothUntilEitherHasTalked) {
  for (const bool teller : {true, false}) {
    Cherishing c;
    const Json item = c.news();
    c.noa.must("goodnews.tonight", {{"item", item}});
    c.world.settle();
    EXPECT_EQ(c.awaiting(c.sam), Words{"tonight"});
    EXPECT_EQ(c.awaiting(c.noa), Words{"tonight"});
    (teller ? c.sam : c.noa).must("goodnews.talked", {{"item", item}});
    c.world.settle();
    EXPECT_EQ(c.awaiting(c.sam), Words{});
    EXPECT_EQ(c.awaiting(c.noa), Words{});
  }
}

TEST(GoodNews, TakenBackLeavesTodayForBoth) {
  Cherishing c;
  const Json item = c.news();
  c.noa.must("goodnews.tonight", {{"item", item}});
  c.noa.must("goodnews.ask", {{"item", item}, {"questions", Json::array()}, {"words", "Really"}});
  c.world.settle();
  c.sam.must("goodnews.tell", {{"item", item}, {"words", "Told once"}});
  c.sam.must("goodnews.tell", {{"item", item}, {"words", "And told again"}});
  c.world.settle();
  c.sam.must("space.take-back", {{"item", item}});
  c.world.run_for(2 * kHour);
  EXPECT_EQ(c.awaiting(c.sam), Words{});
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  for (const char* told : {"Told once", "And told again"}) {
    EXPECT_EQ(readable_text(look_inside(c.sam)).find(told), std::string::npos) << "every answer goes with it";
  }
}

// ---- touches ----

TEST(Touches, AreFeltOnceAndTheSenderSeesOnlyThatItWasSent) {
  Cherishing c;
  const Json item = c.touch();
  EXPECT_EQ(c.noa.see("touches")["touches"][0]["felt"], false);
  const Json before = c.sam.see("touches")["touches"];
  c.noa.must("touches.feel", {{"item", item}});
  c.world.run_for(2 * kHour);
  EXPECT_EQ(c.noa.see("touches")["touches"][0]["felt"], true);
  EXPECT_EQ(c.sam.see("touches")["touches"], before);
  EXPECT_EQ(c.since(c.sam), Words{"partner-joined"});
}

TEST(Touches, FeelingTheNewestFeelsThoseBeforeIt) {
  Cherishing c;
  c.touch("squeeze");
  c.world.run_for(2 * kMinute);
  const Json newest = c.touch("kiss");
  c.noa.must("touches.feel", {{"item", newest}});
  for (const Json& touch : c.noa.see("touches")["touches"]) EXPECT_EQ(touch["felt"], true);
}

TEST(Touches, AMinuteLiesBetweenTwo) {
  Cherishing c;
  c.touch();
  EXPECT_EQ(c.sam.command("touches.send", {{"touch", "kiss"}})["code"], "touch-too-soon");
  EXPECT_EQ(c.sam.see("touches")["next_at"],
            c.sam.see("touches")["touches"][0]["at"]["ms"].get<std::int64_t>() + kMinute);
  c.world.run_for(kMinute);
  EXPECT_EQ(c.sam.see("touches")["next_at"], 0);
  c.sam.must("touches.send", {{"touch", "kiss"}});
}

TEST(Touches, ThirtyFitADayAndTheNextDayBeginsAnew) {
  Cherishing c;
  c.world.run_for(kDay - c.sam.now().ms % kDay - kHour);  // the sender's zone is an hour ahead: a day begins
  for (int i = 0; i < 30; ++i) {
    c.sam.must("touches.send", {{"touch", "thought"}});
    c.world.run_for(kMinute);
  }
  EXPECT_EQ(c.sam.see("touches")["left_today"], 0);
  EXPECT_EQ(c.sam.command("touches.send", {{"touch", "thought"}})["code"], "touches-enough-today");
  c.world.run_for(kDay);
  EXPECT_EQ(c.sam.see("touches")["left_today"], 30);
  c.sam.must("touches.send", {{"touch", "thought"}});
}

TEST(Touches, QuietForATimeIsUnseen) {
  Cherishing c;
  c.noa.must("touches.mute", {{"until", c.noa.now().ms + kHour}});
  EXPECT_EQ(c.noa.see("touches")["muted_until"], c.noa.now().ms + kHour);
  c.touch();
  EXPECT_EQ(c.sam.see("touches")["muted_until"], nullptr);
  EXPECT_EQ(readable_text(look_inside(c.sam)).find("muted"), std::string::npos);
  c.world.run_for(kHour + kMinute);
  EXPECT_EQ(c.noa.see("touches")["muted_until"], nullptr);
}

/// A changed app sends so many touches in one go, all of the same second.
TEST(Touches, AFloodOfAChangedAppIsOneTouch) {
  Cherishing c;
  c.sam.stop();
  const Inside sam = look_inside(c.sam);
  log::Head head = log::Head::of(*sam.ours);
  std::vector<wire::Record> flood;
  const Now now = c.noa.now();
  for (int i = 0; i < 60; ++i) {
    const auto event = log::make<touches::Sent>(fresh_id(c.world), {.ms = now.ms, .offset = 60},
                                                {.touch = touches::Touch::kiss, .words = "", .at = {now.ms, 60}});
    flood.push_back(make_event(c.world, sam, head, event));
  }
  Hand hand(c.world, sam.keys);
  EXPECT_EQ(hand.append(sam.ours->id(), flood), "");
  c.world.settle();
  EXPECT_EQ(c.noa.see("touches")["touches"].size(), 1U);
}

// ---- gestures ----

TEST(Gestures, TheOtherSeesTheMenuAndNoChangeIsAnnounced) {
  Cherishing c;
  c.sam.must("gestures.say", {{"gesture", "ge-tea"}, {"liking", "love"}});
  c.sam.must("gestures.add", {{"text", "A hand on my neck"}, {"liking", "sometimes"}});
  c.world.settle();
  EXPECT_EQ(c.noa.see("gestures")["theirs"].size(), 2U);
  const Json own = c.sam.see("gestures")["mine"][1]["own"];
  c.sam.must("gestures.say", {{"own", own}, {"liking", "not-now"}});
  c.sam.must("gestures.say", {{"gesture", "ge-tea"}, {"liking", "not-said"}});
  c.world.settle();
  const Json theirs = c.noa.see("gestures")["theirs"];
  ASSERT_EQ(theirs.size(), 1U);
  EXPECT_EQ(theirs[0]["text"], "A hand on my neck");
  EXPECT_EQ(theirs[0]["liking"], "not-now");
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  EXPECT_EQ(c.since(c.noa), Words{"partner-joined"});
}

TEST(Gestures, WhatWasFilledInAloneIsShownOnlyOnAsking) {
  Couple c;
  c.start();
  c.sam.must("gestures.say", {{"gesture", "ge-tea"}, {"liking", "love"}});
  c.sam.must("gestures.add", {{"text", "A hand on my neck"}, {"liking", "love"}});
  EXPECT_EQ(c.sam.see("gestures")["mine"].size(), 2U);
  c.meet();
  c.world.run_for(2 * kHour);
  EXPECT_EQ(c.noa.see("gestures")["theirs"].size(), 0U);
  EXPECT_EQ(c.sam.see("gestures")["not_shown"], 2);
  c.sam.must("gestures.show-kept");
  c.world.settle();
  EXPECT_EQ(c.noa.see("gestures")["theirs"].size(), 2U);
  EXPECT_EQ(c.noa.see("gestures")["theirs"][1]["text"], "A hand on my neck");
  EXPECT_EQ(c.sam.see("gestures")["not_shown"], 0);
}

// ---- letters ----

TEST(Letters, HeldByMeAreInNoStreamButMineUntilTheirDate) {
  Cherishing c;
  const Json item = c.letter(3 * kDay, true);
  EXPECT_EQ(c.sam.see("letters")["letters"][0]["state"], "held");
  c.world.run_for(2 * kDay);
  c.never_reaches(c.noa, "When you read this");
  EXPECT_EQ(c.noa.see("letters")["letters"].size(), 0U);
  c.world.run_for(kDay + kHour);
  EXPECT_EQ(c.awaiting(c.noa), Words{"letter"});
  const Json arrived = c.noa.see("letters")["letters"][0];
  EXPECT_EQ(arrived["state"], "ready");
  EXPECT_EQ(arrived["text"], "");
  EXPECT_EQ(arrived["held_by_me"], true);
  c.noa.must("space.open-item", {{"item", arrived["item"]}});
  EXPECT_EQ(c.noa.see("letters")["letters"][0]["text"], "When you read this");
  EXPECT_EQ(c.sam.see("letters")["letters"].size(), 1U) << "what was held has become what was posted";
  EXPECT_NE(c.sam.see("letters")["letters"][0]["item"], item);
}

TEST(Letters, HeldByMeArePostedByTheFirstDeviceOnlineAfterTheirDate) {
  Cherishing c;
  c.letter(kDay, true);
  c.world.run_for(2 * kHour);
  c.sam.stop();
  c.world.run_for(3 * kDay);
  EXPECT_EQ(c.noa.see("letters")["letters"].size(), 0U);
  c.sam.restart();
  c.world.settle();
  EXPECT_EQ(c.noa.see("letters")["letters"].size(), 1U);
}

TEST(Letters, HeldByTheAppStayClosedUntilTheirDate) {
  Cherishing c;
  const Json item = c.letter(2 * kDay, false);
  EXPECT_EQ(c.since(c.noa).front(), "letter-closed");
  EXPECT_EQ(c.noa.see("letters")["letters"][0]["state"], "closed");
  EXPECT_EQ(c.noa.see("letters")["letters"][0]["text"], "");
  EXPECT_EQ(c.noa.command("space.open-item", {{"item", item}})["code"], "letter-closed");
  EXPECT_EQ(c.sam.see("letters")["letters"][0]["text"], "When you read this") << "its author may read it";
  c.world.run_for(2 * kDay + kHour);
  EXPECT_EQ(c.awaiting(c.noa), Words{"letter"});
  c.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(c.noa.see("letters")["letters"][0]["text"], "When you read this");
}

TEST(Letters, WithdrawnWhileHeldIsNeverPosted) {
  Cherishing c;
  const Json item = c.letter(kDay, true);
  c.sam.must("letters.withdraw", {{"item", item}});
  c.world.run_for(3 * kDay);
  EXPECT_EQ(c.noa.see("letters")["letters"].size(), 0U);
  EXPECT_EQ(c.sam.see("letters")["letters"].size(), 0U);
  c.never_reaches(c.noa, "When you read this");
}

TEST(Letters, TakenBackBeforeTheirDateAreGone) {
  Cherishing c;
  const Json item = c.letter(kDay, false);
  c.sam.must("space.take-back", {{"item", item}});
  c.world.run_for(2 * kDay);
  EXPECT_EQ(c.noa.see("letters")["letters"][0]["taken_back"], "gone");
  EXPECT_EQ(c.awaiting(c.noa), Words{});
  c.never_reaches(c.noa, "When you read this");
}

TEST(Letters, APowerCutAtAnyMomentPostsEachOnce) {
  for (std::size_t effects = 1; effects < 9; ++effects) {
    Cherishing c;
    c.letter(kDay, true);
    c.world.run_for(kDay - kHour);
    c.sam.lose_power_after(effects);
    c.world.run_for(2 * kHour);
    c.sam.lose_power_after(std::nullopt);
    c.sam.restart();
    c.world.run_for(2 * kHour);
    EXPECT_EQ(c.noa.see("letters")["letters"].size(), 1U) << effects;
    EXPECT_EQ(unlike_the_second_fold(c.sam), Violations{});
    EXPECT_EQ(unlike_the_second_fold(c.noa), Violations{});
  }
}

}  // namespace
}  // namespace attune::sim
