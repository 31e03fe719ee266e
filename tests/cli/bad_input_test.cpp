// What a person may get wrong, or what may go wrong under them: each a plain sentence, and nothing lost.
#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>

#include "cli/home.h"
#include "cli/texts.h"
#include "tests/cli/program.h"

namespace attune::cli {
namespace {

class BadInput : public testing::Test {
 protected:
  /// Alone, on this machine, with one thing kept; nobody is called.
  void start() { ann_.well({"--offline", "start", "--name", "Ann", "--relay", "http://localhost:1"}); }
  void refuses(const Ended& ended, const Trouble& trouble) {
    EXPECT_EQ(ended.code, 1) << ended.out;
    EXPECT_TRUE(texts_.has("error." + trouble.code + ".what")) << trouble.code;
    for (const std::string& sentence : texts_.explain(trouble)) EXPECT_TRUE(ended.err.contains(sentence)) << ended.err;
  }

  Folder folder_;
  Texts texts_{"en"};
  Person ann_{folder_ / "ann", "Ann"};
};

TEST_F(BadInput, AnAddressThatIsNone) {
  for (const char* address : {"http://attune.example", "https://", "ftp://attune.example", "two words"}) {
    refuses(ann_.run({"start", "--relay", address}), {"bad-address", {}});
    EXPECT_EQ(text_at(ann_.view("app"), "phase"), "fresh") << address;
  }
}

TEST_F(BadInput, ALinkThatIsNone) {
  refuses(ann_.run({"join", "https://attune.example/#join=1.abc"}), {"link-short", {}});
}

TEST_F(BadInput, NoSpaceYetLeavesNoFolderBehind) {
  const Ended ended = ann_.run({"today"});
  refuses(ended, {"not-started", {{"path", ann_.home().string()}}});
  EXPECT_FALSE(std::filesystem::exists(ann_.home()));
}

TEST_F(BadInput, ASecondStart) {
  start();
  refuses(ann_.run({"start"}), {"already-started", {{"path", ann_.home().string()}}});
}

TEST_F(BadInput, AHomeInUse) {
  start();
  const auto other = Home::enter(ann_.home(), std::chrono::milliseconds(0));
  ASSERT_TRUE(other);
  refuses(ann_.run({"today"}), {"home-in-use", {{"path", ann_.home().string()}}});
}

TEST_F(BadInput, ADamagedStoreIsLeftAsItIs) {
  start();
  const auto file = ann_.home() / "attune.db";
  {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out << "This is not a database any more.";
  }
  const std::string before = content_of(file);
  refuses(ann_.run({"today"}), {"storage-corrupt", {{"path", file.string()}}});
  EXPECT_EQ(content_of(file), before);
}

TEST_F(BadInput, ADamagedRowIsNamedToo) {
  start();
  const auto file = ann_.home() / "attune.db";
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "UPDATE rows SET value = x'ff00ff'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  const Ended ended = ann_.run({"today"});
  EXPECT_EQ(ended.code, 1) << ended.out;
  EXPECT_TRUE(ended.err.contains(texts_.explain({"storage-corrupt", {{"path", file.string()}}}).front())) << ended.err;
}

TEST_F(BadInput, NewerDataIsNotTouched) {
  start();
  const auto file = ann_.home() / "attune.db";
  {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(60);  // PRAGMA user_version, big-endian
    out.write("\0\0\0\x63", 4);
  }
  const auto before = everything_in(ann_.home());
  refuses(ann_.run({"thank", "--did", "x"}), {"data-newer", {{"path", file.string()}}});
  EXPECT_EQ(everything_in(ann_.home()), before);
}

TEST_F(BadInput, AFullDiskKeepsWhatWasKept) {
  start();
  ann_.well({"--offline", "thank", "--did", "early"});
  // Room to open the home, and none for one more page.
  const Ended ended = ann_.run({"--offline", "thank", "--did", "late"}, "", {.most_file_bytes = 4096});
  refuses(ended, {"disk-full", {{"path", (ann_.home() / "attune.db").string()}}});
  EXPECT_FALSE(ended.out.contains(texts_.say("thank.kept-alone")));
  const Json kept = list_at(ann_.view("cherish"), "kept");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(text_at(kept[0], "did"), "early");
}

TEST_F(BadInput, AFolderThatOthersCanRead) {
  std::filesystem::create_directory(ann_.home());
  std::ofstream(ann_.home() / "letter") << "x";
  std::filesystem::permissions(ann_.home(), std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  refuses(ann_.run({"start"}), {"home-not-private", {{"path", ann_.home().string()}}});
}

TEST_F(BadInput, AServerThatIsAway) {
  start();
  const Ended ended = ann_.run({"sync"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_TRUE(ended.err.contains(texts_.say("error.server-unreachable.what"))) << ended.err;
}

TEST_F(BadInput, InJsonTheCodeStandsOnStandardOutput) {
  const Ended ended = ann_.run({"--json", "today"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.out, "{\"ok\":false,\"code\":\"not-started\"}\n");
}

TEST_F(BadInput, AWrongLineEndsWithItsOwnNumber) {
  const Ended ended = ann_.run({"dance"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(ended.err.contains("dance")) << ended.err;
  EXPECT_EQ(ann_.run({"today", "--clock", "noon"}).code, 2);
}

TEST_F(BadInput, HomeAndFilesAreTheOwnersAlone) {
  start();
  EXPECT_EQ(mode_of(ann_.home()), 0700U);
  for (const auto& file : std::filesystem::directory_iterator(ann_.home())) EXPECT_EQ(mode_of(file.path()), 0600U);
}

TEST_F(BadInput, TheClockIsTheOneGiven) {
  start();
  ann_.well({"--offline", "--clock", "1741118640000+60", "thank", "--keep", "--did", "by that clock"});
  const Json written = at(list_at(ann_.view("cherish"), "kept")[0], "at");
  EXPECT_EQ(number_at(written, "offset"), 60);
  EXPECT_LT(number_at(written, "ms") - 1741118640000, 60'000);
}

TEST_F(BadInput, TheSchemaIsPrintedWithoutAHome) {
  const Ended ended = ann_.run({"schema"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_TRUE(at(parse_json(ended.out), "commands").is_object() || at(parse_json(ended.out), "commands").is_array());
  EXPECT_FALSE(std::filesystem::exists(ann_.home()));
}

}  // namespace
}  // namespace attune::cli
