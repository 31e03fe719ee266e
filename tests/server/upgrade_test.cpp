// Stores of earlier versions: each is opened and keeps what it holds.
#include <sqlite3.h>

#include <cstdlib>
#include <set>
#include <sstream>

#include "server/on_disk.h"
#include "server/store/schema.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Outcome;
using server::Reading;
using server::SqliteStore;
using server::Writing;

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

// A store as a version of the program wrote it. What joins these files never leaves them.
std::filesystem::path kept_store(std::int64_t version) {
  const std::string name = "version-" + std::to_string(version) + ".db";
  return std::filesystem::path(ATTUNE_SOURCE_DIR) / "tests/server/stores" / name;
}
void copy_store(std::int64_t version, const Folder& folder) {
  std::filesystem::copy_file(kept_store(version), folder.path() / SqliteStore::kFileName);
}

// Something of everything that a store keeps.
void make_full_store(const Folder& folder) {
  OnDisk disk(folder);
  Device phone = disk.device(kPhone);
  Log mine(kPhone, mine_genesis(kPhone));
  mine.event(kPhone, 3000);
  disk.send<Stored>(phone, mine.append(1, 0));
  Log ours(kPhone, ours_genesis(kPhone, kOther));
  ours.event(kPhone, 256);
  ours.event(kPhone, 256);
  ours.control(kPhone, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  disk.send<Stored>(phone, ours.append(2, 0));
  disk.send<Stored>(phone,
                    MailPut{.request = 3, .mailbox = all<MailboxId>(7), .create = true, .mail = Bytes(kMaxMail, 3)});
  for (std::uint8_t at = 0; at < 2; ++at) {
    const Bytes bytes(100, static_cast<std::uint8_t>(7 + at));
    disk.send<Stored>(
        phone, SlotPut{.request = 4, .stream = mine.id(), .id = all<Hash>(6), .piece = at, .count = 2, .bytes = bytes});
  }
  disk.store().write(
      [](Writing& writing) {
        writing.subscribe(
            kPhone.sign,
            {.endpoint = "https://push.example/version-2", .p256dh = all<P256Key>(4), .auth = all<PushSecret>(5)});
        writing.set_wake_times(kPhone.sign, {1'790'000'000, 1'790'003'600});
        writing.keep_push_secret(Bytes(32, 9));
      },
      [](Outcome outcome) { EXPECT_EQ(outcome, Outcome::committed); });
}

// Every table, index and row of a file.
std::string content_of_store(const std::filesystem::path& file) {
  std::string out;
  sqlite3* db = nullptr;
  const auto line = [](void* to, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i) static_cast<std::string*>(to)->append(values[i] ? values[i] : "NULL") += '|';
    static_cast<std::string*>(to)->push_back('\n');
    return 0;
  };
  EXPECT_EQ(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  const auto ask = [&](const std::string& sql) {
    std::string answer;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), line, &answer, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    return answer;
  };
  out = ask("PRAGMA application_id") + ask("PRAGMA user_version") + ask("SELECT sql FROM sqlite_schema ORDER BY name");
  // Quoted values tell a number from a text, and show every byte.
  std::istringstream selects(
      ask("SELECT 'SELECT ' || (SELECT group_concat('quote(' || name || ')') FROM pragma_table_info(t.name)) || ' FROM "
          "' || name || ' ORDER BY 1, 2' FROM sqlite_schema t WHERE type = 'table' ORDER BY name"));
  for (std::string select; std::getline(selects, select, '|'); selects.get()) out += select + '\n' + ask(select);
  sqlite3_close(db);
  return out;
}

// What lies in tests/server/stores is what the program itself has written. The version on the way is made anew when its
// tables change: ATTUNE_KEEP_STORE names where it goes.
TEST(Upgraded, TheNewestThatIsKeptIsWhatThisProgramWrites) {
  const Folder folder;
  make_full_store(folder);
  const std::filesystem::path made = folder.path() / SqliteStore::kFileName;
  if (const char* to = std::getenv("ATTUNE_KEEP_STORE")) std::filesystem::copy_file(made, to);
  const Folder kept;
  copy_store(server::kSchemaVersion, kept);
  EXPECT_EQ(content_of_store(kept.path() / SqliteStore::kFileName), content_of_store(made));
}

class Upgrade : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Versions, Upgrade, testing::Range(1, static_cast<int>(server::kSchemaVersion) + 1));

