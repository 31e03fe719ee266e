// Two people who listen to each other at two terminals, with a real server between them.
#include <sqlite3.h>

#include <algorithm>

#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

using Words = std::vector<std::string>;

Words listening(Words words) {
  words.insert(words.begin(), "listen");
  return words;
}

class Listening : public CoupleTest {
 protected:
  void SetUp() override {
    CoupleTest::SetUp();
    pair();
  }

  std::string well(Person& person, Words words, const std::string& input = {}) {
    return person.well(listening(std::move(words)), input);
  }
  /// Refused with all of its sentences, and with nothing to be sent.
  void refused(Person& person, Words words, const Trouble& trouble) {
    const Ended ended = person.run(listening(words));
    EXPECT_EQ(ended.code, 1) << testing::PrintToString(words) << ended.out;
    const auto sentences = texts_.explain(trouble);
    EXPECT_GE(sentences.size(), 2U) << trouble.code;
    for (const std::string& sentence : sentences) {
      EXPECT_TRUE(ended.err.contains(sentence)) << testing::PrintToString(words) << ended.err;
      EXPECT_FALSE(sentence.contains('!')) << sentence;
    }
  }
  Json open(Person& person) { return at(person.view("listen"), "open"); }
  std::string stage(Person& person) { return text_at(open(person), "stage"); }

  /// Ann asks, Ben says yes and that now is good, and so does Ann.
  void begin(Words how = {}) {
    how.insert(how.begin(), "propose");
    well(ann_, how);
    well(ben_, {"agree", "--now"});
    well(ann_, {"ready"});
    well(ben_, {"show"});
  }
  /// From a piece to the feeling of it, in writing.
  void turn(Person& speaker, Person& listener) {
    well(speaker, {"piece", "I counted the plates"});
    well(listener, {"say-back", "You counted the plates"});
    well(speaker, {"confirm", "yes"});
    well(speaker, {"more", "no"});
    well(listener, {"make-sense", "It was late"});
    well(listener, {"imagine", "Tired"});
    well(speaker, {"feeling", "right"});
  }

  /// What the server keeps of everything that was ever said, encrypted as it is; it is stopped for that.
  std::vector<std::string> contents_at_rest() {
    relay_.stop();
    std::vector<std::string> out;
    sqlite3* db = nullptr;
    EXPECT_EQ(sqlite3_open_v2((folder_ / "server" / "attuned.db").c_str(), &db, SQLITE_OPEN_READONLY, nullptr),
              SQLITE_OK);
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(db, "SELECT content FROM records WHERE content IS NOT NULL", -1, &rows, nullptr);
    while (sqlite3_step(rows) == SQLITE_ROW) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(rows, 0));
      out.emplace_back(bytes, static_cast<std::size_t>(sqlite3_column_bytes(rows, 0)));
    }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    relay_.start();
    return out;
  }

  /// In how many files of the server's and of both homes each of these lies, summed up.
  std::size_t lying_about(const std::vector<std::string>& contents) {
    constexpr std::size_t kEnough = 32;  // bytes that nothing else has; a row may go on in another page
    std::size_t found = 0;
    for (const char* place : {"server", "ann", "ben"}) {
      for (const auto& [file, bytes] : everything_in(folder_ / place)) {
        for (const std::string& content : contents) {
          const bool there =
              bytes.contains(content.substr(0, kEnough)) || bytes.contains(content.substr(content.size() - kEnough));
          found += there ? 1U : 0U;
        }
      }
    }
    return found;
  }
};

