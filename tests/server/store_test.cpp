// Both stores under the same steps: what one answers, the other answers.
#include <future>

#include "server/device.h"
#include "server/folder.h"
#include "server/store/sqlite.h"
#include "server/store/table_bytes.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Mailbox;
using server::MemoryStore;
using server::Outcome;
using server::Reading;
using server::SqliteStore;
using server::Store;
using server::Stream;
using server::Subscription;
using server::Time;
using server::Writing;

std::unique_ptr<SqliteStore> open_store(const Folder& folder, SqliteStore::Options options = {}) {
  auto opened = SqliteStore::open(folder.path(), std::move(options));
  EXPECT_TRUE(opened.has_value());
  return opened ? std::move(opened->store) : nullptr;
}

Outcome write(Store& store, const Store::Work& work) {
  std::promise<Outcome> done;
  store.write(work, [&](Outcome outcome) { done.set_value(outcome); });
  return done.get_future().get();
}

template <class T>
T read(Store& store, const std::function<T(Reading&)>& what) {
  T out{};
  store.read([&](Reading& reading) { out = what(reading); });
  return out;
}

// Writes the log's records as the relay would after it has judged them.
void put(Writing& store, const Log& log) {
  Table table = *found(log.at(0).header, std::get<Genesis>(*decode_control(*log.at(0).skeleton)));
  for (std::size_t i = 1; i < log.records().size(); ++i) {
    if (log.at(i).header.cls != Class::control) continue;
    table = *apply(table, log.at(i).header, *decode_control(*log.at(i).skeleton), [&](std::uint64_t at) {
      return std::optional(Earlier{log.at(at).header.cls, log.at(at).header.author});
    });
  }
  Stream stream{.number = 0,
                .head = log.head(),
                .history = log.history(),
                .bytes = 1,
                .founder = log.at(0).header.author,
                .table = table};
  store.found(stream);
  for (const Bytes& record : log.append(0, 0).records) store.append(stream, *view_record(record));
  store.update(stream);
  store.update_table(stream);
}

class BothStores : public testing::TestWithParam<bool> {
 protected:
  BothStores() {
    if (GetParam()) {
      store_ = open_store(folder_);
    } else {
      store_ = std::make_unique<MemoryStore>();
    }
  }
  Store& store() { return *store_; }

  Folder folder_;
  std::unique_ptr<Store> store_;
  Keys phone_ = keys_of(1);
  Keys laptop_ = keys_of(2);
  Keys other_ = keys_of(5);
  Log log_{phone_, ours_genesis(phone_, other_, {member_of(laptop_, 0, Role::device, self_of(0))})};
};

INSTANTIATE_TEST_SUITE_P(Stores, BothStores, testing::Bool(),
                         [](const auto& with) { return with.param ? "Sqlite" : "Memory"; });

TEST_P(BothStores, AStreamComesBackAsItWasWritten) {
  log_.event(phone_, 300);
  log_.control(phone_, removing(laptop_, {phone_, other_}));
  log_.event(other_, 0);
  ASSERT_EQ(write(store(), [&](Writing& writing) { put(writing, log_); }), Outcome::committed);
  store().read([&](Reading& reading) {
    const auto stream = reading.stream(log_.id());
    ASSERT_TRUE(stream);
    EXPECT_EQ(stream->head, 3U);
    EXPECT_EQ(stream->history, log_.history());
    EXPECT_EQ(stream->founder, phone_.sign);
    EXPECT_EQ(stream->table.epoch, 1U);
    EXPECT_EQ(stream->table.seat(laptop_.sign)->removed_at, 2U);
    for (std::uint64_t at = 0; at <= 3; ++at) EXPECT_EQ(reading.header(*stream, at), log_.at(at).header);
    EXPECT_FALSE(reading.header(*stream, 4));
    EXPECT_EQ(reading.records(*stream, 0, 9, 100, 1'000'000), log_.append(0, 0).records);
    EXPECT_EQ(reading.records(*stream, 1, 2, 100, 1'000'000), log_.append(0, 1, 2).records);
    EXPECT_EQ(reading.records(*stream, 1, 3, 2, 1'000'000).size(), 2U);
    EXPECT_EQ(reading.records(*stream, 1, 3, 100, 1).size(), 1U);
    EXPECT_TRUE(reading.records(*stream, 4, 3, 100, 100).empty());
    EXPECT_FALSE(reading.stream(all<StreamId>(9)));
  });
}

