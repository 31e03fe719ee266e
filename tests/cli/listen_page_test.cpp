// What a session looks like at the terminal, stage by stage, and what a step hands to the core.
#include "tests/cli/desk.h"

namespace attune::cli {
namespace {

class ListenPage : public VerbTest {
 protected:
  ListenPage() { show(session("proposed")); }

  static Json session(const std::string& stage) {
    return {{"item", kItem},
            {"how", "two-phones"},
            {"stage", stage},
            {"by_me", true},
            {"asked_by_me", true},
            {"when", nullptr},
            {"where", "here"},
            {"i_am_ready", false},
            {"asked", "asked"},
            {"other_ready", nullptr},
            {"other_ready_at", nullptr},
            {"about", nullptr},
            {"words", ""},
            {"floor", "nobody"},
            {"seconds", 45},
            {"step", 7},
            {"pieces", Json::array()},
            {"until", at_evening()},
            {"my_thanks", nullptr},
            {"their_thanks", nullptr},
            {"i_keep", nullptr}};
  }
  static Json with(Json from, const char* name, Json value) {
    from[name] = std::move(value);
    return from;
  }
  void show(const Json& open) {
    engine_->views["listen"] = {{"open", open}, {"held", Json::array()}, {"ideas", Json::array()}};
  }
  std::string page(const Json& open) {
    show(open);
    out_.str("");
    EXPECT_EQ(run(listen), Exit::done);
    for (const char* key : {"listen.", "today.", "{"}) EXPECT_FALSE(out_.str().contains(key)) << out_.str();
    return out_.str();
  }
};

TEST_F(ListenPage, SaysAtEveryStageWhoseTurnItIsAndOffersOnlyWhatIsAllowed) {
  struct Row {
    const char* stage;
    const char* mine;  ///< what only the one who has the floor is offered
  };
  const Row kRows[] = {
      {"speaking", "piece"},          {"spoken", "say-back"},   {"given-back", "confirm not-yet"}, {"more", "more no"},
      {"making-sense", "make-sense"}, {"imagining", "imagine"}, {"feeling-given", "feeling else"}};
  for (const Row& row : kRows) {
    for (const char* how : {"two-phones", "typed", "table"}) {
      const Json here = with(session(row.stage), "how", how);
      const std::string verb = std::string("attune listen ") + row.mine;
      const std::string mine = page(with(here, "floor", "mine"));
      EXPECT_TRUE(mine.contains(verb)) << mine;
      const std::string theirs = page(with(here, "floor", "theirs"));
      EXPECT_TRUE(theirs.contains("Kim ")) << theirs;
      EXPECT_EQ(theirs.contains(verb), how == std::string("table")) << theirs;
      for (const std::string& always : {mine, theirs}) {
        EXPECT_TRUE(always.contains("attune listen time-out --minutes 30")) << always;
        EXPECT_TRUE(always.contains("attune listen stop")) << always;
      }
      EXPECT_EQ(mine.contains(verb + " WORDS"), how == std::string("typed") &&
                                                    !std::string_view(row.stage).contains("more") &&
                                                    row.stage != std::string("given-back"))
          << mine;
    }
  }
}

TEST_F(ListenPage, OffersBeforeTheBeginningWhatEachMayDo) {
  const std::string asked = page(session("proposed"));
  EXPECT_TRUE(asked.contains("The answer is up to Kim.")) << asked;
  EXPECT_FALSE(asked.contains("attune listen agree")) << asked;
  EXPECT_TRUE(asked.contains("attune listen topic")) << asked;
  Json theirs = with(with(session("proposed"), "asked_by_me", false), "by_me", false);
  const std::string asking = page(with(theirs, "when", at_evening()));
  EXPECT_TRUE(asking.contains("today, 21:04")) << asking;
  EXPECT_TRUE(asking.contains("attune listen agree --now")) << asking;
  EXPECT_FALSE(asking.contains("attune listen topic")) << asking;
  const std::string agreed = page(session("agreed"));
  EXPECT_TRUE(agreed.contains("attune listen ready\n")) << agreed;
  EXPECT_FALSE(agreed.contains("--anew")) << agreed;
  const std::string ready = page(with(session("agreed"), "i_am_ready", true));
  EXPECT_FALSE(ready.contains("attune listen ready")) << ready;
}

TEST_F(ListenPage, OffersOnTheOthersDeviceOnlyToStop) {
  const std::string there =
      page(with(with(with(session("speaking"), "where", "on-theirs"), "how", "table"), "floor", "mine"));
  EXPECT_FALSE(there.contains("attune listen piece")) << there;
  EXPECT_FALSE(there.contains("time-out")) << there;
  EXPECT_TRUE(there.contains("attune listen stop")) << there;
  const std::string elsewhere = page(with(with(session("speaking"), "where", "on-another"), "floor", "mine"));
  EXPECT_TRUE(elsewhere.contains("attune listen here")) << elsewhere;
  EXPECT_FALSE(elsewhere.contains("attune listen piece")) << elsewhere;
}

TEST_F(ListenPage, OffersAtTheEndWhatIsLeftToSay) {
  EXPECT_TRUE(page(session("thanking")).contains("attune listen thank\n"));
  const std::string thanked = page(with(with(session("thanking"), "my_thanks", ""), "their_thanks", "You stayed"));
  EXPECT_FALSE(thanked.contains("attune listen thank")) << thanked;
  EXPECT_TRUE(thanked.contains("You stayed")) << thanked;
  EXPECT_TRUE(page(with(session("thanking"), "how", "table")).contains("thank --across"));
  EXPECT_TRUE(page(session("keeping")).contains("attune listen keep no"));
  const std::string said = page(with(session("keeping"), "i_keep", true));
  EXPECT_FALSE(said.contains("attune listen keep")) << said;
  EXPECT_TRUE(said.contains(terminal_.texts.say("listen.keeping.yes"))) << said;
  EXPECT_TRUE(page(session("smaller-offered")).contains("attune listen smaller"));
  const std::string paused = page(session("time-out"));
  EXPECT_TRUE(paused.contains("until today, 21:04")) << paused;
  EXPECT_TRUE(paused.contains("attune listen ready")) << paused;
  EXPECT_FALSE(paused.contains("listen time-out")) << paused;
  const Json in_a_day{{"ms", 1741118640000 + 24LL * 60 * 60 * 1'000}, {"offset", 60}};
  const std::string for_a_day = page(with(session("time-out"), "until", in_a_day));
  EXPECT_TRUE(for_a_day.contains("until tomorrow, 21:04")) << for_a_day;
}

TEST_F(ListenPage, HasAWordForEveryMoveThereIs) {
  Json pieces = Json::array();
  for (const char* move :
       {"piece", "said-back", "yes", "almost", "not-yet", "smaller", "more", "all", "made-sense", "imagined"}) {
    pieces.push_back({{"move", move}, {"by_me", pieces.size() % 2 == 0}, {"text", std::string("of ") + move}});
  }
  const std::string all = page(with(with(session("feeling-given"), "how", "typed"), "pieces", pieces));
  for (const Json& piece : pieces) EXPECT_TRUE(all.contains(text_at(piece, "text"))) << all;
  pieces.push_back({{"move", "something-else"}, {"by_me", true}, {"text", "Relieved"}});
  const std::string next = page(with(with(session("speaking"), "how", "typed"), "pieces", pieces));
  EXPECT_FALSE(next.contains("of piece")) << "of the turn before";
  for (const char* move : {"feels-right", "something-else"}) {
    EXPECT_TRUE(terminal_.texts.has(std::string("listen.move.") + move)) << move;
  }
}

TEST_F(ListenPage, PrintsNothingThatSteersTheTerminal) {
  const Json piece{{"move", "piece"}, {"by_me", false}, {"text", "Plates\x1b[2J everywhere"}};
  const std::string out = page(with(session("spoken"), "pieces", Json::array({piece})));
  EXPECT_TRUE(out.contains("everywhere")) << out;
  EXPECT_FALSE(out.contains("\x1b")) << out;
}

TEST_F(ListenPage, StandsInTodayWithWhatToType) {
  reachable();
  engine_->views["today"]["awaiting"] = {{{"kind", "listening"}, {"item", kItem}, {"at", at_evening()}}};
  for (const char* stage : {"proposed", "agreed", "speaking", "time-out", "keeping"}) {
    show(session(stage));
    out_.str("");
    ASSERT_EQ(run(today), Exit::done);
    EXPECT_TRUE(out_.str().contains("attune listen\n")) << out_.str();
    EXPECT_FALSE(out_.str().contains("today.")) << out_.str();
  }
  engine_->refused.insert("listen");
  out_.str("");
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(out_.str().contains(terminal_.texts.say("today.listening"))) << out_.str();
}

TEST_F(ListenPage, StandsInTodayAsItEnded) {
  reachable();
  const Json held{{"item", kItem}, {"end", "stopped"}, {"at", at_evening()}};
  engine_->views["listen"] = {{"open", nullptr}, {"held", Json::array({held})}, {"ideas", Json::array()}};
  engine_->views["today"]["since"] = {{{"kind", "listened"}, {"item", kItem}, {"at", at_evening()}},
                                      {{"kind", "listening-declined"}, {"item", kOther}, {"at", at_evening()}}};
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(out_.str().contains(terminal_.texts.say("list.held.stopped"))) << out_.str();
  EXPECT_TRUE(out_.str().contains("attune open 1")) << out_.str();
  EXPECT_TRUE(out_.str().contains("Kim would rather not")) << out_.str();
  EXPECT_FALSE(out_.str().contains("attune open 2")) << "there is nothing to open";
}

TEST_F(ListenPage, OpensATalkThatWasHeldAndWithItTheOthersThanks) {
  reachable();
  const Json thanks{{"item", kOther}, {"text", "You stayed"}, {"can_take_back", false}};
  for (const char* end : {"finished", "stopped", "left-behind"}) {
    const Json held{{"item", kItem},           {"how", "typed"},       {"end", end},
                    {"at", at_evening()},      {"my_thanks", nullptr}, {"their_thanks", thanks},
                    {"pieces", Json::array()}, {"understood", 6}};
    engine_->views["listen"] = {{"open", nullptr}, {"held", Json::array({held})}, {"ideas", Json::array()}};
    args_.target = kItem;
    out_.str("");
    ASSERT_EQ(run(open_item), Exit::done);
    EXPECT_TRUE(out_.str().contains("You stayed")) << out_.str();
    EXPECT_FALSE(out_.str().contains("listen.")) << out_.str();
    EXPECT_TRUE(did("command space.open-item {\"item\":\"" + kOther + "\"}"));
    out_.str("");
    ASSERT_EQ(run(list), Exit::done);
    EXPECT_FALSE(out_.str().contains("list.")) << out_.str();
  }
}

class ListenStep : public ListenPage {
 protected:
  ListenStep() { reachable(); }
  const std::string kSession = "\"session\":\"" + kItem + "\"";
};

TEST_F(ListenStep, TakesSessionAndStepFromWhatIsShown) {
  show(with(session("given-back"), "floor", "mine"));
  args_.target = "not-yet";
  ASSERT_EQ(run(listening::confirm), Exit::done);
  EXPECT_TRUE(did(R"(command listen.confirm {"heard":"not-yet",)" + kSession + R"(,"step":7})"));
  ASSERT_EQ(run(listening::here), Exit::done);
  EXPECT_TRUE(did("command listen.here {" + kSession + "}"));
}

TEST_F(ListenStep, SaysYesToWhatIsShownAsAsked) {
  show(with(session("agreed"), "other_ready", "theirs"));
  ASSERT_EQ(run(listening::agree), Exit::done);
  EXPECT_TRUE(did(R"(command listen.agree {"asked":"asked",)" + kSession + "}"));
  ASSERT_EQ(run(listening::ready), Exit::done);
  EXPECT_TRUE(did(R"(command listen.ready {"asked":"asked",)" + kSession + "}"));
  args_.anew = true;
  ASSERT_EQ(run(listening::ready), Exit::done);
  EXPECT_TRUE(did(R"(command listen.ready {"anew":"theirs","asked":"asked",)" + kSession + "}"));
}

TEST_F(ListenStep, ReadsWordsFromALineOrAPipeWhereTheyBelong) {
  show(with(with(session("speaking"), "floor", "mine"), "how", "typed"));
  args_.words = {"The", "plates"};
  ASSERT_EQ(run(listening::piece), Exit::done);
  EXPECT_TRUE(did("command listen.piece {" + kSession + R"(,"step":7,"text":"The plates"})"));
  args_.words = {};
  in_.str("Loud,\nand late\n");
  ASSERT_EQ(run(listening::piece), Exit::done);
  EXPECT_TRUE(did("command listen.piece {" + kSession + R"(,"step":7,"text":"Loud,\nand late"})"));
}

TEST_F(ListenStep, AsksNobodyForWordsThatAreNotTheirsNow) {
  in_.str("Never read\n");
  show(with(with(session("spoken"), "floor", "mine"), "how", "typed"));
  ASSERT_EQ(run(listening::piece), Exit::done);
  show(with(with(session("speaking"), "floor", "theirs"), "how", "typed"));
  ASSERT_EQ(run(listening::piece), Exit::done);
  show(with(session("speaking"), "floor", "mine"));
  ASSERT_EQ(run(listening::piece), Exit::done);
  EXPECT_EQ(std::ranges::count(diary_, "command listen.piece {" + kSession + ",\"step\":7}"), 3);
}

TEST_F(ListenStep, LeavesEveryNumberToTheCore) {
  for (const auto& [given, handed] : {std::pair(-5, 0), std::pair(30, 30), std::pair(100'000, 65'535)}) {
    args_.minutes = given;
    ASSERT_EQ(run(listening::time_out), Exit::done);
    EXPECT_TRUE(did(R"(command listen.time-out {"minutes":)" + std::to_string(handed) + "," + kSession + "}"));
  }
}

TEST_F(ListenStep, NeedsASession) {
  show(nullptr);
  EXPECT_EQ(run(listening::ready).error().code, "no-listening");
  EXPECT_FALSE(did("command"));
}

TEST_F(ListenStep, IsRefusedWhileItIsShownWhatHasNotCome) {
  engine_->refused.insert("listen");
  EXPECT_EQ(run(listening::ready).error().code, "still-coming");
}

}  // namespace
}  // namespace attune::cli
