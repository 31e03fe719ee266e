// What followers are given: everything once, in order, and nothing that is not theirs to read.
#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::MemoryStore;

struct Pair {
  explicit Pair(MemoryStore::Commit commit = MemoryStore::Commit::at_once) : world(commit) {}
  World world;
  Log log{world.phone, ours_genesis(world.phone, world.other)};
  void store() { world.store_log(log, world.phone); }
};

std::vector<Bytes> encoded(const Log& log, std::uint64_t first, std::uint64_t last) {
  return log.append(0, first, last).records;
}

TEST(Follow, BeginsWhereAskedAndGoesOnLive) {
  Pair pair;
  pair.log.event(pair.world.phone);
  pair.log.event(pair.world.other);
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  const auto first = other.expect<Records>();
  EXPECT_EQ(first.records, encoded(pair.log, 1, 2));
  EXPECT_EQ(first.head, 2U);
  EXPECT_EQ(first.history, pair.log.history());
  EXPECT_TRUE(other.hears_nothing());

  pair.log.event(pair.world.phone);
  Device phone(pair.world.relay, pair.world.phone);
  const int before = other.wakings();
  phone.arrive().send(pair.log.append(1, 3));
  phone.expect<Stored>();
  EXPECT_GT(other.wakings(), before);
  EXPECT_EQ(other.expect<Records>().records, encoded(pair.log, 3, 3));
  EXPECT_TRUE(other.hears_nothing());
  EXPECT_TRUE(phone.hears_nothing());
}

TEST(Follow, SaysHowFarTheHistoryGoesEvenIfThereIsNothingNew) {
  Pair pair;
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 7});
  const auto answer = other.expect<Records>();
  EXPECT_TRUE(answer.records.empty());
  EXPECT_EQ(answer.head, 0U);
  EXPECT_EQ(answer.history, pair.log.history());
}

TEST(Follow, ARelayThatIsBehindTellsHowItCatchesUp) {
  Pair pair;
  pair.store();
  for (int i = 0; i < 4; ++i) pair.log.event(pair.world.phone);
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 4});
  EXPECT_EQ(other.expect<Records>().head, 0U);
  Device phone(pair.world.relay, pair.world.phone);
  phone.arrive().send(pair.log.append(1, 1, 2));
  const auto news = other.expect<Records>();
  EXPECT_EQ(news.head, 2U);
  EXPECT_TRUE(news.records.empty());
  phone.send(pair.log.append(2, 3, 4));
  EXPECT_EQ(other.expect<Records>().records, encoded(pair.log, 4, 4));
}

TEST(Follow, ADeviceIsNotGivenWhatItAppendedItself) {
  Pair pair(MemoryStore::Commit::when_asked);
  pair.store();
  Device phone(pair.world.relay, pair.world.phone);
  phone.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  phone.expect<Records>();
  pair.log.event(pair.world.phone);
  phone.send(pair.log.append(1, 1));
  pair.log.event(pair.world.phone);
  phone.send(pair.log.append(2, 2));
  pair.world.store.commit();
  EXPECT_EQ(phone.expect<Stored>().head, 1U);
  EXPECT_EQ(phone.expect<Stored>().head, 2U);
  EXPECT_TRUE(phone.hears_nothing());

  pair.log.event(pair.world.other);
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(pair.log.append(1, 3));
  pair.world.store.commit();
  EXPECT_EQ(phone.expect<Records>().records, encoded(pair.log, 3, 3));
}

// The other was faster: the answer is `moved`, and what the other wrote comes by itself.
TEST(Follow, WhoWasSlowerIsToldAndGivenWhatItMissed) {
  Pair pair;
  pair.store();
  Device phone(pair.world.relay, pair.world.phone);
  Device other(pair.world.relay, pair.world.other);
  phone.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  phone.expect<Records>();
  Log theirs = pair.log;
  theirs.event(pair.world.other);
  pair.log.event(pair.world.phone);
  other.arrive().send(theirs.append(1, 1));
  other.expect<Stored>();
  phone.send(pair.log.append(2, 1));
  const auto heard = phone.hear();
  ASSERT_EQ(heard.size(), 2U);
  const auto& moved = std::get<Moved>(heard[0]);
  EXPECT_EQ(moved.head, 1U);
  EXPECT_EQ(moved.history, theirs.history());
  EXPECT_EQ(std::get<Records>(heard[1]).records, encoded(theirs, 1, 1));
}