TEST_F(Listening, InWritingFromTheQuestionToNoPieceLeftAnywhere) {
  well(ann_, {"propose", "--typed"});
  well(ann_, {"topic", "hear", "The", "evening", "with", "the", "plates"});
  const std::string asked = well(ben_, {"show"});
  EXPECT_TRUE(asked.contains("Ann asks whether you would listen to each other, now.")) << asked;
  EXPECT_TRUE(asked.contains(say("listen.how.typed"))) << asked;
  EXPECT_TRUE(asked.contains("attune listen agree --now")) << asked;
  EXPECT_FALSE(asked.contains("plates")) << "private until it is agreed";
  EXPECT_TRUE(ben_.well({"today"}).contains("attune listen"));
  EXPECT_FALSE(well(ben_, {"agree", "--now"}).contains("plates")) << "private until Ann is ready";
  const std::string agreed = well(ann_, {});
  EXPECT_TRUE(agreed.contains("Ben said that now is good")) << agreed;
  EXPECT_TRUE(well(ann_, {"ready"}).contains(say("listen.speaking.mine")));
  const std::string begun = well(ben_, {});
  EXPECT_TRUE(begun.contains("Ann has the floor.")) << begun;
  EXPECT_TRUE(begun.contains("The evening with the plates")) << begun;
  EXPECT_FALSE(begun.contains("attune listen piece")) << "the floor is Ann’s";
  EXPECT_TRUE(begun.contains("attune listen stop")) << begun;

  well(ann_, {"piece", "It was loud and I went out"});
  const std::string heard = well(ben_, {});
  EXPECT_TRUE(heard.contains("It was loud and I went out")) << heard;
  EXPECT_TRUE(heard.contains("attune listen say-back WORDS")) << heard;
  well(ben_, {"say-back"}, "You went out,\nbecause of me.\n");
  EXPECT_TRUE(well(ann_, {}).contains("because of me."));
  well(ann_, {"confirm", "not-yet"});
  EXPECT_TRUE(well(ben_, {}).contains(say("listen.spoken.mine")));
  well(ben_, {"say-back", "-"}, "It was too loud for you\n");
  well(ann_, {"confirm", "almost", "I was the loud one"});
  EXPECT_TRUE(well(ben_, {}).contains("I was the loud one"));

  const std::string pause = well(ben_, {"time-out", "--minutes", "30"});
  // In half an hour it may be another day.
  const auto until = [](const std::string& page, const std::string& whose) {
    return page.contains(whose + " took a time-out until today") ||
           page.contains(whose + " took a time-out until tomorrow");
  };
  EXPECT_TRUE(until(pause, "You")) << pause;
  EXPECT_TRUE(until(well(ann_, {}), "Ben"));
  refused(ben_, {"say-back", "It was you"}, {"in-time-out", {}});
  well(ann_, {"ready"});
  const std::string back = well(ben_, {"ready"});
  EXPECT_TRUE(back.contains(say("listen.spoken.mine"))) << back;
  EXPECT_TRUE(back.contains("I was the loud one")) << "the piece it stopped at";

  well(ben_, {"say-back", "It was loud, and the loud one was you"});
  EXPECT_TRUE(well(ann_, {"confirm", "yes"}).contains(say("listen.more.mine")));
  well(ann_, {"more", "yes"});
  well(ann_, {"piece", "And I came back late"});
  well(ben_, {"say-back", "You came back late"});
  well(ann_, {"confirm", "yes"});
  well(ann_, {"more", "no"});
  EXPECT_TRUE(well(ben_, {"make-sense", "You needed air"}).contains(say("listen.imagining.mine")));
  well(ben_, {"imagine", "Ashamed"});
  const std::string swapped = well(ann_, {"feeling", "else", "Relieved"});
  EXPECT_TRUE(swapped.contains("Ben has the floor.")) << swapped;
  EXPECT_FALSE(swapped.contains("I was the loud one")) << "that turn is over";
  turn(ben_, ann_);

  EXPECT_TRUE(well(ann_, {"idea", "The summer"}).contains(say("listen.thanking")));
  well(ann_, {"thank", "You stayed with it"});
  EXPECT_TRUE(well(ben_, {"thank"}).contains(say("listen.keeping")));
  well(ann_, {"show"});
  const auto moves = static_cast<std::size_t>(number_at(open(ann_), "step"));
  const auto before = contents_at_rest();
  EXPECT_GE(lying_about(before), 2 * before.size()) << "with the server, and with whoever may read it";
  ann_.well({"--offline", "listen", "keep", "no"});
  well(ben_, {"keep", "no"});
  ann_.well({"sync"});
  ben_.well({"sync"});
  const auto after = contents_at_rest();
  std::vector<std::string> gone = before;
  std::erase_if(gone, [&](const std::string& content) { return std::ranges::find(after, content) != after.end(); });
  EXPECT_EQ(gone.size(), moves + 1) << "of every move and of what it was about, and of nothing else";
  EXPECT_EQ(lying_about(gone), 0U);
  for (Person* person : {&ann_, &ben_}) {
    const std::string all = person->well({"--json", "show", "listen"});
    EXPECT_FALSE(all.contains("loud")) << all;
    EXPECT_TRUE(all.contains("You stayed with it")) << all;
    EXPECT_TRUE(all.contains("The summer")) << all;
    const Json held = list_at(person->view("listen"), "held")[0];
    EXPECT_EQ(text_at(held, "end"), "finished");
    EXPECT_EQ(text_at(held, "how"), "typed");
  }

  well(ann_, {"understood", "6"});
  EXPECT_EQ(number_at(list_at(ann_.view("listen"), "held")[0], "understood"), 6);
  EXPECT_TRUE(at(list_at(ben_.view("listen"), "held")[0], "understood").is_null()) << "for Ann alone";
  ben_.well({"today"});
  const std::string list = ben_.well({"list"});
  EXPECT_TRUE(list.contains(say("list.held.finished"))) << list;
  ben_.well({"export", (folder_ / "taken along").string()});
  const std::string page = content_of(folder_ / "taken along" / "attune.html");
  EXPECT_TRUE(page.contains("You stayed with it")) << page;
  EXPECT_FALSE(page.contains("loud")) << page;
}

