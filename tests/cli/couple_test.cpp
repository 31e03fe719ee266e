// Two people at two terminals and a real server: what a couple does, with the programs they would use.
#include <csignal>

#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

TEST_F(CoupleTest, StartsInvitesComparesTheSameFourWordsAndIsConnected) {
  start_both();
  const std::string anns = words_in(ann_.view("invitation"));
  EXPECT_EQ(std::ranges::count(anns, ' '), 4) << anns;
  EXPECT_EQ(anns, words_in(ben_.view("joining")));
  EXPECT_NE(text_at(ann_.view("app"), "phase"), "paired");
  EXPECT_TRUE(ann_.well({"approve", "--yes"}).contains(say("approve.waiting")));
  EXPECT_EQ(text_at(ann_.view("invitation"), "state"), "approved") << "one tap is not enough";
  EXPECT_NE(text_at(ben_.view("app"), "phase"), "paired");
  EXPECT_TRUE(ben_.well({"approve", "--yes"}).contains("You and Ann are connected."));
  EXPECT_TRUE(ann_.well({"words"}).contains("You and Ben are connected."));
}

TEST_F(CoupleTest, ThanksOpensAndAnswers) {
  pair();
  const std::string sent =
      ann_.well({"thank", "--did", "You rang back", "--says", "You are patient", "--felt", "I could breathe"});
  EXPECT_TRUE(sent.contains(say("sync.safe"))) << sent;
  const std::string today = ben_.well({"today"});
  EXPECT_TRUE(today.contains("attune open 1")) << today;
  EXPECT_FALSE(today.contains("You rang back")) << "closed until opened";
  EXPECT_FALSE(ben_.well({"show", "cherish"}).contains("You rang back")) << "closed until opened";
  const std::string opened = ben_.well({"open", "1"});
  for (const char* part : {"You rang back", "You are patient", "I could breathe"})
    EXPECT_TRUE(opened.contains(part)) << opened;
  ben_.well({"answer", "1", "--tap", "warmed"});
  EXPECT_TRUE(ann_.well({"today"}).contains("Ben answered your thanks"));
  EXPECT_TRUE(ann_.well({"open", "1"}).contains(say("reply.warmed")));
}

TEST_F(CoupleTest, TakesAThankYouBackBeforeItIsOpened) {
  pair();
  ann_.well({"thank", "--did", "Said in anger"});
  EXPECT_TRUE(ben_.well({"today"}).contains("A thank-you from Ann"));
  EXPECT_TRUE(ann_.well({"list"}).contains("Said in anger"));
  const std::string back = ann_.well({"take-back", "1"});
  EXPECT_TRUE(back.contains(say("take-back.done"))) << back;
  EXPECT_TRUE(back.contains(say("sync.safe"))) << back;
  EXPECT_EQ(text_at(list_at(ann_.view("cherish"), "thanks")[0], "taken_back"), "gone");
  const std::string opened = ben_.well({"open", "1"});
  EXPECT_TRUE(opened.contains("Ann took this back.")) << opened;
  EXPECT_FALSE((opened + ben_.well({"show", "cherish"})).contains("Said in anger"));
  const Ended again = ann_.run({"take-back", "1"});
  EXPECT_EQ(again.code, 1) << again.out;
}

TEST_F(CoupleTest, SendsWhatWasWrittenAloneOneByOneOrKeepsIt) {
  ann_.well({"start", "--name", "Ann", "--relay", relay_.address()});
  ann_.well({"thank", "--did", "You rang back"});
  ann_.well({"thank", "--did", "You lent me your coat"});
  ann_.well({"invite"});
  ben_.run({"join", text_at(ann_.view("invitation"), "link")});
  ben_.well({"join", "--yes", "--name", "Ben"});
  ann_.well({"words"});
  ben_.well({"words"});
  ben_.well({"approve", "--yes"});
  ann_.well({"approve", "--yes"});
  ben_.well({"sync"});
  const std::string today = ann_.well({"today"});
  EXPECT_TRUE(today.contains("attune send 1")) << today;
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 0U) << "nothing moves by itself";
  const std::string offers = ann_.well({"send"});
  EXPECT_TRUE(offers.contains("You rang back")) << offers;
  EXPECT_TRUE(offers.contains("You lent me your coat")) << offers;
  const bool coat_first = offers.find("You lent me your coat") < offers.find("You rang back");
  EXPECT_TRUE(ann_.well({"send", coat_first ? "2" : "1"}).contains(say("thank.sent").substr(0, 9)));
  EXPECT_TRUE(ann_.well({"send", "--keep", coat_first ? "1" : "2"}).contains(say("send.kept")));
  EXPECT_TRUE(ann_.well({"send"}).contains(say("send.nothing")));
  EXPECT_TRUE(ben_.well({"today"}).contains("attune open 1"));
  EXPECT_TRUE(ben_.well({"open", "1"}).contains("You rang back"));
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 1U);
}

