#include "cli/row_store.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "tests/cli/support.h"

namespace attune::cli {
namespace {

Row row(std::string key, std::string_view value) { return {std::move(key), bytes(value)}; }

std::map<std::string, std::string> all(RowStore& store) {
  std::map<std::string, std::string> out;
  for (const Row& each : store.read_all().value()) out[each.key] = std::string(as_text(*each.value));
  return out;
}

using Rows = std::map<std::string, std::string>;

TEST(RowStore, KeepsRowsOverARestart) {
  Folder folder;
  {
    auto store = RowStore::open(folder / "db");
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->write(std::vector{row("a", "one"), row("b", "two"), row("c", "")}));
    ASSERT_TRUE(store->write(std::vector{row("a", "three"), Row{"b", std::nullopt}}));
  }
  auto store = RowStore::open(folder / "db");
  ASSERT_TRUE(store);
  EXPECT_EQ(all(*store), (Rows{{"a", "three"}, {"c", ""}}));
}

TEST(RowStore, IsReadableByItsOwnerAlone) {
  Folder folder;
  auto store = RowStore::open(folder / "db");
  ASSERT_TRUE(store);
  ASSERT_TRUE(store->write(std::vector{row("a", "one")}));
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_EQ(mode_of(file.path()), 0600U) << file.path();
  }
}

TEST(RowStore, OverwritesWhatWasDeleted) {
  Folder folder;
  {
    auto store = RowStore::open(folder / "db");
    ASSERT_TRUE(store->write(std::vector{row("draft", "a sentence nobody sent")}));
    ASSERT_TRUE(store->write(std::vector{Row{"draft", std::nullopt}}));
  }
  EXPECT_EQ(content_of(folder / "db").find("a sentence nobody sent"), std::string::npos);
}

TEST(RowStore, RefusesNewerDataUntouched) {
  Folder folder;
  {
    ASSERT_TRUE(RowStore::open(folder / "db")->write(std::vector{row("a", "one")}));
  }
  {
    std::fstream file(folder / "db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(60);  // PRAGMA user_version, big-endian
    file.write("\0\0\0\x09", 4);
  }
  const std::string before = content_of(folder / "db");
  const auto store = RowStore::open(folder / "db");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, "data-newer");
  EXPECT_EQ(content_of(folder / "db"), before);
  EXPECT_FALSE(std::filesystem::exists(folder / "db-wal"));
}

TEST(RowStore, RefusesADamagedFileUntouched) {
  Folder folder;
  const std::string rubbish(8192, 'x');
  std::ofstream(folder / "db") << rubbish;
  // The header's field of the layout reads as a great number; damage comes before newness only if SQLite can tell.
  std::fstream(folder / "db", std::ios::in | std::ios::out | std::ios::binary).seekp(60).write("\0\0\0\1", 4);
  const std::string before = content_of(folder / "db");
  const auto store = RowStore::open(folder / "db");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, "storage-corrupt");
  EXPECT_EQ(content_of(folder / "db"), before);
}

TEST(RowStore, RefusesAFileThatBreaksOff) {
  Folder folder;
  std::ofstream(folder / "db") << "SQLite form";
  const auto store = RowStore::open(folder / "db");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, "storage-corrupt");
}

TEST(RowStore, NamesDamageInsideTheFile) {
  Folder folder;
  {
    auto store = RowStore::open(folder / "db");
    std::vector<Row> rows;
    for (int i = 0; i < 100; ++i) rows.push_back(row("key " + std::to_string(i), std::string(1000, 'v')));
    ASSERT_TRUE(store->write(rows));
  }
  {
    std::fstream file(folder / "db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(40000, '\xee');
  }
  auto store = RowStore::open(folder / "db");
  const bool refused = !store || !store->read_all();
  ASSERT_TRUE(refused);
  const Trouble trouble = store ? store->read_all().error() : store.error();
  EXPECT_EQ(trouble.code, "storage-corrupt");
}

TEST(RowStore, SaysWhenTheDiskIsFullAndKeepsWhatItHad) {
  Folder folder;
  auto store = RowStore::open(folder / "db");
  ASSERT_TRUE(store->write(std::vector{row("early", "kept")}));
  // A limit on the size of files is a full disk that a test may have for itself.
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit usual{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &usual), 0);
  const rlimit tight{128 * 1024, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto written = store->write(std::vector{row("early", "changed"), row("late", std::string(1 << 20, 'x'))});
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &usual), 0);
  std::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "disk-full");
  EXPECT_EQ(all(*store), (Rows{{"early", "kept"}}));
  EXPECT_TRUE(store->write(std::vector{row("late", "room again")}));
}

TEST(RowStore, RemembersTheNumbersOfTheLastListOnly) {
  Folder folder;
  auto store = RowStore::open(folder / "db");
  ASSERT_TRUE(store->remember_shown(std::vector<std::string>{"first", "second"}));
  ASSERT_TRUE(store->remember_shown(std::vector<std::string>{"third"}));
  EXPECT_EQ(store->shown(1).value(), "third");
  EXPECT_EQ(store->shown(2).value(), std::nullopt);
}

}  // namespace
}  // namespace attune::cli