TEST(Follow, ARecordOnTopOfAnotherHistoryIsMoved) {
  Pair pair;
  Log fork = pair.log;
  fork.event(pair.world.phone);
  pair.log.event(pair.world.other);
  pair.store();
  fork.event(pair.world.phone);
  Device phone(pair.world.relay, pair.world.phone);
  phone.arrive().send(fork.append(1, 2));
  EXPECT_EQ(phone.expect<Moved>().history, pair.log.history());
  EXPECT_EQ(pair.world.store.state().streams.at(pair.log.id()).stream.head, 1U);
}

TEST(Follow, BatchesAreBoundedByCountAndByBytes) {
  Pair pair;
  for (int i = 0; i < 600; ++i) pair.log.event(pair.world.phone, 0);
  for (int i = 0; i < 12; ++i) pair.log.event(pair.world.phone, 120'000);
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 0});
  std::uint64_t next = 0;
  for (const FromRelay& message : other.hear()) {
    const auto& batch = std::get<Records>(message);
    std::size_t bytes = 0;
    for (const Bytes& record : batch.records) bytes += record.size();
    EXPECT_LE(batch.records.size(), kMaxBatchRecords);
    EXPECT_LE(bytes, kMaxBatchBytes);
    EXPECT_EQ(batch.records, encoded(pair.log, next, next + batch.records.size() - 1));
    next += batch.records.size();
  }
  EXPECT_EQ(next, pair.log.head() + 1);
}