TEST_F(CoupleTest, SealsTwoAnswersAndOpensThemTogether) {
  pair();
  ann_.well({"ask", "ou-004"});
  ann_.well({"answer", "1", "The key in the door, twice."});
  EXPECT_TRUE(ben_.well({"today"}).contains("attune answer 1"));
  const std::string closed = ben_.well({"open", "1"}) + ben_.well({"show", "openup"});
  EXPECT_FALSE(closed.contains("The key in the door")) << closed;
  ben_.well({"answer", "1"}, "The kettle\nswitching off.\n");
  ann_.well({"sync"});
  ben_.well({"sync"});
  ann_.well({"today"});
  ben_.well({"today"});
  for (Person* person : {&ann_, &ben_}) {
    const std::string open = person->well({"open", "1"});
    EXPECT_TRUE(open.contains("The key in the door, twice.")) << open;
    EXPECT_TRUE(open.contains("The kettle\n    switching off.")) << open;
  }
}

TEST_F(CoupleTest, WritesInFlightModeAndCatchesUp) {
  pair();
  relay_.stop();
  const std::string kept = ann_.well({"thank", "--did", "You carried the bags"});
  EXPECT_TRUE(kept.contains(texts_.count("sync.on-device", 1))) << kept;
  EXPECT_FALSE(kept.contains(say("sync.safe"))) << kept;
  ann_.well({"ask", "ou-006"});
  EXPECT_EQ(ann_.run({"sync"}).code, 3);
  EXPECT_EQ(kept_here(ann_), 2);
  EXPECT_TRUE(ben_.well({"today"}).contains(say("today.title").substr(0, 5))) << "reading goes on";
  relay_.start();
  EXPECT_TRUE(ann_.well({"sync"}).contains(say("sync.safe")));
  const std::string today = ben_.well({"today"});
  EXPECT_TRUE(today.contains("attune open")) << today;
  EXPECT_TRUE(today.contains("attune answer")) << today;
}

TEST_F(CoupleTest, LosesNothingThatWasKeptWhenKilled) {
  pair();
  // While the server is frozen the client has kept the thanks and waits for an answer: then it is killed.
  relay_.freeze();
  int sent = 0;
  for (const char* did : {"one", "two", "three"}) {
    auto process = ann_.begin({"thank", "--did", did});
    ASSERT_TRUE(process->prints(say("thank.sent").substr(0, 9)));
    process->signal(SIGKILL);
    ASSERT_EQ(process->wait().code, -SIGKILL) << "it was still waiting";
    ++sent;
  }
  EXPECT_EQ(kept_here(ann_), sent);
  relay_.thaw();
  ann_.well({"sync"});
  ben_.well({"sync"});
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 3U);
}

TEST_F(CoupleTest, IsKilledInTheMiddleOfSendingAndSendsOnceOnly) {
  pair();
  for (int round = 0; round < 8; ++round) {
    auto process = ann_.begin({"thank", "--did", "round " + std::to_string(round)});
    if (round % 2 == 0) process->prints(say("thank.sent").substr(0, 9));
    process->signal(SIGKILL);
    process->wait();
  }
  ann_.well({"sync"});
  ben_.well({"sync"});
  const auto said = list_at(ann_.view("cherish"), "thanks").size();
  EXPECT_GE(said, 4U) << "what was said to be kept is kept";
  EXPECT_LE(said, 8U);
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), said) << "nothing is lost, nothing comes twice";
}

TEST_F(CoupleTest, GoesOnAfterTheServerWasKilled) {
  pair();
  ann_.well({"thank", "--did", "before"});
  relay_.kill();
  ann_.well({"thank", "--did", "meanwhile"});
  relay_.start();
  ann_.well({"thank", "--did", "after"});
  ben_.well({"sync"});
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 3U);
}

TEST_F(CoupleTest, WatchTellsWhatComesAndLeavesOnCtrlC) {
  pair();
  auto watch = ben_.begin({"watch"});
  ASSERT_TRUE(watch->prints(say("watch.begin")));
  ann_.well({"thank", "--did", "You rang back"});
  ASSERT_TRUE(watch->prints("A thank-you from Ann"));
  relay_.stop();
  ASSERT_TRUE(watch->prints(say("watch.lost")));
  watch->signal(SIGINT);
  const Ended ended = watch->wait();
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_FALSE(ended.out.contains("You rang back")) << "closed until opened";
}

TEST_F(CoupleTest, DeclinesWithoutBeginningAnything) {
  ann_.well({"start", "--relay", relay_.address()});
  ann_.well({"invite"});
  ben_.run({"join", text_at(ann_.view("invitation"), "link")});
  EXPECT_TRUE(ben_.well({"decline"}).contains(say("join.declined")));
  EXPECT_EQ(text_at(ben_.view("app"), "phase"), "fresh");
  const Ended words = ann_.run({"words"});
  EXPECT_EQ(words.code, 1);
  EXPECT_TRUE(words.err.contains(say("error.invitation-declined.what"))) << words.err;
}

TEST_F(CoupleTest, EndsTheInvitationWhenTheWordsDiffer) {
  start_both();
  EXPECT_TRUE(ben_.well({"approve", "--different"}).contains(say("approve.different")));
  const Ended ended = ann_.run({"approve", "--yes"});
  EXPECT_EQ(ended.code, 1) << ended.out;
  EXPECT_NE(text_at(ann_.view("app"), "phase"), "paired");
}

