// How much a slot holds, what is written into it, and what becomes of its bytes.
#include "server/folder.h"
#include "server/slot_scene.h"
#include "server/store/sqlite.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Policy;

TEST(Slot, CountsAsBytesOfItsStream) {
  Policy policy;
  policy.stream_bytes = 6'000;
  SlotScene scene(policy);
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
  SlotScene scene(policy);
  const auto append = [&](std::size_t content) {
    scene.mine.event(scene.world.phone, content);
    scene.phone.send(scene.mine.append(7, scene.mine.head()));
    return SlotScene::answer(scene.phone);
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
  SlotScene scene(policy);
  const auto bytes = [&] { return scene.world.store.state().streams.at(scene.mine.id()).stream.bytes; };
  const std::uint64_t bare = encode(scene.mine.event(scene.world.phone, 1)).size() - 1;
  scene.mine.drop_newest();
  scene.mine.event(scene.world.phone, 15'900 - bytes() - bare);
  scene.phone.send(scene.mine.append(7, scene.mine.head()));
  ASSERT_EQ(SlotScene::answer(scene.phone), "");
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
  SlotScene scene;
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
  World world(server::MemoryStore::Commit::at_once, policy);
  Device phone(world.relay, world.phone);
  phone.arrive();
  phone.send(SlotPut{
      .request = 1, .stream = all<StreamId>(1), .id = all<Hash>(9), .piece = 0, .count = 1, .bytes = Bytes(kPiece)});
  EXPECT_EQ(phone.expect<Refused>().code, kSlowDown.number);
}

// What one network address has left to write, as far as pieces that are put again and again tell.
struct Writer {
  explicit Writer(SlotScene& with) : scene(with) { device.arrive(); }
  SlotScene& scene;
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
  SlotScene scene;
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
  SlotScene scene;
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
