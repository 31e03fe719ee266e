// The slot beside the log of a *mine*: what its own devices leave each other there, and what nobody else gets to see.
#include "server/relay/slot.h"

#include "server/device.h"
#include "server/folder.h"
#include "server/relay/mail.h"
#include "server/store/sqlite.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::MemoryStore;
using server::Policy;

constexpr std::size_t kPiece = 1000;

struct Scene {
  explicit Scene(Policy policy = {}) : world(MemoryStore::Commit::at_once, std::move(policy)) {
    mine.control(world.phone, adding(world.laptop, 0, mine.id()));
    world.store_log(mine, world.phone);
    phone.arrive();
    laptop.arrive();
  }

  World world;
  Log mine{world.phone, mine_genesis(world.phone)};
  Device phone{world.relay, world.phone};
  Device laptop{world.relay, world.laptop};
  std::uint32_t request = 100;

  [[nodiscard]] SlotPut piece(std::uint8_t at, std::uint8_t of, std::uint8_t id = 9) const {
    return {
        .request = 1, .stream = mine.id(), .id = all<Hash>(id), .piece = at, .count = of, .bytes = Bytes(kPiece, at)};
  }
  [[nodiscard]] SlotPut nothing() const {
    return {.request = 1, .stream = mine.id(), .id = {}, .piece = 0, .count = 0, .bytes = {}};
  }
  /// The code of the refusal, or "".
  std::string put(Device& by, const SlotPut& message) {
    by.send(message);
    return answer(by);
  }
  static std::string answer(Device& by) {
    for (const FromRelay& said : by.hear()) {
      if (const auto* refused = std::get_if<Refused>(&said)) return std::string(find_error(refused->code)->name);
      if (std::holds_alternative<Stored>(said) || std::holds_alternative<Slot>(said)) return "";
    }
    return "no answer";
  }
  /// What a device is told of a piece; a refusal counts as nothing.
  Slot get(Device& by, std::uint8_t at) {
    by.send(SlotGet{.request = ++request, .stream = mine.id(), .piece = at});
    for (const FromRelay& said : by.hear()) {
      if (const auto* slot = std::get_if<Slot>(&said)) {
        EXPECT_EQ(slot->request, request);
        return *slot;
      }
    }
    return {};
  }
  void fill() {
    for (std::uint8_t at = 0; at < 2; ++at) EXPECT_EQ(put(phone, piece(at, 2)), "");
  }
  /// Whoever has this key asks for the first piece, and then wants to put one. The codes.
  std::vector<std::string> refused_to(const Keys& keys) {
    Device device(world.relay, keys);
    device.arrive();
    device.send(SlotGet{.request = 5, .stream = mine.id(), .piece = 0});
    std::vector<std::string> out = {answer(device)};
    out.push_back(put(device, piece(0, 1)));
    return out;
  }
  void add(const Keys& key, Role role) {
    Members change;
    change.adds = {member_of(key, 0, role, mine.id())};
    if (role != Role::reader) change.boxes = {{.recipient = key.sign, .sealed = {}}};
    mine.control(world.phone, change);
    phone.send(mine.append(50, mine.head()));
    EXPECT_EQ(answer(phone), "");
  }
};

TEST(Slot, IsReadByAnotherDeviceAsItWasPut) {
  Scene scene;
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 0);
  scene.fill();
  for (std::uint8_t at = 0; at < 2; ++at) {
    const Slot slot = scene.get(scene.laptop, at);
    EXPECT_EQ(slot.id, all<Hash>(9));
    EXPECT_EQ(slot.piece, at);
    EXPECT_EQ(slot.count, 2);
    EXPECT_EQ(slot.bytes, Bytes(kPiece, at));
  }
  EXPECT_EQ(scene.get(scene.laptop, 2).count, 0);
}

TEST(Slot, IsHandedOutWholeOrNotAtAll) {
  Scene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 2)), "");
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 0);
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "");
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 2);
}

TEST(Slot, TakesPiecesInOrderAndOfOneSnapshotOnly) {
  Scene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 3)), "slot-piece");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 3)), "");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(2, 3)), "slot-piece");
  EXPECT_EQ(scene.put(scene.laptop, scene.piece(1, 3, 8)), "slot-piece");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 4)), "slot-piece");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 3)), "");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 3)), "slot-piece");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(2, 3)), "");
  EXPECT_EQ(scene.get(scene.laptop, 2).bytes, Bytes(kPiece, 2));
}

