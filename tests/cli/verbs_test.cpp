#include "tests/cli/desk.h"

namespace attune::cli {
namespace {

Json closed_thanks() {
  return {{"item", kItem}, {"by_me", false}, {"at", at_evening()},      {"opened", false},    {"did", ""},
          {"says", ""},    {"felt", ""},     {"edited", Json::array()}, {"taken_back", "no"}, {"answer", nullptr}};
}

class Today : public VerbTest {};

TEST_F(Today, NumbersWhatAwaitsMeAndOpenTakesTheNumber) {
  reachable();
  engine_->views["today"]["awaiting"] = {
      {{"kind", "question"}, {"item", kOther}, {"prompt", "ou-004"}, {"at", at_evening()}},
      {{"kind", "thanks"}, {"item", kItem}, {"prompt", nullptr}, {"at", at_evening()}}};
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(out_.str().contains("A thank-you from Kim")) << out_.str();
  EXPECT_TRUE(out_.str().contains("attune answer 1")) << out_.str();
  EXPECT_TRUE(out_.str().contains("attune open 2")) << out_.str();
  engine_->views["cherish"]["thanks"] = Json::array({closed_thanks()});
  args_.target = "2";
  ASSERT_EQ(run(open_item), Exit::done);
  EXPECT_TRUE(did("command space.open-item {\"item\":\"" + kItem + "\"}"));
}

TEST_F(Today, LeavesEnvelopesClosed) {
  reachable();
  engine_->views["today"]["awaiting"] = {
      {{"kind", "thanks"}, {"item", kItem}, {"prompt", nullptr}, {"at", at_evening()}}};
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_FALSE(did("command space.open-item"));
}

TEST_F(Today, ShowsWhatIsHereWhenTheServerIsAway) {
  unreachable();
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(err_.str().contains("http://localhost:1")) << err_.str();
  EXPECT_TRUE(out_.str().contains("Nothing is waiting")) << out_.str();
}

TEST_F(Today, MarksNewsAsSeenOnlyIfThereWasSome) {
  reachable();
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_FALSE(did("command space.looked"));
  engine_->views["today"]["since"] = {{{"kind", "thanks-answered"}, {"item", kItem}, {"at", at_evening()}}};
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(did("command space.looked"));
}

TEST_F(Today, PrintsTheViewAsItIsForAScript) {
  reachable();
  args_.json = true;
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_EQ(out_.str(), engine_->view("today", "", {}) + "\n");
}

/// A new device of mine, which shows what another one has seen.
class Unchecked : public VerbTest {
 protected:
  Unchecked() {
    engine_->coming(412, 1290);
    engine_->views["devices"] = {{"devices", Json::array()}};
  }
  [[nodiscard]] std::string mark() const { return terminal_.texts.say("over.checking"); }
};

TEST_F(Unchecked, IsSaidAboveEveryListThatIsPrinted) {
  for (const Verb verb : {today, list, devices}) {
    out_.str("");
    ASSERT_EQ(run(verb), Exit::done);
    EXPECT_TRUE(out_.str().starts_with(mark() + "\n")) << out_.str();
  }
}

TEST_F(Unchecked, KeepsNobodyFromTodayWhereNotAllOfARoomIsHere) {
  engine_->refused.insert("openup");
  ASSERT_EQ(run(today), Exit::done);
  const auto all = run(list);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().code, "still-coming");
}

TEST_F(Unchecked, IsSaidAboveALetter) {
  auto thanks = closed_thanks();
  thanks["opened"] = true;
  thanks["did"] = "You rang back";
  engine_->views["cherish"]["thanks"] = Json::array({thanks});
  args_.target = kItem;
  ASSERT_EQ(run(open_item), Exit::done);
  EXPECT_TRUE(out_.str().starts_with(mark() + "\n")) << out_.str();
  EXPECT_TRUE(out_.str().contains("You rang back")) << out_.str();
}

TEST_F(Unchecked, IsSaidBesideWhatAScriptReads) {
  args_.json = true;
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_EQ(out_.str(), engine_->view("today", "", {}) + "\n");
  EXPECT_TRUE(err_.str().contains(mark())) << err_.str();
  args_.json = false;
  args_.target = "cherish";
  out_.str("");
  err_.str("");
  ASSERT_EQ(run(show_view), Exit::done);
  EXPECT_FALSE(parse_json(out_.str()).is_discarded()) << out_.str();
  EXPECT_TRUE(err_.str().contains(mark())) << err_.str();
}

TEST_F(Unchecked, IsNotCalledSafeAndSaysHowMuchIsHereAndHowToStopIt) {
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_FALSE(out_.str().contains(terminal_.texts.say("sync.safe"))) << out_.str();
  EXPECT_TRUE(out_.str().contains("412 of 1290")) << out_.str();
  EXPECT_TRUE(out_.str().contains("attune decline")) << out_.str();
  out_.str("");
  engine_->coming(412, 1290, false);
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_FALSE(out_.str().contains("attune decline")) << "it is one of mine by now";
}

TEST_F(Unchecked, IsNoDeviceOfMineYet) {
  engine_->views["invitation"] = {{"state", "none"}};
  engine_->views["joining"] = {{"state", "approved"}, {"own_device", true}, {"words", Json::array()}};
  ASSERT_EQ(run(words), Exit::done);
  EXPECT_TRUE(out_.str().contains(mark())) << out_.str();
  for (const char* wrong : {"device.in", "approve.connected", "approve.waiting"}) {
    EXPECT_FALSE(out_.str().contains(terminal_.texts.say(wrong))) << out_.str();
  }
}

TEST_F(Unchecked, NoMoreIsSaidNoMore) {
  engine_->sync("offline", false);
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_FALSE(out_.str().contains(mark())) << out_.str();
  EXPECT_TRUE(out_.str().contains(terminal_.texts.say("sync.safe"))) << out_.str();
}

class Thank : public VerbTest {};

TEST_F(Thank, IsKeptHereWhenTheServerIsAway) {
  unreachable();
  engine_->on_command = [&](std::string_view) { engine_->sync("offline", false, 1); };
  args_.did = "You rang back";
  ASSERT_EQ(run(thank), Exit::done);
  EXPECT_TRUE(did(R"(command cherish.thank {"did":"You rang back","says":"","felt":""})"));
  EXPECT_TRUE(out_.str().contains(terminal_.texts.count("sync.on-device", 1))) << out_.str();
}

TEST_F(Thank, IsCalledSafeOnlyOnceItIsStored) {
  reachable();
  args_.did = "You rang back";
  ASSERT_EQ(run(thank), Exit::done);
  EXPECT_TRUE(out_.str().contains(terminal_.texts.say("sync.safe"))) << out_.str();
}

TEST_F(Thank, ReadsThreeLinesOfAPipe) {
  reachable();
  in_.str("You rang back\nYou are patient\nI could breathe\n");
  ASSERT_EQ(run(thank), Exit::done);
  EXPECT_TRUE(
      did(R"(command cherish.thank {"did":"You rang back","says":"You are patient","felt":"I could breathe"})"));
}

TEST_F(Thank, WithoutAWordIsNotSent) {
  const auto result = run(thank);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "thanks-empty");
  EXPECT_FALSE(did("command"));
}

