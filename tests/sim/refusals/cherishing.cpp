// The small things: how I am, I noticed, good news, touches, gestures, letters, the jar.
#include "attune/practices/cherish/commands.h"
#include "attune/practices/feelings/commands.h"
#include "attune/practices/gestures/commands.h"
#include "attune/practices/goodnews/commands.h"
#include "attune/practices/letters/commands.h"
#include "attune/practices/noticed/commands.h"
#include "attune/practices/touches/commands.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60'000;

/// Sam has shared good news; Noa has looked, if `opened`.
Json news(Couple& c, bool opened = true) {
  c.sam.must("goodnews.share", {{"sort", "work"}, {"text", "They said yes"}});
  c.world.settle();
  const Json item = c.noa.see("goodnews")["news"][0]["item"];
  if (opened) c.noa.must("space.open-item", {{"item", item}});
  return item;
}

Json ask(Device& device, const Json& item, Json questions, std::string words = "") {
  return device.command("goodnews.ask", {{"item", item}, {"questions", std::move(questions)}, {"words", words}});
}

Json seal(Couple& c, std::int64_t later, bool held_by_me) {
  return c.sam.command(
      "letters.seal",
      {{"text", "Later"}, {"opens", {{"ms", c.sam.now().ms + later}, {"offset", 60}}}, {"held_by_me", held_by_me}});
}

}  // namespace

void add_cherishing_rows(std::vector<Row>& rows) {
  item_row(rows, feelings::kBadFeelings, "ThreeFeelingsAtOnce", [](Couple& c, bool broken) {
    Json feelings = {"low-flat", "glad-content"};
    if (broken) feelings.push_back("calm-settled");
    return c.sam.command("feelings.note", {{"feelings", feelings}});
  });
  item_row(rows, practices::kBadContentId, "AFeelingThatIsNoId", [](Couple& c, bool broken) {
    return c.sam.command("feelings.note", {{"feelings", {broken ? "Low Flat" : "low-flat"}}});
  });
  item_row(rows, practices::kOwnItem, "AskingAboutOnesOwnNews", [](Couple& c, bool broken) {
    const Json item = news(c);
    return ask(broken ? c.sam : c.noa, item, Json::array(), "How");
  });
  item_row(rows, practices::kNotOpenedYet, "AskingAboutNewsNotLookedAt", [](Couple& c, bool broken) {
    const Json item = news(c, !broken);
    return ask(c.noa, item, Json::array(), "How");
  });
  item_row(rows, practices::kNothingSaid, "AskingNothing", [](Couple& c, bool broken) {
    const Json item = news(c);
    return ask(c.noa, item, Json::array(), broken ? "" : "How");
  });
  item_row(rows, goodnews::kTwoQuestions, "AskingThreeQuestions", [](Couple& c, bool broken) {
    const Json item = news(c);
    Json questions = {"nq-work-1", "nq-work-2"};
    if (broken) questions.push_back("nq-work-3");
    return ask(c.noa, item, questions);
  });
  item_row(rows, goodnews::kNothingAsked, "TellingWhatNobodyAsked", [](Couple& c, bool broken) {
    const Json item = news(c);
    if (!broken) ask(c.noa, item, {"nq-work-1"});
    c.world.settle();
    return c.sam.command("goodnews.tell", {{"item", item}, {"words", "In the lift"}});
  });
  item_row(rows, goodnews::kNotTonight, "TalkedAboutWhatNobodyWantedTonight", [](Couple& c, bool broken) {
    const Json item = news(c);
    if (!broken) c.noa.must("goodnews.tonight", {{"item", item}});
    c.world.settle();
    return c.sam.command("goodnews.talked", {{"item", item}});
  });
  item_row(rows, noticed::kOneEffort, "NoticingNothing", [](Couple& c, bool broken) {
    return c.sam.command("noticed.notice", broken ? Json::object() : Json{{"effort", "ef-bins"}});
  });
  item_row(rows, noticed::kListFull, "AHundredAndOneEfforts", [](Couple& c, bool broken) {
    for (int i = 0; i < (broken ? 100 : 99); ++i) c.sam.must("noticed.add-effort", {{"text", std::to_string(i)}});
    return c.sam.command("noticed.add-effort", {{"text", "One more"}});
  });
  item_row(rows, touches::kTooSoon, "TwoTouchesInAMinute", [](Couple& c, bool broken) {
    c.sam.must("touches.send", {{"touch", "hug"}});
    c.world.run_for(broken ? 59'000 : 60'000);
    return c.sam.command("touches.send", {{"touch", "hug"}});
  });
  item_row(rows, touches::kEnoughToday, "ThirtyOneTouchesInADay", [](Couple& c, bool broken) {
    c.world.run_for(kDay - c.sam.now().ms % kDay);
    for (int i = 0; i < (broken ? 30 : 29); ++i) {
      c.sam.must("touches.send", {{"touch", "hug"}});
      c.world.run_for(60'000);
    }
    return c.sam.command("touches.send", {{"touch", "hug"}});
  });
  item_row(rows, touches::kWordsOfLove, "AHugWithWords", [](Couple& c, bool broken) {
    return c.sam.command("touches.send", {{"touch", broken ? "hug" : "love"}, {"words", "Still"}});
  });
  item_row(rows, touches::kBadMute, "QuietForAMonth", [](Couple& c, bool broken) {
    return c.sam.command("touches.mute", {{"until", c.sam.now().ms + (broken ? 30 : 7) * kDay}});
  });
  item_row(rows, gestures::kOneGesture, "SayingNothingOfAGesture", [](Couple& c, bool broken) {
    Json args = {{"liking", "love"}};
    if (!broken) args["gesture"] = "ge-tea";
    return c.sam.command("gestures.say", args);
  });
  item_row(rows, gestures::kMenuFull, "AMenuOfTwoHundredAndOne", [](Couple& c, bool broken) {
    for (int i = 0; i < (broken ? 200 : 199); ++i) {
      c.sam.must("gestures.add", {{"text", std::to_string(i)}, {"liking", "love"}});
    }
    return c.sam.command("gestures.add", {{"text", "One more"}, {"liking", "love"}});
  });
  item_row(rows, letters::kBadDate, "ALetterForYesterday",
           [](Couple& c, bool broken) { return seal(c, broken ? -kDay : kDay, true); });
  item_row(rows, letters::kPosted, "WithdrawingALetterThatWasPosted", [](Couple& c, bool broken) {
    seal(c, kDay, true);
    const Json item = c.sam.see("letters")["letters"][0]["item"];
    c.world.run_for(broken ? 2 * kDay : kDay / 2);
    return c.sam.command("letters.withdraw", {{"item", item}});
  });
  item_row(rows, letters::kClosed, "OpeningALetterBeforeItsDate", [](Couple& c, bool broken) {
    seal(c, kDay, false);
    c.world.run_for(broken ? kDay / 2 : 2 * kDay);
    const Json item = c.noa.see("letters")["letters"][0]["item"];
    return c.noa.command("space.open-item", {{"item", item}});
  });
  item_row(rows, cherish::kBadSpan, "HidingATimeThatEndsBeforeItBegins", [](Couple& c, bool broken) {
    return c.sam.command("cherish.hide-span", {{"from", 1'000}, {"to", broken ? 1'000 : 2'000}});
  });
}

}  // namespace attune::sim::refusals