TEST_P(BothStores, AKeyIsListedWhereItIsAMemberNow) {
  Log mine(phone_, mine_genesis(phone_));
  log_.control(phone_, removing(laptop_, {phone_, other_}));
  write(store(), [&](Writing& writing) {
    put(writing, log_);
    put(writing, mine);
  });
  store().read([&](Reading& reading) {
    const auto streams = reading.streams_of(phone_.sign);
    ASSERT_EQ(streams.size(), 2U);
    EXPECT_EQ(streams[0], (Known{.stream = mine.id(), .kind = StreamKind::mine, .head = 0, .history = mine.history()}));
    EXPECT_EQ(streams[1], (Known{.stream = log_.id(), .kind = StreamKind::ours, .head = 1, .history = log_.history()}));
    EXPECT_TRUE(reading.streams_of(laptop_.sign).empty());
    EXPECT_EQ(reading.streams_of(other_.sign).size(), 1U);
    EXPECT_EQ(reading.founded_by(phone_.sign, StreamKind::mine), 1U);
    EXPECT_EQ(reading.founded_by(phone_.sign, StreamKind::ours), 1U);
    EXPECT_EQ(reading.founded_by(other_.sign, StreamKind::ours), 0U);
  });
}

TEST_P(BothStores, ErasingLeavesHeaderSignatureAndSkeleton) {
  log_.event(phone_, 300);
  log_.event(phone_, 300);
  write(store(), [&](Writing& writing) { put(writing, log_); });
  write(store(), [&](Writing& writing) {
    writing.erase(*writing.stream(log_.id()), {1, 700}, false);
    writing.erase(*writing.stream(log_.id()), {2}, true);
  });
  Record first = log_.at(1);
  Record second = log_.at(2);
  first.content.reset();
  second.content.reset();
  second.skeleton.reset();
  const auto records = read<std::vector<Bytes>>(
      store(), [&](Reading& reading) { return reading.records(*reading.stream(log_.id()), 1, 2, 9, 9999); });
  EXPECT_EQ(records, (std::vector<Bytes>{encode(first), encode(second)}));
}

TEST_P(BothStores, MailboxesAreMadeFilledBurntAndForgotten) {
  const auto id = all<MailboxId>(1);
  const auto box = [&] {
    return read<std::optional<Mailbox>>(store(), [&](Reading& reading) { return reading.mailbox(id); });
  };
  EXPECT_FALSE(box());
  write(store(), [&](Writing& writing) {
    writing.make_mailbox(id, Time{5000});
    writing.add_mail(id, Bytes{1, 2});
    writing.add_mail(id, Bytes{3});
  });
  EXPECT_EQ(box(), (Mailbox{.made = Time{5000}, .burnt = false, .mails = {{1, 2}, {3}}}));
  write(store(), [&](Writing& writing) { writing.burn(id); });
  EXPECT_EQ(box(), (Mailbox{.made = Time{5000}, .burnt = true, .mails = {}}));
  write(store(), [&](Writing& writing) { writing.burn(all<MailboxId>(2)); });

  const auto young = all<MailboxId>(3);
  write(store(), [&](Writing& writing) {
    writing.make_mailbox(young, Time{9000});
    writing.add_mail(young, Bytes{7});
    writing.tidy(Time{9500}, Time{6000});
  });
  EXPECT_FALSE(box());
  EXPECT_EQ(read<std::optional<Mailbox>>(store(), [&](Reading& reading) { return reading.mailbox(young); }),
            (Mailbox{.made = Time{9000}, .burnt = false, .mails = {}}));
}