TEST(Slot, HoldsTheNewestAndIsEmptiedWhenAsked) {
  Scene scene;
  scene.fill();
  EXPECT_EQ(scene.put(scene.laptop, scene.piece(0, 1, 8)), "");
  EXPECT_EQ(scene.get(scene.phone, 0).id, all<Hash>(8));
  EXPECT_EQ(scene.get(scene.phone, 1).count, 0);
  EXPECT_EQ(scene.put(scene.phone, scene.nothing()), "");
  EXPECT_EQ(scene.get(scene.laptop, 0),
            (Slot{.request = scene.request, .id = {}, .piece = 0, .count = 0, .bytes = {}}));
  EXPECT_EQ(scene.put(scene.phone, scene.nothing()), "");
}

TEST(Slot, IsForTheDevicesOfThatPersonAlone) {
  Scene scene;
  scene.fill();
  const std::vector<std::string> no_member(2, "not-a-member");
  EXPECT_EQ(scene.refused_to(scene.world.stranger), no_member);
  EXPECT_EQ(scene.refused_to(scene.world.other), no_member);
  scene.add(scene.world.fresh, Role::reader);
  EXPECT_EQ(scene.refused_to(scene.world.fresh), (std::vector<std::string>{"not-a-member", "not-a-writer"}));
  scene.add(scene.world.phrase, Role::phrase);
  EXPECT_EQ(scene.refused_to(scene.world.phrase), (std::vector<std::string>{"", "phrase-writes-members-only"}));
  scene.mine.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone, scene.world.phrase}));
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(Scene::answer(scene.phone), "");
  scene.fill();
  EXPECT_EQ(scene.refused_to(scene.world.laptop), no_member);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

TEST(Slot, LiesBesideNoSharedStreamAndNoneThatDoesNotExist) {
  Scene scene;
  const Log ours(scene.world.phone, ours_genesis(scene.world.phone, scene.world.other));
  scene.world.store_log(ours, scene.world.phone);
  for (const StreamId& id : {ours.id(), all<StreamId>(77)}) {
    SlotPut put = scene.piece(0, 1);
    put.stream = id;
    EXPECT_EQ(scene.put(scene.phone, put), "not-a-member");
    scene.phone.send(SlotGet{.request = 5, .stream = id, .piece = 0});
    EXPECT_EQ(Scene::answer(scene.phone), "not-a-member");
  }
}

TEST(Slot, GoesWithTheKeyThatARemovedDeviceHas) {
  Scene scene;
  scene.fill();
  scene.add(scene.world.phrase, Role::phrase);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2) << "who comes in is no reason";
  scene.mine.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone, scene.world.phrase}));
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(Scene::answer(scene.phone), "");
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
}

TEST(Slot, GoesWithTheCloseOfItsStream) {
  Scene scene;
  scene.fill();
  scene.mine.control(scene.world.phone, Close{});
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(Scene::answer(scene.phone), "");
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 1)), "stream-closed");
  EXPECT_TRUE(scene.world.store.state().slots.empty());
}

// *Ours* of person 0 and 1 as a genesis says it; each key over the *mine* that it names.
Genesis naming(const Keys& one, const StreamId& self_of_one, const Keys& other, const StreamId& self_of_other) {
  Genesis out = ours_genesis(one, other);
  out.adds = {member_of(one, 0, Role::device, self_of_one), member_of(other, 1, Role::device, self_of_other)};
  return out;
}

// Writes an event there, and erases it.
void write_and_erase(Scene& scene, Log& ours, const Keys& author) {
  Device device(scene.world.relay, author);
  device.arrive();
  const std::uint64_t first = ours.head() + 1;
  ours.event(author);
  ours.control(author, Erase{.skeletons = false, .positions = {first}, .blobs = {}});
  device.send(ours.append(7, first));
  EXPECT_EQ(Scene::answer(device), "");
}

TEST(Slot, GoesWhenSomethingIsErasedThatItMayHold) {
  Scene scene;
  Log ours(scene.world.phone, naming(scene.world.phone, scene.mine.id(), scene.world.other, self_of(1)));
  scene.world.store_log(ours, scene.world.phone);
  scene.fill();
  // By the other, of what they wrote in the shared stream.
  write_and_erase(scene, ours, scene.world.other);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
  scene.fill();
  scene.mine.event(scene.world.phone);
  scene.mine.control(scene.world.phone, Erase{.skeletons = false, .positions = {2}, .blobs = {}});
  scene.phone.send(scene.mine.append(7, scene.mine.head() - 1));
  EXPECT_EQ(Scene::answer(scene.phone), "");
  EXPECT_TRUE(scene.world.store.state().slots.empty());
}

