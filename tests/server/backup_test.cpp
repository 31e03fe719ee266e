// Saving a store and making one from what was saved, by the real program.
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "server/attuned.h"
#include "server/texts/texts.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::say;

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

struct Scene {
  Folder folder;
  std::filesystem::path data = folder.path() / "data";
  std::filesystem::path file = folder.path() / "saved";
  std::filesystem::path again = folder.path() / "again";
  Log ours{kPhone, ours_genesis(kPhone, kOther)};

  /// A store with a stream in it.
  void fill(int events = 3) {
    Attuned attuned(data);
    for (int i = 0; i < events; ++i) ours.event(kPhone, 2000);
    {
      Client phone = attuned.member(kPhone);
      phone.send(ours.append(1, 0));
      EXPECT_TRUE(phone.expect<Stored>());
    }
    attuned.program().signal(SIGTERM);
    attuned.program().wait();
  }
  Ended backup() const { return run_program({"backup", file, "--data", data}); }
  Ended restore(const std::filesystem::path& to) const { return run_program({"restore", file, "--data", to}); }
  [[nodiscard]] std::string backup_says() const {
    const Ended ended = backup();
    EXPECT_EQ(ended.code, 1) << ended.output;
    return ended.output;
  }
  [[nodiscard]] std::string restore_says(const std::filesystem::path& to) const {
    const Ended ended = restore(to);
    EXPECT_EQ(ended.code, 1) << ended.output;
    return ended.output;
  }
};

std::string sentence(std::string_view key, const std::filesystem::path& path) {
  return say(key, {{"path", path.string()}}) + "\n";
}

void set_version(const std::filesystem::path& file, int version) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, ("PRAGMA user_version = " + std::to_string(version)).c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
}

TEST(Backup, BringsBackWhatWasStored) {
  Scene scene;
  scene.fill();
  const Ended saved = scene.backup();
  EXPECT_EQ(saved.code, 0);
  EXPECT_EQ(saved.output, sentence("backup.done", scene.file));
  const Ended back = scene.restore(scene.again);
  EXPECT_EQ(back.code, 0);
  EXPECT_EQ(back.output, sentence("restore.done", scene.again));
  const Attuned attuned(scene.again);
  Client other = attuned.member(kOther);
  other.send(Follow{.stream = scene.ours.id(), .from = 0});
  EXPECT_EQ(other.expect<Records>()->records, scene.ours.append(0, 0).records);
}

TEST(Backup, BringsBackASnapshotInItsSlot) {
  Scene scene;
  const Log mine(kPhone, mine_genesis(kPhone));
  const SlotPut put{
      .request = 2, .stream = mine.id(), .id = all<Hash>(9), .piece = 0, .count = 1, .bytes = Bytes(3000, 5)};
  {
    Attuned attuned(scene.data);
    Client phone = attuned.member(kPhone);
    phone.send(mine.append(1, 0));
    EXPECT_TRUE(phone.expect<Stored>());
    phone.send(put);
    EXPECT_TRUE(phone.expect<Stored>());
  }
  EXPECT_EQ(scene.backup().code, 0);
  EXPECT_EQ(scene.restore(scene.again).code, 0);
  const Attuned attuned(scene.again);
  Client phone = attuned.member(kPhone);
  phone.send(SlotGet{.request = 3, .stream = mine.id(), .piece = 0});
  EXPECT_EQ(phone.expect<Slot>()->bytes, put.bytes);
}

TEST(Backup, IsForItsOwnerAloneAndLeavesNothingElseBehind) {
  Scene scene;
  scene.fill();
  ASSERT_EQ(scene.backup().code, 0);
  ASSERT_EQ(scene.restore(scene.again).code, 0);
  using std::filesystem::perms;
  constexpr perms others = perms::others_all | perms::group_all;
  for (const auto& path : {scene.file, scene.again, scene.again / "attuned.db"}) {
    EXPECT_EQ(std::filesystem::status(path).permissions() & others, perms::none) << path;
  }
  EXPECT_EQ(contents_of(scene.folder.path()).size(), 1U);
  EXPECT_EQ(contents_of(scene.again).size(), 2U) << "the store and its lock";
}

// What was acknowledged before the backup began is in it, what is in it is unbroken, and nobody waits for it.
TEST(Backup, OfAServerAtWorkHoldsAllThatWasAcknowledgedBefore) {
  Scene scene;
  Attuned attuned(scene.data);
  Client phone = attuned.member(kPhone);
  phone.send(scene.ours.append(1, 0));
  ASSERT_TRUE(phone.expect<Stored>());
  std::atomic<std::uint64_t> acknowledged = 0;
  std::atomic<bool> enough = false;
  std::thread writer([&] {
    while (!enough) {
      scene.ours.event(kPhone, 3000);
      phone.send(scene.ours.append(2, scene.ours.head()));
      const auto stored = phone.expect<Stored>();
      ASSERT_TRUE(stored);
      acknowledged = stored->head;
    }
  });
  while (acknowledged < 20) std::this_thread::yield();
  const std::uint64_t before = acknowledged;
  EXPECT_EQ(scene.backup().code, 0);
  const std::uint64_t after = acknowledged;
  while (acknowledged == after) std::this_thread::yield();
  enough = true;
  writer.join();
  ASSERT_EQ(scene.restore(scene.again).code, 0);
  const Attuned restored(scene.again);
  Welcome welcome;
  Client other = restored.member(kOther, &welcome);
  ASSERT_EQ(welcome.streams.size(), 1U);
  EXPECT_GE(welcome.streams[0].head, before);
  other.send(Follow{.stream = scene.ours.id(), .from = 0});
  for (std::uint64_t at = 0; at <= welcome.streams[0].head;) {
    const auto batch = other.expect<Records>();
    ASSERT_TRUE(batch);
    ASSERT_EQ(batch->records, scene.ours.append(0, at, at + batch->records.size() - 1).records);
    at += batch->records.size();
  }
}

