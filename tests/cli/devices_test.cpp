// One person with two terminals: letting a device in, naming it, taking it out; leaving; taking everything along.
#include <fstream>
#include <sstream>

#include "tests/cli/desk.h"
#include "tests/cli/program.h"

namespace attune::cli {
namespace {

class OwnDevices : public testing::Test {
 protected:
  void SetUp() override {
    relay_.start();
    ann_.well({"start", "--name", "Ann", "--relay", relay_.address()});
    ann_.well({"thank", "--did", "You rang back", "--keep"});
  }
  void let_in(const std::string& link) {
    laptop_.run({"join", link});
    laptop_.well({"join", "--yes", "--name", "Laptop"});
    ann_.well({"words"});
    laptop_.well({"words"});
    ASSERT_EQ(list_at(ann_.view("invitation"), "words"), list_at(laptop_.view("joining"), "words"));
    ann_.well({"approve", "--yes"});
    laptop_.well({"approve", "--yes"});
    laptop_.well({"sync"});
    ann_.well({"sync"});
  }

  Folder folder_;
  Relay relay_{folder_ / "server"};
  Person ann_{folder_ / "ann", "Ann"};
  Person laptop_{folder_ / "laptop", "Ann's laptop"};
};

TEST_F(OwnDevices, AFreshOneIsLetInByALinkNamedAndTakenOut) {
  const std::string shown = ann_.well({"devices", "--add"});
  const std::string link = text_at(ann_.view("invitation"), "link");
  EXPECT_TRUE(shown.contains(link)) << shown;
  let_in(link);
  EXPECT_EQ(text_at(laptop_.view("app"), "name"), "Ann");
  EXPECT_EQ(text_at(list_at(laptop_.view("cherish"), "kept")[0], "did"), "You rang back");
  const std::string list = ann_.well({"devices"});
  EXPECT_TRUE(list.contains("Laptop")) << list;
  EXPECT_TRUE(list.contains("(this one)")) << list;
  ann_.well({"devices", "--rename", "2", "--name", "Old laptop"});
  ann_.well({"sync"});
  laptop_.well({"sync"});
  EXPECT_TRUE(laptop_.well({"devices"}).contains("Old laptop"));
  const Ended unsure = ann_.run({"devices", "--remove", "2"});
  EXPECT_NE(unsure.code, 0) << "not without a yes";
  ann_.well({"devices", "--remove", "2", "--yes"});
  ann_.well({"sync"});
  EXPECT_FALSE(ann_.well({"devices"}).contains("Old laptop"));
  EXPECT_TRUE(laptop_.run({"today"}).out.contains("taken out of the space"));
  EXPECT_NE(ann_.run({"devices", "--remove", "7", "--yes"}).code, 0);
  EXPECT_NE(ann_.run({"devices", "--remove", "1", "--yes"}).code, 0) << "not the one in her hand";
}

TEST_F(OwnDevices, TheLinkCanBeTypedAsWordsWithTheAddressBehindThem) {
  const std::string shown = ann_.well({"devices", "--add"});
  std::string typed;
  for (const Json& word : list_at(ann_.view("invitation"), "link_words")) typed += word.get<std::string>() + " ";
  EXPECT_TRUE(shown.contains(text_at(ann_.view("invitation"), "relay")));
  let_in(typed + relay_.address());
  EXPECT_EQ(text_at(laptop_.view("app"), "phase"), "alone");
}

TEST_F(OwnDevices, ThatIsNotLetInAfterAllIsToldWhy) {
  ann_.well({"devices", "--add"});
  laptop_.run({"join", text_at(ann_.view("invitation"), "link")});
  laptop_.well({"join", "--yes", "--name", "Laptop"});
  ann_.well({"words"});
  laptop_.well({"words"});
  laptop_.well({"approve", "--yes"});
  ann_.well({"approve", "--different"});
  for (const char* when : {"as it learns of it", "ever after"}) {
    const Ended told = laptop_.run({"today"});
    EXPECT_EQ(told.code, 1) << when;
    EXPECT_TRUE(told.err.contains(Texts("en").say("error.joining-different-words.what")))
        << when << told.err << told.out;
    EXPECT_EQ(told.out, "") << when;
  }
}

TEST_F(OwnDevices, LeavingAsksOnceAndIsOver) {
  ann_.well({"invite"});
  laptop_.run({"join", text_at(ann_.view("invitation"), "link")});
  laptop_.well({"join", "--yes", "--name", "Ben"});
  ann_.well({"words"});
  laptop_.well({"words"});
  ann_.well({"approve", "--yes"});
  laptop_.well({"approve", "--yes"});
  laptop_.well({"sync"});
  EXPECT_NE(ann_.run({"leave"}).code, 0) << "not without a yes";
  ann_.well({"leave", "--yes"});
  laptop_.well({"sync"});
  EXPECT_TRUE(flag_at(laptop_.view("app"), "closed"));
  EXPECT_NE(laptop_.run({"leave", "--yes"}).code, 0) << "it is closed already";
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

class Exporting : public VerbTest {
 protected:
  void SetUp() override {
    engine_->views["cherish"] = {
        {"thanks",
         {{{"item", kItem},
           {"by_me", false},
           {"at", at_evening()},
           {"opened", false},
           {"did", ""},
           {"says", ""},
           {"felt", ""},
           {"edited", Json::array()},
           {"taken_back", "no"},
           {"answer", nullptr}},
          {{"item", kOther},
           {"by_me", true},
           {"at", at_evening()},
           {"opened", true},
           {"did", "<script>alert(1)</script> & you rang"},
           {"says", "patient"},
           {"felt", ""},
           {"edited", {{{"did", "You rang"}, {"says", ""}, {"felt", ""}, {"at", at_evening()}}}},
           {"taken_back", "no"},
           {"answer", {{"tap", "warmed"}, {"words", "Any time"}, {"at", at_evening()}, {"by_me", false}}}}}},
        {"kept", {{{"did", "For me"}, {"says", ""}, {"felt", ""}, {"at", at_evening()}}}}};
    engine_->views["openup"] = {{"questions",
                                 {{{"prompt", "ou-001"},
                                   {"at", at_evening()},
                                   {"state", "opened"},
                                   {"mine", "In the kitchen"},
                                   {"theirs", "On the stairs"}}}},
                                {"written", {{{"prompt", "ou-002"}, {"text", "Alone"}, {"at", at_evening()}}}}};
    args_.target = (folder_ / "out").string();
  }
};

TEST_F(Exporting, WritesAPageToReadAndTheSameAsData) {
  ASSERT_EQ(run(export_all), Exit::done);
  const std::string page = read_file(folder_ / "out" / "attune.html");
  for (const char* part : {"patient", "Any time", "In the kitchen", "On the stairs", "For me", "Alone", "You rang",
                           "&lt;script&gt;alert(1)&lt;/script&gt; &amp; you rang"}) {
    EXPECT_TRUE(page.contains(part)) << part << page;
  }
  EXPECT_FALSE(page.contains("<script"));
  EXPECT_TRUE(page.contains(terminal_.texts.say("export.closed"))) << "a closed envelope stays closed";
  const Json data = parse_json(read_file(folder_ / "out" / "attune.json"));
  EXPECT_EQ(data["cherish"], engine_->views["cherish"]);
  EXPECT_EQ(data["openup"], engine_->views["openup"]);
  EXPECT_EQ(data["app"]["partner"], "Kim");
  using std::filesystem::perms;
  for (const char* file : {"attune.html", "attune.json"}) {
    const auto allowed = std::filesystem::status(folder_ / "out" / file).permissions();
    EXPECT_EQ(allowed, perms::owner_read | perms::owner_write) << file;
  }
}

TEST_F(Exporting, LeavesAloneWhatIsThereAlready) {
  std::filesystem::create_directory(folder_ / "out");
  std::ofstream(folder_ / "out" / "attune.html") << "mine";
  const auto result = run(export_all);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "export-exists");
  EXPECT_EQ(read_file(folder_ / "out" / "attune.html"), "mine");
}

TEST_F(Exporting, OfWhatIsStillBeingCheckedHereIsRefusedAndLeavesNothingBehind) {
  engine_->coming(412, 1290);
  const auto result = run(export_all);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "still-coming");
  EXPECT_GE(terminal_.texts.explain(result.error()).size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
  engine_->sync("offline", false);
  EXPECT_EQ(run(export_all), Exit::done);
}

TEST_F(Exporting, SaysWhenAFolderCanNotBeWritten) {
  std::ofstream(folder_ / "out") << "a file";
  const auto result = run(export_all);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "export-unwritable");
  args_.target.clear();
  EXPECT_EQ(run(export_all).error().code, "export-nowhere");
}

}  // namespace
}  // namespace attune::cli