TEST(Follow, SmallerBatchesAreGivenWhereMemoryIsScarce) {
  Pair pair;
  for (int i = 0; i < 3; ++i) pair.log.event(pair.world.phone, 120'000);
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  for (int i = 0; i < 3; ++i) {
    const auto message = other.session().next(kNow, 1000);
    ASSERT_TRUE(message);
    EXPECT_EQ(std::get<Records>(*decode_from_relay(*message)).records.size(), 1U);
  }
}

TEST(Follow, AStrangerIsGivenNothingAndNotEvenToldWhetherTheStreamExists) {
  Pair pair;
  pair.store();
  Device stranger(pair.world.relay, pair.world.stranger);
  stranger.arrive();
  for (const StreamId& id : {pair.log.id(), all<StreamId>(0x77)}) {
    stranger.send(Follow{.stream = id, .from = 0});
    const auto refused = stranger.expect<Refused>();
    EXPECT_EQ(refused.code, kNotAMember.number);
    EXPECT_EQ(refused.request, 0U);
  }
}

TEST(Follow, ARemovedDeviceReadsUpToItsRemovalAndNoFurther) {
  Pair pair;
  const Keys& laptop = pair.world.laptop;
  pair.log = Log(pair.world.phone,
                 ours_genesis(pair.world.phone, pair.world.other, {member_of(laptop, 0, Role::device, self_of(0))}));
  pair.store();
  Device lost(pair.world.relay, laptop);
  lost.arrive().send(Follow{.stream = pair.log.id(), .from = 0});
  lost.expect<Records>();
  Device phone(pair.world.relay, pair.world.phone);
  pair.log.event(pair.world.phone);
  pair.log.control(pair.world.phone, removing(laptop, {pair.world.phone, pair.world.other}));
  pair.log.event(pair.world.phone);
  phone.arrive().send(pair.log.append(1, 1));
  phone.expect<Stored>();
  const auto last = lost.expect<Records>();
  EXPECT_EQ(last.records, encoded(pair.log, 1, 2));
  EXPECT_EQ(last.head, 2U);
  EXPECT_EQ(last.history, history_hash(pair.log.at(2).header));
  pair.log.event(pair.world.phone);
  phone.send(pair.log.append(2, 4));
  EXPECT_TRUE(lost.hears_nothing());
  Device again(pair.world.relay, laptop);
  EXPECT_TRUE(again.arrive().welcome.streams.empty());
  again.send(Follow{.stream = pair.log.id(), .from = 3});
  EXPECT_TRUE(again.expect<Records>().records.empty());
}

TEST(Follow, AKeyThatBecomesAMemberIsTold) {
  Pair pair;
  Device other(pair.world.relay, pair.world.other);
  other.arrive();
  EXPECT_TRUE(other.welcome.streams.empty());
  Device phone(pair.world.relay, pair.world.phone);
  phone.arrive().send(pair.log.append(1, 0));
  phone.expect<Stored>();
  EXPECT_TRUE(phone.hears_nothing()) << "who founded it knows";
  const auto joined = other.expect<Joined>();
  EXPECT_EQ(joined.stream.stream, pair.log.id());
  EXPECT_EQ(joined.stream.kind, StreamKind::ours);
  EXPECT_EQ(joined.stream.history, pair.log.history());
  EXPECT_TRUE(other.hears_nothing());
  ASSERT_EQ(Device(pair.world.relay, pair.world.other).arrive().welcome.streams.size(), 1U);
}

TEST(Follow, TheWelcomeNamesMineFirst) {
  Pair pair;
  pair.store();
  pair.world.store_log(Log(pair.world.phone, mine_genesis(pair.world.phone)), pair.world.phone);
  const auto welcome = Device(pair.world.relay, pair.world.phone).arrive().welcome;
  ASSERT_EQ(welcome.streams.size(), 2U);
  EXPECT_EQ(welcome.streams[0].kind, StreamKind::mine);
  EXPECT_EQ(welcome.streams[1].kind, StreamKind::ours);
}

// ---- after a loss of the relay's newest records ----

TEST(Restored, MembersReSendWhatTheRelayHasLostWhoeverWroteIt) {
  Pair pair;
  pair.store();
  for (int i = 0; i < 3; ++i) {
    pair.log.event(pair.world.phone);
    pair.log.event(pair.world.other);
  }
  Device other(pair.world.relay, pair.world.other);
  other.arrive();
  ASSERT_EQ(other.welcome.streams.at(0).head, 0U);
  other.send(pair.log.append(1, 1));
  EXPECT_EQ(other.expect<Stored>().history, pair.log.history());
  // The other device comes with the same and hears that it is there already.
  Device phone(pair.world.relay, pair.world.phone);
  phone.arrive().send(pair.log.append(2, 1));
  EXPECT_EQ(phone.expect<Moved>().history, pair.log.history());
}

TEST(Restored, ErasedContentsNeedNotComeBackIfTheirErasureDoes) {
  Pair pair;
  pair.log.event(pair.world.phone);
  pair.log.control(pair.world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  std::vector<Record> records = pair.log.records();
  records[1].content.reset();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(append_of(1, pair.log.id(), records));
  EXPECT_EQ(other.expect<Stored>().head, 2U);
  other.send(Follow{.stream = pair.log.id(), .from = 1});
  EXPECT_EQ(other.expect<Records>().records.at(0), encode(records[1]));
}

TEST(Restored, ADeviceThatTheLostRecordsBroughtInMayReSendThem) {
  Pair pair;
  pair.store();
  pair.log.control(pair.world.phone, adding(pair.world.fresh, 0, self_of(0)));
  pair.log.event(pair.world.phone);
  Device fresh(pair.world.relay, pair.world.fresh);
  fresh.arrive().send(pair.log.append(1, 1));
  EXPECT_EQ(fresh.expect<Stored>().head, 2U);
}

TEST(Erase, WhatIsErasedIsDeliveredWithoutItsContentAndTheChainHolds) {
  Pair pair;
  pair.log.event(pair.world.phone, 2000);
  pair.log.event(pair.world.other, 2000);
  pair.log.control(pair.world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  const auto batch = other.expect<Records>();
  ASSERT_EQ(batch.records.size(), 3U);
  const Record erased = *decode_record(batch.records[0]);
  EXPECT_FALSE(erased.content);
  EXPECT_EQ(erased.skeleton, pair.log.at(1).skeleton);
  EXPECT_EQ(erased.header, pair.log.at(1).header);
  EXPECT_EQ(batch.records[1], encode(pair.log.at(2)));
}

TEST(Erase, LeavingTakesSkeletonsToo) {
  Pair pair;
  pair.log.event(pair.world.phone);
  pair.log.control(pair.world.phone, Close{});
  pair.log.control(pair.world.phone, Erase{.skeletons = true, .positions = {1}, .blobs = {}});
  pair.store();
  Device other(pair.world.relay, pair.world.other);
  other.arrive().send(Follow{.stream = pair.log.id(), .from = 1});
  const Record erased = *decode_record(other.expect<Records>().records.at(0));
  EXPECT_FALSE(erased.content);
  EXPECT_FALSE(erased.skeleton);
}

/// The store of a world, which counts how often it is read.
class Counted final : public server::Store {
 public:
  void write(Work work, Done done) override { below_.write(std::move(work), std::move(done)); }
  void read(const std::function<void(server::Reading&)>& work) override {
    ++reads;
    below_.read(work);
  }
  int reads = 0;

 private:
  MemoryStore below_;
};

/// Both partners connected and told everything there is.
struct Together {
  Counted store;
  server::LocalBus bus;
  server::Relay relay{store, bus, [] {
                        server::Policy policy;
                        policy.origins = {kOrigin};
                        return policy;
                      }()};
  Keys one = keys_of(1);
  Keys two = keys_of(5);
  Log log{one, ours_genesis(one, two)};
  Device phone{relay, one};
  Device other{relay, two};

  Together() {
    phone.arrive().send(log.append(1, 0));
    phone.expect<Stored>();
    other.arrive();
    for (Device* device : {&phone, &other}) {
      device->send(Follow{.stream = log.id(), .from = 1});
      device->expect<Records>();
    }
  }
  /// The newest record, by the phone.
  void append() {
    phone.send(log.append(2, log.head()));
    phone.expect<Stored>();
  }
};

TEST(Live, WhoIsConnectedIsHandedAnAppendThatNobodyReadsBack) {
  Together both;
  const int before = both.store.reads;
  both.log.event(both.one);
  both.append();
  const auto batch = both.other.expect<Records>();
  EXPECT_EQ(batch.records, encoded(both.log, 1, 1));
  EXPECT_EQ(batch.head, 1U);
  EXPECT_EQ(batch.history, both.log.history());
  EXPECT_TRUE(both.other.hears_nothing());
  EXPECT_TRUE(both.phone.hears_nothing());
  EXPECT_EQ(both.store.reads, before);
}

TEST(Live, WhoHasMissedOneIsGivenAllInOrder) {
  Together both;
  for (int i = 0; i < 3; ++i) {
    both.log.event(both.one);
    both.append();
  }
  EXPECT_EQ(both.other.expect<Records>().records, encoded(both.log, 1, 3));
  EXPECT_TRUE(both.other.hears_nothing());
}

// What is shown with it would lie in memory for as long as a follower is slow, and counts for no budget.
TEST(Live, AnAppendWithRecordsShownAheadIsReadBack) {
  Together both;
  both.log.event(both.one);
  Log later = both.log;
  later.control(both.one, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  wire::Append append = both.log.append(2, 1);
  append.ahead = {encode(later.at(2))};
  const int before = both.store.reads;
  both.phone.send(append);
  both.phone.expect<Stored>();
  EXPECT_EQ(both.other.expect<Records>().records, encoded(both.log, 1, 1));
  EXPECT_GT(both.store.reads, before);
}

TEST(Live, WhatWasErasedBeforeItWasHandedOnComesWithoutItsContent) {
  Together both;
  both.log.event(both.one, 2000);
  both.append();
  both.log.control(both.one, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  both.append();
  const auto batch = both.other.expect<Records>();
  ASSERT_EQ(batch.records.size(), 2U);
  EXPECT_FALSE(decode_record(batch.records[0])->content);
}

TEST(Live, AnEraseIsHandedOnWithWhatItErasesInTheSameAppend) {
  Together both;
  both.log.event(both.one, 2000);
  both.log.control(both.one, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  both.phone.send(both.log.append(2, 1));
  both.phone.expect<Stored>();
  const auto batch = both.other.expect<Records>();
  ASSERT_EQ(batch.records.size(), 2U);
  EXPECT_FALSE(decode_record(batch.records[0])->content);
}

/// What continues the pair's stream behind a place, founded by `founder`; `member` was never in that stream itself.
Log continuing(Pair& pair, std::uint64_t place, const Keys& founder, const Keys& member) {
  Genesis genesis = ours_genesis(founder, pair.world.other);
  genesis.continues = Continues{.stream = pair.log.id(),
                                .position = place,
                                .history = history_hash(pair.log.at(static_cast<std::size_t>(place)).header)};
  Log out(founder, genesis);
  out.control(founder, adding(member, 0, self_of(0)));
  pair.world.store_log(out, founder);
  return out;
}

TEST(Follow, WhoBelongsToWhatContinuesAStreamReadsItUpToThere) {
  Pair pair;
  for (int i = 0; i < 4; ++i) pair.log.event(pair.world.phone);
  pair.store();
  const Log first = continuing(pair, 2, pair.world.phone, pair.world.fresh);
  Device fresh(pair.world.relay, pair.world.fresh);
  fresh.arrive().send(Follow{.stream = pair.log.id(), .from = 0});
  const auto batch = fresh.expect<Records>();
  EXPECT_EQ(batch.records, encoded(pair.log, 0, 2));
  EXPECT_EQ(batch.head, 2U);
  EXPECT_EQ(batch.history, history_hash(pair.log.at(2).header));
  EXPECT_TRUE(fresh.hears_nothing());
}

TEST(Follow, NobodyReadsAStreamByContinuingItThemselves) {
  Pair pair;
  pair.log.event(pair.world.phone);
  pair.store();
  continuing(pair, 1, pair.world.stranger, pair.world.fresh);
  for (const Keys& keys : {pair.world.stranger, pair.world.fresh}) {
    Device device(pair.world.relay, keys);
    device.arrive().send(Follow{.stream = pair.log.id(), .from = 0});
    EXPECT_EQ(device.expect<Refused>().code, kNotAMember.number);
  }
}

}  // namespace
}  // namespace attune::tests