TEST_F(CoupleTest, WhereATokenIsAskedForTheOneWhoBeginsGivesItAndTheGuestNeedsNone) {
  Relay private_relay(folder_ / "private", {"--registration", "token", "--token", "open.sesame-1"});
  private_relay.start();
  const std::string refused = ann_.well({"start", "--name", "Ann", "--relay", private_relay.address()});
  for (const std::string& sentence : texts_.explain({"registration-closed", {}})) {
    EXPECT_TRUE(refused.contains(sentence)) << sentence << "\n" << refused;
  }
  EXPECT_FALSE(refused.contains(say("sync.safe"))) << refused;
  EXPECT_EQ(ann_.run({"sync", "--token", "open.sesame-2"}).code, 3);
  const Ended garbled = ann_.run({"sync", "--token", "open sesame"});
  EXPECT_EQ(garbled.code, 1);
  EXPECT_TRUE(garbled.err.contains(say("error.bad-token.what"))) << garbled.err;
  const std::string let_in = ann_.well({"sync", "--token", "open.sesame-1"});
  EXPECT_TRUE(let_in.contains(say("sync.safe"))) << let_in;
  EXPECT_FALSE(let_in.contains(say("error.registration-closed.what"))) << "that is over";
  for (const auto& [file, content] : everything_in(ann_.home())) {
    EXPECT_FALSE(content.contains("open.sesame")) << file << " keeps the token";
  }
  ann_.well({"invite"});
  ben_.run({"join", text_at(ann_.view("invitation"), "link")});
  ben_.well({"join", "--yes", "--name", "Ben"});
  ann_.well({"words"});
  ben_.well({"words"});
  ben_.well({"approve", "--yes"});
  ann_.well({"approve", "--yes"});
  EXPECT_TRUE(ben_.well({"sync"}).contains(say("sync.safe")));
  EXPECT_EQ(text_at(ben_.view("app"), "phase"), "paired");
  Person eve(folder_ / "eve", "Eve");
  const std::string begun = eve.well({"start", "--relay", private_relay.address(), "--token", "open.sesame-1"});
  EXPECT_TRUE(begun.contains(say("sync.safe"))) << begun;
}

/// Shows the twelve words, confirms the three asked for, and returns all of them as a sheet has them.
std::string twelve_words(Person& person) {
  auto process = person.begin({"--json", "words", "--recovery"});
  EXPECT_TRUE(process->prints("\n"));
  const Json sheet = at(parse_json(process->out().substr(0, process->out().find('\n'))), "value");
  const Json& words = list_at(sheet, "words");
  for (const Json& place : list_at(sheet, "ask"))
    process->type(words[place.get<std::size_t>() - 1].get<std::string>() + "\n");
  const Ended ended = process->wait();
  EXPECT_EQ(ended.code, 0) << ended.err;
  return words_in(sheet);
}

TEST_F(CoupleTest, ComesBackWithTwelveWords) {
  pair();
  ann_.well({"thank", "--did", "You rang back"});
  ann_.well({"thank", "--keep", "--did", "Only for the jar"});
  const std::string sheet = twelve_words(ann_);
  ASSERT_EQ(std::ranges::count(sheet, ' '), 12) << sheet;
  ann_.well({"sync"});
  EXPECT_EQ(text_at(ann_.view("app"), "recovery"), "confirmed");

  Person again(folder_ / "again", "Ann on a new machine");
  const std::string back = again.well({"recover", "--relay", relay_.address(), "--keep", "none"}, sheet + "\n");
  EXPECT_TRUE(back.contains(say("recover.done"))) << back;
  EXPECT_EQ(text_at(again.view("app"), "phase"), "paired");
  EXPECT_EQ(list_at(again.view("cherish"), "thanks").size(), 1U);
  EXPECT_TRUE(again.well({"list"}).contains("Only for the jar"));
  again.well({"thank", "--did", "I am back"});
  ben_.well({"sync"});
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 2U);
  const Ended lost = ann_.run({"thank", "--did", "from the lost one"});
  ben_.well({"sync"});
  EXPECT_EQ(list_at(ben_.view("cherish"), "thanks").size(), 2U)
      << "the lost device writes nothing any more" << lost.out;
}

TEST_F(CoupleTest, IsToldWhatIsWrongWithTheWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "words-too-few"},
      {"river old sun", "word-count"},
      {"zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo", "word-checksum"},
      {"zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo attune", "unknown-word"},
      {"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
       "nothing-to-recover"},
  };
  for (const auto& [words, code] : cases) {
    const Ended ended = ann_.run({"recover", "--relay", relay_.address(), "--keep", "all"}, std::string(words) + "\n");
    EXPECT_EQ(ended.code, 1) << words;
    const auto sentences = texts_.explain({code, {}});
    EXPECT_TRUE(ended.err.contains(sentences.front())) << code << ": " << ended.err;
    EXPECT_FALSE(ended.err.contains("(" + std::string(code))) << "there is a sentence for it";
  }
}

}  // namespace
}  // namespace attune::cli
