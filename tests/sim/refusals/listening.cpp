// Listening sessions: whose turn it is, what comes now, and what is asked for beside the moves.
#include "attune/practices/listen/commands.h"

#include "attune/space/errors.h"
#include "tests/sim/letting.h"
#include "tests/sim/refusals/row.h"
#include "tests/sim/talk.h"

namespace attune::sim::refusals {

namespace {

Json proposing(const char* how, Json more = Json::object()) {
  more["how"] = how;
  return more;
}

/// A session that has come to this stage.
Talk at(Couple& c, const char* stage, const char* how = "two-phones") {
  Talk talk(c, how);
  if (talk.at() == "proposed") talk.begin();
  talk.until(stage);
  return talk;
}

void add_beginning(std::vector<Row>& rows) {
  rows.push_back({space::kNotPaired, "ListeningAlone", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    return code(c.sam.command("listen.propose", proposing("typed")));
                  }});
  item_row(rows, listen::kOpen, "AskingToListenWhenTheOtherHasAsked", [](Couple& c, bool broken) {
    if (broken) Talk{c};
    return c.noa.command("listen.propose", proposing("typed"));
  });
  item_row(rows, listen::kOpen, "ATableInTheMiddleOfASession", [](Couple& c, bool broken) {
    Talk talk(c);
    if (broken) talk.begin();
    return c.noa.command("listen.propose", proposing("table"));
  });
  item_row(rows, listen::kBadLength, "APieceOfFourteenSeconds", [](Couple& c, bool broken) {
    return c.sam.command("listen.propose", proposing("two-phones", {{"seconds", broken ? 14 : 15}}));
  });
  item_row(rows, listen::kBadLength, "APieceOfMoreThanThreeMinutes", [](Couple& c, bool broken) {
    return c.sam.command("listen.propose", proposing("two-phones", {{"seconds", broken ? 181 : 180}}));
  });
  item_row(rows, space::kUnknownItem, "AgreeingToNoSession", [](Couple& c, bool broken) {
    const Talk talk(c);
    return c.noa.command("listen.agree", {{"session", broken ? Json(kNobody) : talk.session}, {"asked", talk.session}});
  });
  item_row(rows, space::kNotYours, "ATopicOfWhoWasAsked",
           [](Couple& c, bool broken) { return Talk(c).ask(broken ? c.noa : c.sam, "topic", {{"about", "us"}}); });
  item_row(rows, space::kTextTooLong, "ATopicTooLong", [](Couple& c, bool broken) {
    return Talk(c).ask(c.sam, "topic", {{"about", "us"}, {"words", std::string(broken ? 501 : 500, 'a')}});
  });
  item_row(rows, listen::kBegun, "ATopicAfterTheBeginning", [](Couple& c, bool broken) {
    Talk talk(c);
    if (broken) talk.begin();
    return talk.ask(c.sam, "topic", {{"about", "hear"}});
  });
  item_row(rows, listen::kOver, "AgreeingToWhatWasWithdrawn", [](Couple& c, bool broken) {
    Talk talk(c);
    if (broken) talk.must(c.sam, "decline");
    return talk.ask(c.noa, "agree");
  });
  item_row(rows, listen::kNotNow, "AgreeingToWhatOneAskedOneself",
           [](Couple& c, bool broken) { return Talk(c).ask(broken ? c.sam : c.noa, "agree"); });
  for (const char* command : {"agree", "ready"}) {
    const bool agrees = command == std::string("agree");
    item_row(rows, listen::kMovedOn, agrees ? "AgreeingToATimeThatIsNoLongerAsked" : "ReadyForATimeThatIsNoLongerAsked",
             [command, agrees](Couple& c, bool broken) {
               Talk talk(c);
               talk.must(c.sam, "postpone", {{"when", {{"ms", 1'800'000'000'000}, {"offset", 60}}}});
               if (!agrees) talk.must(c.noa, "agree");
               return talk.ask(c.noa, command, broken ? Json{{"asked", talk.session}} : Json::object());
             });
  }
  item_row(rows, listen::kSaidAlready, "AgreeingTwice", [](Couple& c, bool broken) {
    Talk talk(c);
    if (broken) talk.must(c.noa, "agree");
    return talk.ask(c.noa, "agree");
  });
  for (const char* command : {"decline", "postpone"}) {
    const bool declines = command == std::string("decline");
    item_row(rows, listen::kBegun, declines ? "DecliningWhatHasBegun" : "PostponingWhatHasBegun",
             [command, declines](Couple& c, bool broken) {
               Talk talk(c);
               if (broken) talk.begin();
               const Json when = {{"ms", 1'800'000'000'000}, {"offset", 60}};
               return talk.ask(c.noa, command, declines ? Json::object() : Json{{"when", when}});
             });
  }
  item_row(rows, listen::kNotNow, "ReadyBeforeTheOtherAgreed", [](Couple& c, bool broken) {
    Talk talk(c);
    if (!broken) talk.must(c.noa, "agree");
    return talk.ask(c.sam, "ready");
  });
  item_row(rows, listen::kSaidAlready, "ReadyTwice", [](Couple& c, bool broken) {
    Talk talk(c);
    talk.must(c.noa, "agree");
    if (broken) talk.must(c.sam, "ready");
    return talk.ask(c.sam, "ready");
  });
}

void add_moves(std::vector<Row>& rows) {
  item_row(rows, listen::kNotBegun, "APieceBeforeBothAreReady", [](Couple& c, bool broken) {
    Talk talk(c);
    talk.must(c.noa, "agree", {{"now", true}});
    if (!broken) talk.must(c.sam, "ready");
    return talk.move(c.sam, "piece");
  });
  item_row(rows, listen::kOtherHasFloor, "APieceOfTheListeners",
           [](Couple& c, bool broken) { return at(c, "speaking").move(broken ? c.noa : c.sam, "piece"); });
  item_row(rows, listen::kOtherHasFloor, "AYesOfTheListeners", [](Couple& c, bool broken) {
    return at(c, "given-back").move(broken ? c.noa : c.sam, "confirm", {{"heard", "yes"}});
  });
  item_row(rows, listen::kOtherHasFloor, "TheSpeakersWordsWhereTheListenersBelong",
           [](Couple& c, bool broken) { return at(c, "making-sense").move(broken ? c.sam : c.noa, "make-sense"); });
  item_row(rows, listen::kNothingSaidYet, "GivingBackWhatWasNotSaid",
           [](Couple& c, bool broken) { return at(c, broken ? "speaking" : "spoken").move(c.noa, "say-back"); });
  item_row(rows, listen::kOnlyYesMovesOn, "MoreBeforeTheYes", [](Couple& c, bool broken) {
    return at(c, broken ? "given-back" : "more").move(c.sam, "more", {{"more", true}});
  });
  item_row(rows, listen::kOnlyYesMovesOn, "TheNextPieceBeforeTheYes",
           [](Couple& c, bool broken) { return at(c, broken ? "given-back" : "speaking").move(c.sam, "piece"); });
  item_row(rows, listen::kOnlyYesMovesOn, "SenseBeforeTheYes",
           [](Couple& c, bool broken) { return at(c, broken ? "spoken" : "making-sense").move(c.noa, "make-sense"); });
  item_row(rows, listen::kNotNow, "AYesToNothingGivenBack", [](Couple& c, bool broken) {
    return at(c, broken ? "speaking" : "given-back").move(c.sam, "confirm", {{"heard", "yes"}});
  });
  item_row(rows, listen::kNotNow, "ASmallerPieceThatNobodyOffered", [](Couple& c, bool broken) {
    Talk talk = at(c, "given-back");
    for (int i = 0; i < (broken ? 2 : 3); ++i) {
      if (i > 0) talk.until("given-back");
      talk.move(c.sam, "confirm", {{"heard", "not-yet"}});
      c.world.settle();
    }
    return talk.move(c.noa, "smaller");
  });
  item_row(rows, listen::kMovedOn, "AMoveInSightOfAnEarlierStep", [](Couple& c, bool broken) {
    Talk talk = at(c, "speaking");
    const Json seen = c.sam.see("listen")["open"]["step"];
    if (broken) talk.until("more");
    return talk.ask(c.sam, "piece", {{"step", seen}});
  });
  item_row(rows, listen::kTypedOnly, "WordsInASpokenSession", [](Couple& c, bool broken) {
    return at(c, "speaking", broken ? "two-phones" : "typed").move(c.sam, "piece", {{"text", "On Sunday"}});
  });
  item_row(rows, space::kTextEmpty, "AnEmptyPiece", [](Couple& c, bool broken) {
    return at(c, "speaking", "typed").move(c.sam, "piece", {{"text", broken ? "" : "On Sunday"}});
  });
  item_row(rows, space::kTextEmpty, "AlmostWithoutWhatWasMissed", [](Couple& c, bool broken) {
    return at(c, "given-back", "typed")
        .move(c.sam, "confirm", {{"heard", broken ? "almost" : "not-yet"}, {"text", nullptr}});
  });
  item_row(rows, space::kTextTooLong, "APieceTooLong", [](Couple& c, bool broken) {
    return at(c, "speaking", "typed").move(c.sam, "piece", {{"text", std::string(broken ? 2001 : 2000, 'a')}});
  });
  item_row(rows, listen::kOtherDevice, "AMoveFromTheTablet", [](Couple& c, bool broken) {
    Device& tablet = c.world.add("Tablet");
    Letting{.world = c.world, .first = c.sam, .tablet = tablet}.let_in();
    const Talk talk = at(c, "speaking");
    if (!broken) talk.ask(tablet, "here");
    c.world.settle();
    return talk.move(tablet, "piece");
  });
  item_row(rows, listen::kNotNow, "MovingToADeviceBeforeReady", [](Couple& c, bool broken) {
    Talk talk(c);
    if (!broken) talk.begin();
    return talk.ask(c.sam, "here");
  });
  item_row(rows, listen::kOnOnePhone, "AMoveFromThePhoneThatIsNotOnTheTable",
           [](Couple& c, bool broken) { return at(c, "speaking", "table").move(broken ? c.noa : c.sam, "piece"); });
}

void add_pauses_and_ends(std::vector<Row>& rows) {
  item_row(rows, listen::kInTimeOut, "APieceInATimeOut", [](Couple& c, bool broken) {
    Talk talk = at(c, "speaking");
    if (broken) talk.must(c.noa, "time-out", {{"minutes", 15}});
    return talk.move(c.sam, "piece");
  });
  for (const int minutes : {14, 1441}) {
    const bool early = minutes == 14;
    item_row(rows, listen::kBadReturn, early ? "ATimeOutTooShort" : "ATimeOutTooLong",
             [minutes, early](Couple& c, bool broken) {
               return at(c, "speaking").ask(c.noa, "time-out", {{"minutes", broken ? minutes : early ? 15 : 1440}});
             });
  }
  item_row(rows, listen::kNotBegun, "ATimeOutOfNothing", [](Couple& c, bool broken) {
    Talk talk(c);
    if (!broken) talk.begin();
    return talk.ask(c.sam, "time-out", {{"minutes", 15}});
  });
  item_row(rows, listen::kNotBegun, "StoppingWhatHasNotBegun", [](Couple& c, bool broken) {
    Talk talk(c);
    if (!broken) talk.begin();
    return talk.ask(c.sam, "stop");
  });
  item_row(rows, listen::kUnderstandFirst, "ThanksBeforeBothWereUnderstood",
           [](Couple& c, bool broken) { return at(c, broken ? "feeling-given" : "thanking").ask(c.sam, "thank"); });
  item_row(rows, listen::kUnderstandFirst, "AnIdeaBeforeBothWereUnderstood", [](Couple& c, bool broken) {
    return at(c, broken ? "more" : "thanking").ask(c.noa, "idea", {{"text", "The summer"}});
  });
  item_row(rows, space::kTextEmpty, "AnIdeaOfNothing", [](Couple& c, bool broken) {
    return at(c, "thanking").ask(c.noa, "idea", {{"text", broken ? "" : "The summer"}});
  });
  item_row(rows, space::kTextTooLong, "ThanksForATalkTooLong", [](Couple& c, bool broken) {
    return at(c, "thanking").ask(c.noa, "thank", {{"text", std::string(broken ? 2001 : 2000, 'a')}});
  });
  item_row(rows, listen::kSaidAlready, "ThankingTwice", [](Couple& c, bool broken) {
    Talk talk = at(c, "thanking");
    if (broken) talk.must(c.sam, "thank");
    return talk.ask(c.sam, "thank");
  });
  item_row(rows, listen::kNotNow, "KeepingBeforeTheThanks", [](Couple& c, bool broken) {
    Talk talk = at(c, "thanking", "typed");
    talk.must(c.sam, "thank");
    if (!broken) talk.must(c.noa, "thank");
    return talk.ask(c.sam, "keep", {{"keep", true}});
  });
  item_row(rows, listen::kSaidAlready, "SayingTwiceWhetherToKeep", [](Couple& c, bool broken) {
    Talk talk = at(c, "thanking", "typed");
    talk.must(c.sam, "thank");
    talk.must(c.noa, "thank");
    if (broken) talk.must(c.sam, "keep", {{"keep", true}});
    return talk.ask(c.sam, "keep", {{"keep", true}});
  });
  item_row(rows, listen::kNotNow, "HowUnderstoodInTheMiddle", [](Couple& c, bool broken) {
    Talk talk = at(c, "thanking");
    if (!broken) talk.must(c.noa, "stop");
    return talk.ask(c.sam, "understood", {{"score", 7}});
  });
  for (const int score : {0, 8}) {
    item_row(rows, listen::kBadScore, score == 0 ? "UnderstoodNotAtAll" : "UnderstoodMoreThanWholly",
             [score](Couple& c, bool broken) {
               Talk talk = at(c, "thanking");
               talk.must(c.noa, "stop");
               return talk.ask(c.sam, "understood", {{"score", broken ? score : score == 0 ? 1 : 7}});
             });
  }
}

}  // namespace

void add_listening_rows(std::vector<Row>& rows) {
  add_beginning(rows);
  add_moves(rows);
  add_pauses_and_ends(rows);
}

}  // namespace attune::sim::refusals