TEST(Backup, HoldsNothingThatWasErased) {
  Scene scene;
  scene.fill(30);
  const std::string erased(64, static_cast<char>(7));  // the seventh event's filler
  const std::string kept(64, static_cast<char>(8));
  {
    const Attuned attuned(scene.data);
    Client phone = attuned.member(kPhone);
    const std::uint64_t first = scene.ours.head() + 1;
    scene.ours.control(kPhone, Close{});
    scene.ours.control(kPhone, Erase{.skeletons = true, .positions = {7}, .blobs = {}});
    phone.send(scene.ours.append(2, first));
    ASSERT_TRUE(phone.expect<Stored>());
    ASSERT_EQ(scene.backup().code, 0);
  }
  const std::string saved = content_of(scene.file);
  EXPECT_EQ(saved.find(erased), std::string::npos);
  EXPECT_NE(saved.find(kept), std::string::npos);
}

TEST(Backup, OverAFileThatIsThereIsRefused) {
  Scene scene;
  scene.fill();
  std::ofstream(scene.file) << "precious";
  EXPECT_EQ(scene.backup_says(), sentence("backup.exists", scene.file));
  EXPECT_EQ(content_of(scene.file), "precious");
}

TEST(Backup, WhereThereIsNoStoreOrNoWayToWriteSaysSo) {
  Scene scene;
  EXPECT_EQ(scene.backup_says(), sentence("backup.no-store", scene.data));
  scene.fill();
  scene.file = scene.folder.path() / "nowhere" / "saved";
  EXPECT_EQ(scene.backup_says(), sentence("backup.unwritable", scene.file));
}

TEST(Backup, OfAStoreThatIsDamagedNewerOrForeignSaysSoAndTouchesNothing) {
  Scene scene;
  scene.fill(40);
  const std::filesystem::path store = scene.data / "attuned.db";
  const std::string sound = content_of(store);
  {
    std::fstream damage(store, std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 1; page < 12; ++page) {
      damage.seekp(page * 4096);
      damage << std::string(2000, '\x5a');
    }
  }
  auto before = contents_of(scene.data);
  EXPECT_EQ(scene.backup_says(), sentence("backup.damaged", scene.data));
  EXPECT_EQ(contents_of(scene.data), before);
  EXPECT_FALSE(std::filesystem::exists(scene.file));

  std::ofstream(store, std::ios::binary | std::ios::trunc) << sound;
  set_version(store, 999);
  before = contents_of(scene.data);
  EXPECT_EQ(scene.backup_says(), sentence("refuse.data-newer", scene.data));
  EXPECT_EQ(contents_of(scene.data), before);

  std::ofstream(store, std::ios::binary | std::ios::trunc) << std::string(9000, 'x');
  EXPECT_EQ(scene.backup_says(), sentence("backup.damaged", scene.data));
}

TEST(Restore, NeverWritesOverWhatIsThere) {
  Scene scene;
  scene.fill();
  ASSERT_EQ(scene.backup().code, 0);
  const auto before = contents_of(scene.data);
  EXPECT_EQ(scene.restore_says(scene.data), sentence("restore.not-empty", scene.data));
  EXPECT_EQ(contents_of(scene.data), before);
  std::filesystem::create_directories(scene.again);
  std::ofstream(scene.again / "letter") << "precious";
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.not-empty", scene.again));
}

TEST(Restore, IntoAnEmptyFolderAndAfterARestoreThatWasCutOffWorks) {
  Scene scene;
  scene.fill();
  ASSERT_EQ(scene.backup().code, 0);
  std::filesystem::create_directories(scene.again);
  std::ofstream(scene.again / "attuned.db.partial") << "half a sto";
  EXPECT_EQ(scene.restore(scene.again).code, 0);
  EXPECT_FALSE(std::filesystem::exists(scene.again / "attuned.db.partial"));
}

TEST(Restore, OfWhatIsNoSoundBackupOfThisVersionMakesNothing) {
  Scene scene;
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.missing", scene.file));
  scene.fill(40);
  ASSERT_EQ(scene.backup().code, 0);
  const std::string sound = content_of(scene.file);

  set_version(scene.file, 999);
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.newer", scene.file));

  std::ofstream(scene.file, std::ios::binary | std::ios::trunc) << sound.substr(0, sound.size() / 2);
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.damaged", scene.file));

  std::string broken = sound;
  for (std::size_t page = 1; page < 12; ++page) broken.replace(page * 4096, 2000, std::string(2000, '\x5a'));
  std::ofstream(scene.file, std::ios::binary | std::ios::trunc) << broken;
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.damaged", scene.file));

  std::ofstream(scene.file, std::ios::binary | std::ios::trunc) << "a letter, and nothing else";
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.damaged", scene.file));

  std::filesystem::remove(scene.file);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(scene.file.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "CREATE TABLE theirs (x)", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  EXPECT_EQ(scene.restore_says(scene.again), sentence("restore.foreign", scene.file));
  EXPECT_FALSE(std::filesystem::exists(scene.again / "attuned.db"));
}

TEST(Restore, WhereTheFolderCanNotBeMadeSaysSo) {
  Scene scene;
  scene.fill();
  ASSERT_EQ(scene.backup().code, 0);
  const std::filesystem::path below = scene.file / "data";
  EXPECT_EQ(scene.restore_says(below), sentence("refuse.data-unwritable", below));
}

}  // namespace
}  // namespace attune::tests