TEST_F(Listening, InWritingAndKeptByBoth) {
  begin({"--typed"});
  turn(ann_, ben_);
  turn(ben_, ann_);
  well(ann_, {"thank"});
  well(ben_, {"thank", "You asked twice"});
  well(ann_, {"keep", "yes"});
  well(ben_, {"keep", "yes"});
  ann_.well({"sync"});
  ben_.well({"sync"});
  ann_.well({"today"});
  const std::string opened = ann_.well({"open", "1"});
  for (const char* part : {"You asked twice", "You: a piece", "Ben: a piece", "I counted the plates"}) {
    EXPECT_TRUE(opened.contains(part)) << part << opened;
  }
  ann_.well({"export", (folder_ / "taken along").string()});
  for (const char* file : {"attune.html", "attune.json"}) {
    EXPECT_TRUE(content_of(folder_ / "taken along" / file).contains("You counted the plates")) << file;
  }
  // What was opened stays with its reader; what was not, goes.
  ben_.well({"list"});
  ben_.well({"take-back", "1"});
  ann_.well({"sync"});
  EXPECT_TRUE(ann_.well({"--json", "show", "listen"}).contains("You asked twice"));
  EXPECT_FALSE(ben_.well({"--json", "show", "listen"}).contains("You asked twice"));
}