class Open : public VerbTest {};

TEST_F(Open, PrintsNothingThatSteersTheTerminal) {
  reachable();
  auto thanks = closed_thanks();
  thanks["opened"] = true;
  thanks["did"] = "You \x1b[2Jrang back";
  engine_->views["cherish"]["thanks"] = Json::array({thanks});
  args_.target = kItem;
  ASSERT_EQ(run(open_item), Exit::done);
  EXPECT_TRUE(out_.str().contains("rang back")) << out_.str();
  EXPECT_FALSE(out_.str().contains("\x1b"));
}

TEST_F(Open, ShowsNeitherAnswerBeforeBothAreOpen) {
  reachable();
  engine_->views["openup"]["questions"] = {{{"item", kItem},
                                            {"prompt", "ou-004"},
                                            {"by_me", true},
                                            {"at", at_evening()},
                                            {"state", "mine-sealed"},
                                            {"seen", false},
                                            {"mine", "the harbour"},
                                            {"theirs", nullptr}}};
  args_.target = kItem;
  ASSERT_EQ(run(open_item), Exit::done);
  EXPECT_TRUE(out_.str().contains(terminal_.texts.say("question.mine-sealed"))) << out_.str();
  EXPECT_FALSE(did("command space.open-item"));
}

TEST_F(Open, ShowsBothSidesAndRemembersThatISawThem) {
  reachable();
  engine_->views["openup"]["questions"] = {{{"item", kItem},
                                            {"prompt", "ou-004"},
                                            {"by_me", true},
                                            {"at", at_evening()},
                                            {"state", "opened"},
                                            {"seen", false},
                                            {"mine", "the harbour"},
                                            {"theirs", "the kettle"},
                                            {"opened_at", at_evening()}}};
  args_.target = kItem;
  ASSERT_EQ(run(open_item), Exit::done);
  EXPECT_TRUE(out_.str().contains("the harbour")) << out_.str();
  EXPECT_TRUE(out_.str().contains("the kettle")) << out_.str();
  EXPECT_TRUE(did("command space.open-item"));
}