TEST_P(BothStores, ASlotHoldsThePiecesThatWerePutIntoIt) {
  Log mine(phone_, mine_genesis(phone_));
  const StreamId id = mine.id();
  const auto slot = [&] {
    return read<server::Slot>(store(), [&](Reading& reading) { return reading.slot(*reading.stream(id)); });
  };
  const auto piece = [&](std::uint8_t at) {
    return read<Bytes>(store(), [&](Reading& reading) { return reading.slot_piece(*reading.stream(id), at); });
  };
  write(store(), [&](Writing& writing) {
    put(writing, mine);
    put(writing, log_);
  });
  EXPECT_EQ(slot(), server::Slot{});
  EXPECT_TRUE(piece(0).empty());
  for (std::uint8_t at = 0; at < 2; ++at) {
    write(store(), [&](Writing& writing) {
      const server::Slot before{.id = all<Hash>(5), .count = 2, .pieces = at, .bytes = 0, .made = Time{7000}};
      writing.add_slot_piece(*writing.stream(id), before, Bytes(100U + at, at));
    });
    EXPECT_EQ(slot().pieces, at + 1);
    EXPECT_EQ(slot().whole(), at == 1);
  }
  EXPECT_EQ(slot(), (server::Slot{.id = all<Hash>(5), .count = 2, .pieces = 2, .bytes = 201, .made = Time{7000}}));
  EXPECT_EQ(piece(1), Bytes(101, 1));
  EXPECT_TRUE(piece(2).empty());
  write(store(), [&](Writing& writing) { writing.empty_slot(*writing.stream(log_.id())); });
  EXPECT_TRUE(slot().whole());
  write(store(), [&](Writing& writing) { writing.empty_slot(*writing.stream(id)); });
  EXPECT_EQ(slot(), server::Slot{});
  EXPECT_TRUE(piece(0).empty());
}

TEST_P(BothStores, ASlotGoesWithTheMailboxesOfItsDay) {
  const Log mine(phone_, mine_genesis(phone_));
  const auto filled = [&] {
    return read<bool>(store(), [&](Reading& reading) { return reading.slot(*reading.stream(mine.id())).count != 0; });
  };
  write(store(), [&](Writing& writing) {
    put(writing, mine);
    writing.add_slot_piece(*writing.stream(mine.id()), {.id = {}, .count = 1, .pieces = 0, .bytes = 0, .made = Time{7}},
                           Bytes(10));
  });
  write(store(), [&](Writing& writing) { writing.tidy(Time{7}, Time{1}); });
  EXPECT_TRUE(filled());
  write(store(), [&](Writing& writing) { writing.tidy(Time{8}, Time{1}); });
  EXPECT_FALSE(filled());
}

TEST_P(BothStores, WhoHasWrittenInAStreamIsKnown) {
  const auto written = [&](const Keys& keys, std::uint64_t from = 0, std::uint64_t to = 5) {
    return read<bool>(store(), [&](Reading& reading) {
      return reading.has_written(*reading.stream(log_.id()), keys.sign, from, to);
    });
  };
  log_.event(laptop_);
  write(store(), [&](Writing& writing) { put(writing, log_); });
  EXPECT_TRUE(written(phone_)) << "the genesis";
  EXPECT_TRUE(written(laptop_));
  EXPECT_TRUE(written(laptop_, 1, 1));
  EXPECT_FALSE(written(laptop_, 2));
  EXPECT_FALSE(written(laptop_, 0, 0));
  EXPECT_FALSE(written(other_));
  EXPECT_FALSE(written(keys_of(7)));
}

TEST_P(BothStores, ASubscriptionIsOneADeviceAndGoesWhenAsked) {
  const auto kept = [&](const Keys& keys) {
    return read<std::optional<Subscription>>(store(),
                                             [&](Reading& reading) { return reading.subscription(keys.sign); });
  };
  const Subscription first{.endpoint = "https://push.example/1", .p256dh = all<P256Key>(4), .auth = all<PushSecret>(5)};
  const Subscription second{
      .endpoint = "https://push.example/2", .p256dh = all<P256Key>(6), .auth = all<PushSecret>(7)};
  EXPECT_FALSE(kept(phone_));
  write(store(), [&](Writing& writing) {
    writing.subscribe(phone_.sign, first);
    writing.subscribe(other_.sign, first);
    writing.subscribe(phone_.sign, second);
  });
  EXPECT_EQ(kept(phone_), second);
  EXPECT_EQ(kept(other_), first);
  write(store(), [&](Writing& writing) { writing.unsubscribe(phone_.sign); });
  EXPECT_FALSE(kept(phone_));
  EXPECT_EQ(kept(other_), first);
}