TEST_F(Listening, SpokenWithNoWordOnTheLine) {
  begin({"--other-first", "--seconds", "30"});
  EXPECT_TRUE(well(ann_, {}).contains("Ben has the floor."));
  const std::string mine = well(ben_, {});
  EXPECT_TRUE(mine.contains("About 30 seconds.")) << mine;
  EXPECT_TRUE(mine.contains("attune listen piece\n")) << mine;
  refused(ben_, {"piece", "The plates"}, {"typed-only", {}});
  for (const auto& [speaker, listener] : {std::pair(&ben_, &ann_), std::pair(&ann_, &ben_)}) {
    well(*speaker, {"piece"});
    well(*listener, {"say-back"});
    for (int i = 0; i < 2; ++i) {
      well(*speaker, {"confirm", "not-yet"});
      well(*listener, {"say-back"});
    }
    EXPECT_TRUE(well(*speaker, {"confirm", "not-yet"}).contains(say("listen.smaller-offered")));
    EXPECT_TRUE(well(*listener, {"smaller"}).contains(" has the floor."));
    EXPECT_TRUE(well(*speaker, {}).contains(say("listen.smaller-one")));
    well(*speaker, {"piece"});
    well(*listener, {"say-back"});
    well(*speaker, {"confirm", "almost"});
    well(*listener, {"say-back"});
    well(*speaker, {"confirm", "yes"});
    well(*speaker, {"more", "no"});
    well(*listener, {"make-sense"});
    well(*listener, {"imagine"});
    well(*speaker, {"feeling", "else"});
  }
  well(ann_, {"thank", "You took your time"});
  const std::string over = well(ben_, {"thank"});
  EXPECT_TRUE(over.contains(say("listen.none"))) << over;
  EXPECT_TRUE(over.contains("attune listen understood")) << over;
  EXPECT_TRUE(list_at(list_at(ben_.view("listen"), "held")[0], "pieces").empty());
}

TEST_F(Listening, OnOneDeviceBetweenThem) {
  well(ann_, {"propose", "--table"});
  const std::string there = well(ben_, {});
  EXPECT_TRUE(there.contains("on Ann’s device")) << there;
  EXPECT_FALSE(there.contains("time-out")) << there;
  refused(ben_, {"piece"}, {"on-one-phone", {}});
  const std::vector<Words> steps{{"piece"},      {"say-back"}, {"confirm", "yes"},  {"more", "no"},
                                 {"make-sense"}, {"imagine"},  {"feeling", "right"}};
  for (int turn = 0; turn < 2; ++turn) {
    for (const Words& step : steps) {
      Words words = listening(step);
      words.insert(words.begin(), "--offline");
      ann_.well(words);
    }
  }
  well(ann_, {"thank", "For me"});
  well(ann_, {"thank", "--across", "For Ben"});
  well(ben_, {});
  const Json held = list_at(ben_.view("listen"), "held")[0];
  EXPECT_EQ(text_at(held, "how"), "table");
  EXPECT_EQ(text_at(at(held, "my_thanks"), "text"), "For Ben");
  EXPECT_EQ(text_at(at(held, "their_thanks"), "text"), "For me");
}

TEST_F(Listening, RefusesWithASentenceBeforeItBegins) {
  refused(ann_, {"piece"}, {"no-listening", {}});
  refused(ann_, {"understood", "5"}, {"no-listening", {}});
  refused(ann_, {"propose", "--seconds", "10"}, {"bad-piece-length", {}});
  refused(ann_, {"propose", "--at", "soon"}, {"bad-time", {{"text", "soon"}}});
  well(ann_, {"propose", "--at", "23:59"});
  refused(ben_, {"propose"}, {"listening-open", {}});
  refused(ann_, {"agree"}, {"not-what-comes-now", {}});
  refused(ben_, {"topic", "us"}, {"not-yours", {}});
  refused(ben_, {"stop"}, {"listening-not-begun", {}});
  well(ben_, {"postpone", "23:58"});
  const std::string later = well(ann_, {});
  EXPECT_TRUE(later.contains("23:58")) << later;
  well(ann_, {"agree"});
  refused(ann_, {"agree"}, {"said-already", {}});
  well(ann_, {"ready"});
  refused(ann_, {"ready"}, {"said-already", {}});
  EXPECT_TRUE(well(ben_, {}).contains("attune listen ready --anew"));
  well(ben_, {"ready", "--anew"});
  EXPECT_EQ(stage(ben_), "agreed") << "Ann is asked once more";
  well(ann_, {"decline"});
  EXPECT_TRUE(ben_.well({"today"}).contains("Ann would rather not listen"));
  refused(ben_, {"agree"}, {"no-listening", {}});
  refused(ben_, {"understood", "5"}, {"no-listening", {}});
}