TEST_F(Open, SaysThatThereIsNoSuchItem) {
  reachable();
  args_.target = "7";
  const auto result = run(open_item);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "no-item");
}

class Answer : public VerbTest {};

TEST_F(Answer, GoesToAThankYouOrAQuestionByItsItem) {
  reachable();
  engine_->views["cherish"]["thanks"] = Json::array({closed_thanks()});
  engine_->views["openup"]["questions"] = {{{"item", kOther}, {"prompt", "ou-004"}, {"state", "offered"}}};
  args_.target = kItem;
  args_.tap = "warmed";
  ASSERT_EQ(run(answer), Exit::done);
  EXPECT_TRUE(did("command cherish.answer {\"item\":\"" + kItem + "\",\"tap\":\"warmed\"}"));
  args_.target = kOther;
  args_.tap.reset();
  args_.words = {"the", "harbour"};
  ASSERT_EQ(run(answer), Exit::done);
  EXPECT_TRUE(did("command openup.answer {\"question\":\"" + kOther + "\",\"text\":\"the harbour\"}"));
}

TEST_F(Answer, AloneIsKeptForMyself) {
  engine_->views["app"]["phase"] = "alone";
  in_.str("The harbour,\n\nat six in the morning.\n");
  ASSERT_EQ(run(answer), Exit::done);
  EXPECT_TRUE(did(R"(command openup.write {"prompt":"ou-001","text":"The harbour,\n\nat six in the morning."})"));
}

class Pairing : public VerbTest {
 protected:
  Pairing() {
    engine_->views["app"]["phase"] = "alone";
    engine_->views["joining"] = {{"state", "none"}, {"words", Json::array()}};
    engine_->views["invitation"] = {{"state", "none"}, {"words", Json::array()}};
  }
};

TEST_F(Pairing, PrintsTheLinkWholeOnALineOfItsOwn) {
  reachable();
  const std::string link = "http://localhost:1/#join=1." + std::string(43, 'A') + ".http%3A%2F%2Flocalhost%3A1";
  engine_->on_command = [&](std::string_view) {
    engine_->views["invitation"] = {
        {"state", "waiting"}, {"link", link}, {"until", 1741205040000}, {"relay", "http://localhost:1"}};
  };
  ASSERT_EQ(run(invite), Exit::done);
  EXPECT_TRUE(out_.str().contains("\n" + link + "\n")) << out_.str();
}

TEST_F(Pairing, NeedsTheServer) {
  unreachable();
  const auto result = run(invite);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "server-unreachable");
}

TEST_F(Pairing, AcceptsNothingUnasked) {
  reachable();
  engine_->on_command = [&](std::string_view) {
    engine_->views["joining"] = {{"state", "looking"}, {"relay", "http://localhost:1"}, {"ready", true}};
  };
  args_.target = "link";
  const auto result = run(join);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "no-terminal");
  EXPECT_TRUE(out_.str().contains("http://localhost:1"));
  EXPECT_FALSE(did("command space.accept"));
}

TEST_F(Pairing, DeclinesWithoutAWordSent) {
  reachable();
  asks_ = true;
  in_.str("no\n");
  engine_->on_command = [&](std::string_view) {
    engine_->views["joining"] = {{"state", "looking"}, {"relay", "http://localhost:1"}, {"ready", true}};
  };
  args_.target = "link";
  ASSERT_EQ(run(join), Exit::done);
  EXPECT_TRUE(did("command space.decline"));
  EXPECT_FALSE(did("command space.accept"));
}

TEST_F(Pairing, ApprovesNothingBeforeThereAreWords) {
  reachable();
  engine_->views["invitation"]["state"] = "waiting";
  args_.yes = true;
  const auto result = run(approve);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "no-words-yet");
  EXPECT_FALSE(did("command space.same-words"));
}

TEST_F(Pairing, ShowsTheFourWordsBeforeAskingForTheTap) {
  reachable();
  asks_ = true;
  in_.str("no\n");
  engine_->views["invitation"] = {{"state", "compare"}, {"words", {"river", "old", "sun", "kind"}}};
  ASSERT_EQ(run(approve), Exit::done);
  EXPECT_TRUE(out_.str().contains("river   old   sun   kind")) << out_.str();
  EXPECT_TRUE(did("command space.different-words"));
}