TEST_P(BothStores, WakeUpTimesAreListedReplacedAndFoundWhenTheyAreDue) {
  using Times = std::vector<std::uint64_t>;
  const auto kept = [&](const Keys& keys) {
    return read<Times>(store(), [&](Reading& reading) { return reading.wake_times(keys.sign); });
  };
  const auto due = [&](std::uint64_t until, std::size_t most) {
    return read<std::vector<SignKey>>(store(), [&](Reading& reading) { return reading.due_devices(until, most); });
  };
  EXPECT_TRUE(due(kMaxWakeTime, 9).empty());
  write(store(), [&](Writing& writing) {
    writing.set_wake_times(phone_.sign, {10, 20, kMaxWakeTime});
    writing.set_wake_times(other_.sign, {15});
  });
  EXPECT_EQ(kept(phone_), (Times{10, 20, kMaxWakeTime}));
  EXPECT_TRUE(due(9, 9).empty());
  EXPECT_EQ(due(10, 9), std::vector{phone_.sign});
  EXPECT_EQ(due(20, 9).size(), 2U);
  EXPECT_EQ(due(20, 1).size(), 1U);
  write(store(), [&](Writing& writing) {
    writing.set_wake_times(phone_.sign, {30});
    writing.set_wake_times(other_.sign, {});
  });
  EXPECT_EQ(kept(phone_), Times{30});
  EXPECT_TRUE(kept(other_).empty());
  EXPECT_TRUE(due(29, 9).empty());
}

TEST_P(BothStores, ThePushSecretIsKept) {
  const auto kept = [&] { return read<Bytes>(store(), [](Reading& reading) { return reading.push_secret(); }); };
  EXPECT_TRUE(kept().empty());
  write(store(), [&](Writing& writing) { writing.keep_push_secret(Bytes(32, 9)); });
  EXPECT_EQ(kept(), Bytes(32, 9));
}

TEST_P(BothStores, AWorkSeesWhatThoseBeforeItDid) {
  std::optional<Stream> seen;
  store().write([&](Writing& writing) { put(writing, log_); }, [](Outcome) {});
  write(store(), [&](Writing& writing) { seen = writing.stream(log_.id()); });
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->history, log_.history());
}

TEST(TableBytes, AnyTableComesBackAndNoDamagedOneDoes) {
  const Couple couple;
  Table table = couple.ours;
  table.closed = true;
  table.seats[1].removed_at = 77;
  const Bytes bytes = server::encode_table(table);
  EXPECT_EQ(server::decode_table(bytes), table);
  EXPECT_FALSE(server::decode_table(ByteView(bytes).first(bytes.size() - 1)));
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(server::decode_table(longer));
  Bytes newer = bytes;
  newer[0] = 2;
  EXPECT_FALSE(server::decode_table(newer));
}

TEST(MemoryStore, ACrashTakesBackWhatWasNotCommitted) {
  MemoryStore store(MemoryStore::Commit::when_asked);
  const Log log(keys_of(1), mine_genesis(keys_of(1)));
  bool answered = false;
  store.write([&](Writing& writing) { put(writing, log); }, [&](Outcome) { answered = true; });
  store.read([&](Reading& reading) { EXPECT_FALSE(reading.stream(log.id())); });
  store.crash();
  EXPECT_FALSE(store.commit());
  EXPECT_FALSE(answered);
  store.write([&](Writing& writing) { EXPECT_FALSE(writing.stream(log.id())); }, [](Outcome) {});
}

TEST(MemoryStore, ABackupIsACopy) {
  MemoryStore store;
  Log log(keys_of(1), mine_genesis(keys_of(1)));
  const auto backup = store.state();
  store.write([&](Writing& writing) { put(writing, log); }, [](Outcome) {});
  store.restore(backup);
  store.read([&](Reading& reading) { EXPECT_FALSE(reading.stream(log.id())); });
}

}  // namespace
}  // namespace attune::tests