TEST_F(Listening, RefusesWithASentenceWhatIsNotMyTurn) {
  begin({"--typed"});
  refused(ann_, {"decline"}, {"listening-begun", {}});
  refused(ben_, {"piece", "Me first"}, {"other-has-floor", {}});
  refused(ben_, {"say-back", "I know"}, {"nothing-said-yet", {}});
  refused(ann_, {"thank"}, {"both-understood-first", {}});
  refused(ben_, {"idea", "The summer"}, {"both-understood-first", {}});
  refused(ben_, {"time-out", "--minutes", "5"}, {"bad-return-time", {}});
  refused(ben_, {"time-out"}, {"bad-return-time", {}});
  refused(ann_, {"confirm", "yes"}, {"not-what-comes-now", {}});
  refused(ann_, {"confirm", "perhaps"}, {"usage-incomplete", {{"verb", " listen confirm"}}});
  refused(ann_, {"piece"}, {"nothing-written", {}});
  refused(ann_, {"piece", std::string(2001, 'a')}, {"text-too-long", {}});
  well(ann_, {"piece", "I counted the plates"});
  well(ben_, {"say-back", "You counted"});
  refused(ann_, {"more", "yes"}, {"only-yes-moves-on", {}});
  refused(ann_, {"understood", "5"}, {"not-what-comes-now", {}});
  well(ben_, {"stop"});
  refused(ann_, {"understood", "8"}, {"bad-score", {}});
  refused(ann_, {"understood", "wholly"}, {"bad-score", {}});
  refused(ann_, {"confirm", "yes"}, {"no-listening", {}});
  const Ended script = ann_.run({"--json", "listen", "understood", "0"});
  EXPECT_EQ(script.out, "{\"ok\":false,\"code\":\"bad-score\"}\n");
}

TEST_F(Listening, TakesPartWithOneDevice) {
  Person laptop(folder_ / "laptop", "Ann’s laptop");
  ann_.well({"sync"});
  ann_.well({"devices", "--add"});
  laptop.run({"join", text_at(ann_.view("invitation"), "link")});
  laptop.well({"join", "--yes", "--name", "Laptop"});
  ann_.well({"words"});
  laptop.well({"words"});
  ann_.well({"approve", "--yes"});
  laptop.well({"approve", "--yes"});
  laptop.well({"sync"});
  ann_.well({"sync"});
  begin();
  EXPECT_TRUE(well(laptop, {}).contains(say("listen.on-another")));
  refused(laptop, {"piece"}, {"on-another-device", {}});
  EXPECT_TRUE(well(laptop, {"here"}).contains(say("listen.speaking.mine")));
  refused(ann_, {"piece"}, {"on-another-device", {}});
  well(laptop, {"piece"});
  well(ben_, {});
  EXPECT_EQ(stage(ben_), "spoken");
}

TEST_F(Listening, WaitsUntilItIsMyTurn) {
  begin({"--typed"});
  auto ben = ben_.begin({"listen", "--wait"});
  well(ann_, {"piece", "I counted the plates"});
  ASSERT_TRUE(ben->prints("I counted the plates"));
  EXPECT_EQ(ben->wait().code, 0);
  auto again = ben_.begin({"listen", "say-back", "You counted the plates", "--wait"});
  ASSERT_TRUE(again->prints(texts_.say("sync.safe")));
  well(ann_, {"confirm", "almost", "All of them"});
  ASSERT_TRUE(again->prints("All of them"));
  EXPECT_EQ(again->wait().code, 0);
}

TEST_F(Listening, AnswersAScriptInJson) {
  const Json proposed = parse_json(ann_.well({"--json", "listen", "propose"}));
  EXPECT_TRUE(flag_at(proposed, "ok"));
  const Json view = parse_json(ben_.well({"--json", "listen"}));
  EXPECT_EQ(text_at(at(at(view, "value"), "open"), "item"), text_at(at(proposed, "value"), "command"));
  EXPECT_EQ(text_at(at(at(view, "value"), "open"), "stage"), "proposed");
}

}  // namespace
}  // namespace attune::cli