TEST_F(Pairing, NamesWhyAnInvitationEnded) {
  reachable();
  engine_->views["invitation"] = {{"state", "ended"}, {"ended", "second-request"}};
  const auto result = run(words);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "invitation-second-request");
}

class Recovery : public VerbTest {};

TEST_F(Recovery, WithoutWordsAsksTheCoreNothing) {
  engine_->views["recovering"] = {{"state", "none"}};
  args_.relay = "http://localhost:1";
  const auto result = run(recover);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "words-too-few");
  EXPECT_FALSE(did("command"));
}

TEST_F(Recovery, ShowsTheDevicesBeforeAnyIsKept) {
  reachable();
  engine_->views["recovering"] = {{"state", "devices"},
                                  {"total", 7},
                                  {"devices",
                                   {{{"key", "k1"}, {"name", "Phone"}, {"added", at_evening()}, {"phrase", false}},
                                    {{"key", "k2"}, {"name", ""}, {"added", nullptr}, {"phrase", true}}}}};
  args_.relay = "http://localhost:1";
  in_.str("twelve words\n");
  const auto undecided = run(recover);
  ASSERT_FALSE(undecided);
  EXPECT_EQ(undecided.error().code, "devices-undecided");
  EXPECT_TRUE(out_.str().contains("Phone")) << out_.str();
  EXPECT_FALSE(did("command space.recover-finish"));
  in_.clear();
  in_.str("twelve words\n1\n");
  ASSERT_EQ(run(recover), Exit::done);
  EXPECT_TRUE(did(R"(command space.recover-finish {"keep":["k1"]})"));
}

TEST_F(Recovery, ConfirmsThreeWordsByTheirPlaces) {
  reachable();
  engine_->views["recovery"] = {{"state", "shown"}, {"words", {"river", "old", "sun"}}, {"ask", {3, 7, 11}}};
  in_.str("river\nold\nsun\n");
  args_.recovery = true;
  ASSERT_EQ(run(words), Exit::done);
  EXPECT_TRUE(did(
      R"(command space.phrase-confirm {"picks":[{"place":3,"word":"river"},{"place":7,"word":"old"},{"place":11,"word":"sun"}]})"));
}

TEST_F(Recovery, CountsOnlyOnceThreeWordsAreConfirmed) {
  engine_->views["recovery"] = {{"state", "shown"}, {"words", {"river", "old", "sun"}}, {"ask", {3, 7, 11}}};
  in_.str("river\n");
  args_.recovery = true;
  const auto result = run(words);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "words-unconfirmed");
  EXPECT_FALSE(did("command space.phrase-confirm"));
}

class Token : public VerbTest {};

TEST_F(Token, IsShownBeforeTheServerIsCalled) {
  reachable();
  engine_->views["app"]["phase"] = "fresh";
  args_.token = "open.sesame-1";
  ASSERT_EQ(run(start), Exit::done);
  const auto shown = std::ranges::find(diary_, "token open.sesame-1");
  const auto dialled = std::ranges::find(diary_, "dial http://localhost:1");
  ASSERT_NE(dialled, diary_.end());
  EXPECT_LT(shown - diary_.begin(), dialled - diary_.begin());
}

TEST_F(Token, ThatCanBeNoneBeginsNothing) {
  engine_->views["app"]["phase"] = "fresh";
  args_.token = "open sesame";
  EXPECT_EQ(run(start).error().code, "bad-token");
  EXPECT_FALSE(did("command"));
}

class Scripts : public VerbTest {};

TEST_F(Scripts, DoRunsACommandAndPrintsItsReply) {
  reachable();
  args_.json = true;
  args_.target = "cherish.keep";
  args_.json_args = R"({"did":"x"})";
  ASSERT_EQ(run(do_command), Exit::done);
  EXPECT_TRUE(did(R"(command cherish.keep {"did":"x"})"));
  EXPECT_EQ(out_.str(), "{\"ok\":true,\"value\":{\"command\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}\n");
}

TEST_F(Scripts, DoRefusesWhatIsNoJson) {
  args_.target = "cherish.keep";
  args_.json_args = "did=x";
  EXPECT_EQ(run(do_command).error().code, "bad-json");
  EXPECT_FALSE(did("command"));
}

}  // namespace
}  // namespace attune::cli