TEST(Slot, GoesWhenTheOtherErasesInASpaceThatTheyFounded) {
  Scene scene;
  Log ours(scene.world.other, naming(scene.world.other, self_of(1), scene.world.phone, scene.mine.id()));
  ours.event(scene.world.phone);
  scene.world.store_log(ours, scene.world.other);
  scene.fill();
  write_and_erase(scene, ours, scene.world.other);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
}

TEST(Slot, StaysWhenTheOtherLeavesAsNothingIsErasedByThat) {
  Scene scene;
  Log ours(scene.world.phone, naming(scene.world.phone, scene.mine.id(), scene.world.other, self_of(1)));
  ours.control(scene.world.other, Close{});
  scene.fill();
  scene.world.store_log(ours, scene.world.phone);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

TEST(Slot, IsNotEmptiedByStrangersWhoClaimToBeOfThatPerson) {
  Scene scene;
  scene.fill();
  Log ours(scene.world.stranger, naming(scene.world.stranger, scene.mine.id(), scene.world.fresh, self_of(1)));
  scene.world.store_log(ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.fresh);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

// A join is seen by the partner and by whoever was ever shown an invitation, and is good in any stream.
TEST(Slot, IsNotEmptiedInASpaceThatThePersonWasPutIntoAndNeverWroteIn) {
  Scene scene;
  scene.fill();
  Log ours(scene.world.stranger, naming(scene.world.stranger, self_of(1), scene.world.phone, scene.mine.id()));
  scene.world.store_log(ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.stranger);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

// Nor by a key that is in *mine* no more, or only reads there, and founds such a space itself.
TEST(Slot, IsNotEmptiedByARemovedDeviceOrAReader) {
  Scene scene;
  scene.add(scene.world.fresh, Role::reader);
  scene.mine.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone}));
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(Scene::answer(scene.phone), "");
  scene.fill();
  for (const Keys& keys : {scene.world.laptop, scene.world.fresh}) {
    Log ours(keys, naming(keys, scene.mine.id(), scene.world.stranger, self_of(1)));
    scene.world.store_log(ours, keys);
    write_and_erase(scene, ours, keys);
    EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
  }
}

TEST(Slot, IsEmptyAgainADayAfterItWasBegun) {
  Scene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 2)), "");
  scene.phone.now = kNow + 1'000;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "");
  scene.laptop.now = kNow + (server::kMailboxMs - 1);
  scene.world.relay.tidy(scene.laptop.now);
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 2);
  scene.laptop.now = kNow + server::kMailboxMs;
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 0) << "without anybody tidying";
  EXPECT_FALSE(scene.world.store.state().slots.empty());
  scene.world.relay.tidy(kNow + (server::kMailboxMs + 1));
  EXPECT_TRUE(scene.world.store.state().slots.empty());
}

TEST(Slot, IsNotContinuedAfterItsDay) {
  Scene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 2)), "");
  scene.phone.now = kNow + server::kMailboxMs;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "slot-piece");
  for (std::uint8_t at = 0; at < 2; ++at) EXPECT_EQ(scene.put(scene.phone, scene.piece(at, 2)), "");
  EXPECT_EQ(scene.get(scene.phone, 1).count, 2);
}

TEST(Slot, CountsAsBytesOfItsStream) {
  Policy policy;
  policy.stream_bytes = 6'000;
  Scene scene(policy);
  const std::uint64_t room = 6'000 - scene.world.store.state().streams.at(scene.mine.id()).stream.bytes;
  ASSERT_GT(room, 2 * kPiece);
  SlotPut put = scene.piece(0, 2);
  put.bytes.resize(room - kPiece + 1);
  EXPECT_EQ(scene.put(scene.phone, put), "");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "server-full");
  put.bytes.resize(room - kPiece);
  EXPECT_EQ(scene.put(scene.phone, put), "");
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "");
}