TEST_P(Upgrade, EveryEarlierVersionIsOpenedAndKeepsWhatItHolds) {
  const Folder folder;
  copy_store(GetParam(), folder);
  OnDisk disk(folder);
  Device phone = disk.device(kPhone);
  ASSERT_EQ(phone.welcome.streams.size(), 2U);
  phone.send(Follow{.stream = phone.welcome.streams[1].stream, .from = 0});
  const auto records = phone.expect<Records>();
  ASSERT_EQ(records.records.size(), 4U);
  EXPECT_FALSE(decode_record(records.records[1])->content) << "erased before it was kept";
  EXPECT_TRUE(decode_record(records.records[2])->content);
  phone.send(MailFollow{.mailbox = all<MailboxId>(7)});
  EXPECT_EQ(phone.expect<Mail>().mails.size(), 1U);
  disk.store().write(
      [](Writing& writing) { writing.set_wake_times(kOther.sign, {7}); },
      [](Outcome outcome) { EXPECT_EQ(outcome, Outcome::committed) << "what later versions keep, it keeps now"; });
  disk.settle();
}

TEST(Upgraded, WhatWakesADeviceIsKept) {
  const Folder folder;
  copy_store(2, folder);
  OnDisk disk(folder);
  disk.store().read([](Reading& reading) {
    const auto subscription = reading.subscription(kPhone.sign);
    ASSERT_TRUE(subscription);
    EXPECT_EQ(subscription->endpoint, "https://push.example/version-2");
    EXPECT_EQ(subscription->p256dh, all<P256Key>(4));
    EXPECT_EQ(subscription->auth, all<PushSecret>(5));
    EXPECT_EQ(reading.wake_times(kPhone.sign), (std::vector<std::uint64_t>{1'790'000'000, 1'790'003'600}));
    EXPECT_EQ(reading.push_secret(), Bytes(32, 9));
  });
}

TEST(Upgraded, ASnapshotInItsSlotIsKept) {
  const Folder folder;
  copy_store(4, folder);
  OnDisk disk(folder);
  Device phone = disk.device(kPhone);
  const StreamId mine = phone.welcome.streams[0].stream;
  for (std::uint8_t at = 0; at < 2; ++at) {
    phone.send(SlotGet{.request = 1, .stream = mine, .piece = at});
    EXPECT_EQ(phone.expect<Slot>(), (Slot{.request = 1,
                                          .id = all<Hash>(6),
                                          .piece = at,
                                          .count = 2,
                                          .bytes = Bytes(100, static_cast<std::uint8_t>(7 + at))}));
  }
  disk.store().read([&](Reading& reading) {
    EXPECT_EQ(reading.slot(*reading.stream(mine)),
              (server::Slot{.id = all<Hash>(6), .count = 2, .pieces = 2, .bytes = 200, .made = kNow}));
  });
}

TEST_P(Upgrade, WhoHasWrittenIsKnownFromTheRecordsThatAreThere) {
  const Folder folder;
  copy_store(GetParam(), folder);
  OnDisk disk(folder);
  disk.store().read([](Reading& reading) {
    const auto ours = reading.stream(reading.streams_of(kPhone.sign).at(1).stream);
    std::set<SignKey> authors;
    for (std::uint64_t at = 0; at <= ours->head; ++at) authors.insert(reading.header(*ours, at)->author);
    EXPECT_TRUE(authors.contains(kPhone.sign));
    for (const Keys& keys : {kPhone, kOther}) {
      EXPECT_EQ(reading.has_written(*ours, keys.sign, 0, ours->head), authors.contains(keys.sign));
    }
  });
}

// The third version keeps records in another order than those before: what moved lies in one place alone.
TEST(Upgraded, WhatIsErasedAfterwardsIsNowhereInTheFiles) {
  const Folder folder;
  copy_store(2, folder);
  const std::string content(3000, 1);  // of the first event in *mine*
  const auto places = [&] {
    std::size_t out = 0;
    for (const auto& [name, bytes] : contents_of(folder.path())) {
      for (auto at = bytes.find(content); at != std::string::npos; at = bytes.find(content, at + content.size())) ++out;
    }
    return out;
  };
  {
    OnDisk disk(folder);
    EXPECT_EQ(places(), 1U);
    disk.store().write(
        [](Writing& writing) {
          const StreamId mine = writing.streams_of(kPhone.sign).at(0).stream;
          writing.erase(*writing.stream(mine), {1}, false);
        },
        [](Outcome outcome) { EXPECT_EQ(outcome, Outcome::committed); });
  }
  EXPECT_EQ(places(), 0U);
}

}  // namespace
}  // namespace attune::tests
