// The durable store's own promises: what is on the disk, what is refused untouched, what a full disk does.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <latch>
#include <thread>

#include "server/folder.h"
#include "server/on_disk.h"
#include "server/store/schema.h"
#include "server/watched_disk.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Outcome;
using server::Reading;
using server::SqliteStore;
using server::StoreFault;
using server::Writing;

void run_sql(const std::filesystem::path& file, const char* sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

StoreFault fault_of(const Folder& folder) {
  const auto opened = SqliteStore::open(folder.path(), {});
  EXPECT_FALSE(opened.has_value());
  return opened ? StoreFault::in_use : opened.error();
}

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

TEST(Disk, WhatWasAcknowledgedIsThereAfterARestart) {
  const Folder folder;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  for (int i = 0; i < 5; ++i) log.event(kPhone);
  {
    OnDisk disk(folder);
    Device phone = disk.device(kPhone);
    EXPECT_EQ(disk.send<Stored>(phone, log.append(1, 0)).head, 5U);
  }
  OnDisk disk(folder);
  Device other = disk.device(kOther);
  ASSERT_EQ(other.welcome.streams.size(), 1U);
  other.send(Follow{.stream = log.id(), .from = 0});
  EXPECT_EQ(other.expect<Records>().records, log.append(0, 0).records);
}

void make_mailboxes(OnDisk& disk, std::uint8_t first, std::uint8_t last) {
  for (std::uint8_t i = first; i <= last; ++i) {
    disk.store().write([i](Writing& writing) { writing.make_mailbox(all<MailboxId>(i), kNow); }, [](Outcome) {});
    disk.settle();
  }
}

TEST(Disk, CommitsWriteOverRoomThatTheLogFileHasAlready) {
  const Folder folder;
  OnDisk disk(folder);
  const auto length = [&] { return std::filesystem::file_size(folder.path() / "attuned.db-wal"); };
  make_mailboxes(disk, 1, 1);
  make_mailboxes(disk, 2, 2);
  const auto before = length();
  make_mailboxes(disk, 3, 20);
  EXPECT_EQ(length(), before);
}

// As the death of the process leaves them.
void copy_files(const Folder& from, const Folder& to) {
  for (const char* name : {"attuned.db", "attuned.db-wal"}) {
    std::filesystem::copy_file(from.path() / name, to.path() / name);
  }
}

TEST(Disk, RoomBehindTheLogIsNothingAfterACrash) {
  const Folder folder;
  const Folder left;
  {
    OnDisk disk(folder);
    make_mailboxes(disk, 1, 20);
    copy_files(folder, left);
  }
  OnDisk disk(left);
  disk.store().read([](Reading& reading) {
    for (std::uint8_t i = 1; i <= 20; ++i) EXPECT_TRUE(reading.mailbox(all<MailboxId>(i))) << int{i};
    EXPECT_FALSE(reading.mailbox(all<MailboxId>(21)));
  });
}

TEST(Disk, ALogThatIsNeverIdleIsFoldedInBesideTheWriter) {
  const Folder folder;
  OnDisk disk(folder, {.long_log = 100, .health = {}});
  const auto length = [&](const char* name) { return std::filesystem::file_size(folder.path() / name); };
  // Each mailbox is a commit of some pages.
  for (std::uint8_t i = 0; i < 250; ++i) {
    for (std::uint8_t j = 0; j < 8; ++j) {
      disk.store().write(
          [i, j](Writing& writing) {
            MailboxId box = all<MailboxId>(i);
            box.bytes[0] = j;
            writing.make_mailbox(box, kNow);
            writing.add_mail(box, Bytes(kMaxMail, i));
          },
          [](Outcome outcome) { EXPECT_EQ(outcome, Outcome::committed); });
      disk.settle();
    }
  }
  EXPECT_GT(length("attuned.db"), 2'000'000U);
  EXPECT_LT(length("attuned.db-wal"), 16'000'000U) << "more than twice as much went through it";
}

// Each commit is asked for before the one before it is over, so that no idle time comes between.
void commit_many(SqliteStore& store, int count) {
  std::promise<void> end;
  std::function<void(int)> next = [&](int left) {
    if (left == 0) return end.set_value();
    store.write([](Writing& writing) { writing.add_mail({}, Bytes(kMaxMail, 1)); },
                [&next, left](Outcome outcome) {
                  EXPECT_EQ(outcome, Outcome::committed);
                  next(left - 1);
                });
  };
  next(count);
  end.get_future().wait();
}

TEST(Disk, ALogThatCanNotBeginAnewIsNotFoldedInWithEveryCommit) {
  constexpr int kCommits = 300;
  const Folder folder;
  WatchedDisk watched;
  OnDisk disk(folder, {.long_log = 400, .health = {}});
  // Says how often it has begun anew (sqlite.org/fileformat2.html, 4.1).
  const auto beginning = [&] { return content_of(folder.path() / "attuned.db-wal").substr(0, 16); };
  std::string before;
  // As a backup does, which reads all of the store.
  disk.store().read([&](Reading& reading) {
    EXPECT_FALSE(reading.mailbox({}));
    commit_many(disk.store(), 1);
    before = beginning();
    const int tried = watched.checkpoints();
    commit_many(disk.store(), kCommits);
    EXPECT_GT(watched.checkpoints(), tried) << "the log is long";
    EXPECT_LT(watched.checkpoints(), tried + kCommits / 5);
    EXPECT_EQ(beginning(), before);
  });
  while (beginning() == before) commit_many(disk.store(), 10);
}

TEST(Disk, ManyWaitingAppendsShareCommitsAndAllAreAnswered) {
  const Folder folder;
  OnDisk disk(folder);
  std::latch answered(200);
  std::vector<Outcome> outcomes(200, Outcome::busy);
  for (std::uint8_t i = 0; i < 200; ++i) {
    disk.store().write([i](Writing& writing) { writing.make_mailbox(all<MailboxId>(i), kNow); },
                       [&, i](Outcome outcome) {
                         outcomes[i] = outcome;
                         answered.count_down();
                       });
  }
  answered.wait();
  EXPECT_EQ(outcomes, std::vector<Outcome>(200, Outcome::committed));
}

TEST(Disk, OneWorkThatFailsDoesNotTakeTheOthersWithIt) {
  const Folder folder;
  OnDisk disk(folder);
  // The writer is held until all three wait, so that they come into one transaction.
  std::promise<void> go;
  disk.store().write([held = go.get_future().share()](Writing&) { held.wait(); }, [](Outcome) {});
  std::latch answered(3);
  std::vector<Outcome> outcomes(3, Outcome::busy);
  for (std::size_t i = 0; i < 3; ++i) {
    disk.store().write(
        [i](Writing& writing) {
          writing.make_mailbox(all<MailboxId>(static_cast<std::uint8_t>(i)), kNow);
          if (i == 1) throw server::StoreTrouble{server::StoreTrouble::Kind::full};
        },
        [&, i](Outcome outcome) {
          outcomes[i] = outcome;
          answered.count_down();
        });
  }
  go.set_value();
  answered.wait();
  EXPECT_EQ(outcomes, (std::vector{Outcome::committed, Outcome::full, Outcome::committed}));
  disk.store().read([](Reading& reading) {
    EXPECT_TRUE(reading.mailbox(all<MailboxId>(0)));
    EXPECT_FALSE(reading.mailbox(all<MailboxId>(1)));
    EXPECT_TRUE(reading.mailbox(all<MailboxId>(2)));
  });
}

TEST(Disk, TooMuchWaitingIsRefusedAtOnce) {
  const Folder folder;
  OnDisk disk(folder, {.most_bytes = 0, .most_waiting = 2, .health = {}});
  std::promise<void> go;
  std::promise<void> begun;
  disk.store().write(
      [&, held = go.get_future().share()](Writing&) {
        begun.set_value();
        held.wait();
      },
      [](Outcome) {});
  begun.get_future().wait();
  std::vector<Outcome> outcomes;
  for (int i = 0; i < 3; ++i) {
    disk.store().write([](Writing&) {}, [&](Outcome outcome) { outcomes.push_back(outcome); });
  }
  EXPECT_EQ(outcomes, std::vector{Outcome::busy});
  go.set_value();
  disk.store().stop();
  EXPECT_EQ(outcomes, (std::vector{Outcome::busy, Outcome::committed, Outcome::committed}));
  disk.store().write([](Writing&) {}, [&](Outcome outcome) { outcomes.push_back(outcome); });
  EXPECT_EQ(outcomes.back(), Outcome::stopping);
}

TEST(Disk, ErasedContentIsNowhereInTheFiles) {
  const Folder folder;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  for (int i = 0; i < 40; ++i) log.event(kPhone, 900);
  const std::string erased(64, static_cast<char>(7));  // the seventh event's filler
  const std::string kept(64, static_cast<char>(8));
  const auto holds = [&](const std::string& what) {
    for (const auto& [name, content] : contents_of(folder.path())) {
      if (content.find(what) != std::string::npos) return true;
    }
    return false;
  };
  OnDisk disk(folder);
  Device phone = disk.device(kPhone);
  disk.send<Stored>(phone, log.append(1, 0));
  EXPECT_TRUE(holds(erased));
  // Its skeleton is filled the same way and stays; the close lets it go, too.
  const std::uint64_t first = log.head() + 1;
  log.control(kPhone, Close{});
  log.control(kPhone, Erase{.skeletons = true, .positions = {7}, .blobs = {}});
  disk.send<Stored>(phone, log.append(2, first));
  // The log file is emptied in the next idle time: wait for it as long as it takes.
  while (holds(erased)) std::this_thread::yield();
  EXPECT_TRUE(holds(kept));
}

bool holds(const Folder& folder, const std::string& what) {
  return std::ranges::any_of(contents_of(folder.path()),
                             [&](const auto& file) { return file.second.find(what) != std::string::npos; });
}

const server::Subscription kSubscription{
    .endpoint = "https://push.example/only-here", .p256dh = all<P256Key>(4), .auth = all<PushSecret>(5)};

TEST(Disk, ASubscriptionThatHasEndedIsNowhereInTheFiles) {
  const Folder folder;
  OnDisk disk(folder);
  const auto write = [&](const server::Store::Work& work) {
    disk.store().write(work, [](Outcome) {});
    disk.settle();
  };
  write([&](Writing& writing) { writing.subscribe(kPhone.sign, kSubscription); });
  EXPECT_TRUE(holds(folder, "only-here"));
  write([&](Writing& writing) { writing.unsubscribe(kPhone.sign); });
  while (holds(folder, "only-here")) std::this_thread::yield();
}

TEST(Disk, WhatWasErasedRightBeforeACrashIsNowhereInTheFilesAfterwards) {
  const Folder folder;
  const Folder left;
  {
    OnDisk disk(folder);
    disk.store().write([](Writing& writing) { writing.subscribe(kPhone.sign, kSubscription); }, [](Outcome) {});
    disk.settle();
    // On the writer's thread, which empties no log meanwhile.
    disk.store().write([](Writing& writing) { writing.unsubscribe(kPhone.sign); },
                       [&](Outcome) { copy_files(folder, left); });
    disk.settle();
  }
  EXPECT_TRUE(holds(left, "only-here"));
  OnDisk disk(left);
  disk.store().read([](Reading& reading) { EXPECT_FALSE(reading.subscription(kPhone.sign)); });
  // The first idle time folds the log in; by its end the log must be empty, too.
  disk.store().write(
      [](Writing& writing) {
        writing.make_mailbox(all<MailboxId>(1), kNow);
        writing.add_mail(all<MailboxId>(1), as_bytes("written since"));
      },
      [](Outcome outcome) { EXPECT_EQ(outcome, Outcome::committed); });
  while (content_of(left.path() / "attuned.db").find("written since") == std::string::npos) std::this_thread::yield();
  disk.settle();
  EXPECT_FALSE(holds(left, "only-here"));
}

TEST(Disk, AFullDiskRefusesPlainlyLosesNothingAndGoesOnReading) {
  const Folder folder;
  std::vector<Outcome> health;
  std::mutex mutex;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  {
    OnDisk disk(folder, {.most_bytes = 400'000, .most_waiting = 100, .health = [&](Outcome outcome) {
                           const std::lock_guard lock(mutex);
                           health.push_back(outcome);
                         }});
    Device phone = disk.device(kPhone);
    disk.send<Stored>(phone, log.append(1, 0));
    std::uint16_t refusal = 0;
    while (refusal == 0) {
      log.event(kPhone, 100'000);
      phone.send(log.append(2, log.head()));
      disk.settle();
      const auto heard = phone.hear();
      ASSERT_EQ(heard.size(), 1U);
      if (const auto* refused = std::get_if<Refused>(&heard[0])) refusal = refused->code;
    }
    EXPECT_EQ(refusal, kServerFull.number);
    EXPECT_GT(log.head(), 2U);
    log.drop_newest();
    // Reading and small writing go on; whoever erases makes room.
    Device other = disk.device(kOther);
    other.send(Follow{.stream = log.id(), .from = 0});
    const auto heard = other.hear();
    EXPECT_FALSE(heard.empty());
    log.control(kPhone, Erase{.skeletons = false, .positions = {1, 2}, .blobs = {}});
    EXPECT_EQ(disk.send<Stored>(phone, log.append(3, log.head())).head, log.head());
    log.event(kPhone, 100'000);
    EXPECT_EQ(disk.send<Stored>(phone, log.append(4, log.head())).head, log.head());
  }
  EXPECT_EQ(health, (std::vector{Outcome::full, Outcome::committed}));
  OnDisk disk(folder);
  Device other = disk.device(kOther);
  EXPECT_EQ(other.welcome.streams.at(0).head, log.head());
}

// ---- what is refused untouched ----

void make_store(const Folder& folder) {
  OnDisk disk(folder);
  Device phone = disk.device(kPhone);
  Log log(kPhone, mine_genesis(kPhone));
  for (int i = 0; i < 30; ++i) log.event(kPhone, 4000);
  disk.send<Stored>(phone, log.append(1, 0));
}

TEST(Refused, DataOfANewerVersionIsNotTouched) {
  const Folder folder;
  make_store(folder);
  const std::string newer = "PRAGMA user_version = " + std::to_string(server::kSchemaVersion + 1);
  run_sql(folder.path() / SqliteStore::kFileName, newer.c_str());
  std::filesystem::remove(folder.path() / "attuned.lock");
  const auto before = contents_of(folder.path());
  EXPECT_EQ(fault_of(folder), StoreFault::newer);
  EXPECT_EQ(contents_of(folder.path()), before);
}

TEST(Refused, AnotherProgramsDatabaseIsNotTouched) {
  const Folder folder;
  run_sql(folder.path() / SqliteStore::kFileName, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
  const auto before = contents_of(folder.path());
  EXPECT_EQ(fault_of(folder), StoreFault::foreign);
  EXPECT_EQ(contents_of(folder.path()), before);
}

TEST(Refused, ABrokenBeginningIsDamageAndIsLeftAsItIs) {
  const Folder folder;
  make_store(folder);
  std::fstream(folder.path() / SqliteStore::kFileName, std::ios::in | std::ios::out | std::ios::binary)
      << "garbage garbage garbage";
  const auto before = contents_of(folder.path());
  EXPECT_EQ(fault_of(folder), StoreFault::damaged);
  EXPECT_EQ(contents_of(folder.path()), before);
}

TEST(Refused, ABrokenMiddleIsDamageToo) {
  const Folder folder;
  make_store(folder);
  std::fstream file(folder.path() / SqliteStore::kFileName, std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 1; page < 8; ++page) {
    file.seekp(page * 4096);
    file << std::string(2000, '\x5a');
  }
  file.close();
  EXPECT_EQ(fault_of(folder), StoreFault::damaged);
}

TEST(Refused, AFolderThatAnotherServerWorksOn) {
  const Folder folder;
  const OnDisk disk(folder);
  EXPECT_EQ(fault_of(folder), StoreFault::in_use);
}

TEST(Refused, AFolderThatCanNotBeMade) {
  const Folder folder;
  std::ofstream(folder.path() / "file") << "x";
  const auto opened = SqliteStore::open(folder.path() / "file" / "data", {});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(), StoreFault::unwritable);
}

}  // namespace
}  // namespace attune::tests