TEST(Slot, GivesWayToWhatIsAppended) {
  Policy policy;
  policy.stream_bytes = 6'000;
  Scene scene(policy);
  const auto append = [&](std::size_t content) {
    scene.mine.event(scene.world.phone, content);
    scene.phone.send(scene.mine.append(7, scene.mine.head()));
    return Scene::answer(scene.phone);
  };
  const auto bytes = [&] { return scene.world.store.state().streams.at(scene.mine.id()).stream.bytes; };
  ASSERT_EQ(append(100), "");
  const std::uint64_t each = encode(scene.mine.records().back()).size();
  SlotPut put = scene.piece(0, 1);
  put.bytes.resize(6'000 - bytes() - each);
  ASSERT_EQ(scene.put(scene.phone, put), "");
  EXPECT_EQ(append(100), "");
  EXPECT_EQ(bytes() + put.bytes.size(), 6'000U);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 1) << "both have room";
  EXPECT_EQ(append(1), "");
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
  EXPECT_EQ(append(6'000), "server-full") << "and what is refused";
  scene.mine.drop_newest();
  put.bytes.resize(6'000 - bytes());
  ASSERT_EQ(scene.put(scene.phone, put), "");
  EXPECT_EQ(append(6'000), "server-full");
  EXPECT_EQ(scene.get(scene.phone, 0).count, 1) << "takes nothing away";
}

// Control records go further than the size of a stream; a slot does not.
TEST(Slot, GivesWayToAControlRecordOfAFullStream) {
  Policy policy;
  policy.stream_bytes = 16'000;
  Scene scene(policy);
  const auto bytes = [&] { return scene.world.store.state().streams.at(scene.mine.id()).stream.bytes; };
  const std::uint64_t bare = encode(scene.mine.event(scene.world.phone, 1)).size() - 1;
  scene.mine.drop_newest();
  scene.mine.event(scene.world.phone, 15'900 - bytes() - bare);
  scene.phone.send(scene.mine.append(7, scene.mine.head()));
  ASSERT_EQ(Scene::answer(scene.phone), "");
  SlotPut put = scene.piece(0, 1);
  put.bytes.resize(16'000 - bytes());
  ASSERT_EQ(scene.put(scene.phone, put), "");
  scene.add(scene.world.fresh, Role::reader);
  EXPECT_GT(bytes(), 16'000U);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
}

TEST(Slot, CountsInTheStoresSize) {
  constexpr std::uint64_t kMost = 2'100'000;
  const Folder folder;
  auto opened = server::SqliteStore::open(folder.path(), {.most_bytes = kMost, .health = {}});
  ASSERT_TRUE(opened);
  server::LocalBus bus;
  Policy policy;
  policy.origins = {kOrigin};
  server::Relay relay(*opened->store, bus, policy);
  const Keys keys = keys_of(1);
  const Log mine(keys, mine_genesis(keys));
  {
    Device phone(relay, keys);
    phone.arrive();
    const auto ask = [&](const FromDevice& message) {
      phone.send(message);
      std::vector<FromRelay> heard;
      while (heard.empty()) heard = phone.hear();
      const auto* refused = std::get_if<Refused>(&heard.front());
      return refused != nullptr ? std::string(find_error(refused->code)->name) : "";
    };
    EXPECT_EQ(ask(mine.append(1, 0)), "");
    SlotPut put{.request = 2,
                .stream = mine.id(),
                .id = all<Hash>(9),
                .piece = 0,
                .count = 20,
                .bytes = Bytes(kMaxSlotPiece, 1)};
    while (put.piece < put.count && ask(put).empty()) ++put.piece;
    EXPECT_EQ(put.piece, 7) << "the eighth has no room";
    EXPECT_EQ(ask(put), "server-full");
    put.piece = 0;
    EXPECT_EQ(ask(put), "") << "in place of those";
  }
  opened->store->stop();
  EXPECT_LE(std::filesystem::file_size(folder.path() / "attuned.db"), kMost);
}

TEST(Slot, IsAskedForOnePieceAtATimeAndNotReadWhileOthersHaveTheMemory) {
  Scene scene;
  scene.fill();
  const auto ask = [&](std::uint32_t request) {
    scene.laptop.send(SlotGet{.request = request, .stream = scene.mine.id(), .piece = 0});
  };
  ask(1);
  ask(2);
  const auto heard = scene.laptop.hear();
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(std::get<Refused>(heard[0]), (Refused{.request = 2, .code = kSlowDown.number}));
  EXPECT_EQ(std::get<Slot>(heard[1]).request, 1U);
  ask(3);
  const auto small = scene.laptop.session().next(kNow, 64 * 1024);
  ASSERT_TRUE(small);
  EXPECT_EQ(std::get<Refused>(*decode_from_relay(*small)), (Refused{.request = 3, .code = kSlowDown.number}));
}

TEST(Slot, WaitsForMemoryLikeAnAppend) {
  Policy policy;
  policy.bytes_in_flight = kPiece - 1;
  World world(MemoryStore::Commit::at_once, policy);
  Device phone(world.relay, world.phone);
  phone.arrive();
  phone.send(SlotPut{
      .request = 1, .stream = all<StreamId>(1), .id = all<Hash>(9), .piece = 0, .count = 1, .bytes = Bytes(kPiece)});
  EXPECT_EQ(phone.expect<Refused>().code, kSlowDown.number);
}

// What one network address has left to write, as far as pieces that are put again and again tell.
struct Writer {
  explicit Writer(Scene& with) : scene(with) { device.arrive(); }
  Scene& scene;
  std::shared_ptr<server::Allowance> allowance = std::make_shared<server::Allowance>(1, 1);
  Device device{scene.world.relay, scene.world.phone,
                server::Entrance{.nonce = {}, .now = {}, .token = false, .allowance = allowance}};

  std::string put(std::uint8_t at, std::uint8_t of, std::size_t bytes) {
    SlotPut put = scene.piece(at, of);
    put.bytes.resize(bytes);
    return scene.put(device, put);
  }
};

TEST(Slot, IsWrittenWholeAtOnceAndThenAPieceInFiveSeconds) {
  Scene scene;
  Writer writer(scene);
  for (std::size_t at = 0; at < kMaxSlotPieces; ++at) {
    ASSERT_EQ(writer.put(static_cast<std::uint8_t>(at), kMaxSlotPieces, kMaxSlotPiece), "") << at;
  }
  EXPECT_EQ(writer.put(0, 1, kMaxSlotPiece), "slow-down");
  EXPECT_EQ(scene.get(scene.laptop, 254).count, kMaxSlotPieces) << "what is refused takes nothing away";
  writer.device.now = kNow + 4'999;
  EXPECT_EQ(writer.put(0, 1, kMaxSlotPiece), "slow-down");
  writer.device.now = kNow + 5'000;
  EXPECT_EQ(writer.put(0, 1, kMaxSlotPiece), "");
  EXPECT_EQ(writer.put(0, 1, 1), "slow-down");
}

// It is the address's, whatever connection it comes by; and taking a slot away is always allowed.
TEST(Slot, IsNotWrittenMoreByComingAgain) {
  Scene scene;
  const Writer writer(scene);
  ASSERT_TRUE(writer.allowance->take_slot_bytes(kMaxSlotPieces * kMaxSlotPiece, kNow));
  Device again(scene.world.relay, scene.world.laptop,
               server::Entrance{.nonce = {}, .now = {}, .token = false, .allowance = writer.allowance});
  again.arrive();
  EXPECT_EQ(scene.put(again, scene.piece(0, 1)), "slow-down");
  EXPECT_EQ(scene.put(again, scene.nothing()), "");
  EXPECT_EQ(scene.put(scene.laptop, scene.piece(0, 1)), "") << "from elsewhere";
}

TEST(Slot, IsThereAfterARestartAndNowhereInTheFilesOnceItIsEmptied) {
  const Folder folder;
  const Keys keys = keys_of(1);
  const Log mine(keys, mine_genesis(keys));
  const std::string mark = "a snapshot that only its own devices can read";
  const auto holds = [&] {
    return std::ranges::any_of(contents_of(folder.path()),
                               [&](const auto& file) { return file.second.find(mark) != std::string::npos; });
  };
  const auto with_store = [&](const auto& work) {
    auto opened = server::SqliteStore::open(folder.path(), {});
    ASSERT_TRUE(opened);
    server::LocalBus bus;
    Policy policy;
    policy.origins = {kOrigin};
    server::Relay relay(*opened->store, bus, policy);
    {
      Device phone(relay, keys);
      phone.arrive();
      const auto stored = [&](const FromDevice& message) {
        phone.send(message);
        std::vector<FromRelay> heard;
        while (heard.empty()) heard = phone.hear();
        EXPECT_TRUE(std::holds_alternative<Stored>(heard.front()));
      };
      work(phone, stored);
    }
    opened->store->stop();
  };
  SlotPut put{.request = 2, .stream = mine.id(), .id = all<Hash>(9), .piece = 0, .count = 1, .bytes = {}};
  const SlotPut nothing = put;
  put.bytes.assign(mark.begin(), mark.end());
  with_store([&](Device&, const auto& stored) {
    stored(mine.append(1, 0));
    stored(put);
  });
  EXPECT_TRUE(holds());
  with_store([&](Device& phone, const auto& stored) {
    phone.send(SlotGet{.request = 3, .stream = mine.id(), .piece = 0});
    EXPECT_EQ(phone.expect<Slot>().bytes, put.bytes);
    SlotPut empty = nothing;
    empty.id = {};
    empty.count = 0;
    stored(empty);
  });
  EXPECT_FALSE(holds());
}

}  // namespace
}  // namespace attune::tests
