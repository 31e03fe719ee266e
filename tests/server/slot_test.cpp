// The slot beside the log of a *mine*: what its own devices leave each other there, what nobody else gets to see, and
// what empties it.
#include "server/relay/mail.h"
#include "server/slot_scene.h"

namespace attune::tests {
namespace {

using namespace wire;

TEST(Slot, IsReadByAnotherDeviceAsItWasPut) {
  SlotScene scene;
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
  SlotScene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 2)), "");
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 0);
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "");
  EXPECT_EQ(scene.get(scene.laptop, 0).count, 2);
}

TEST(Slot, TakesPiecesInOrderAndOfOneSnapshotOnly) {
  SlotScene scene;
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
  SlotScene scene;
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
  SlotScene scene;
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
  EXPECT_EQ(SlotScene::answer(scene.phone), "");
  scene.fill();
  EXPECT_EQ(scene.refused_to(scene.world.laptop), no_member);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

TEST(Slot, LiesBesideNoSharedStreamAndNoneThatDoesNotExist) {
  SlotScene scene;
  const Log ours(scene.world.phone, ours_genesis(scene.world.phone, scene.world.other));
  scene.world.store_log(ours, scene.world.phone);
  for (const StreamId& id : {ours.id(), all<StreamId>(77)}) {
    SlotPut put = scene.piece(0, 1);
    put.stream = id;
    EXPECT_EQ(scene.put(scene.phone, put), "not-a-member");
    scene.phone.send(SlotGet{.request = 5, .stream = id, .piece = 0});
    EXPECT_EQ(SlotScene::answer(scene.phone), "not-a-member");
  }
}

TEST(Slot, GoesWithTheKeyThatARemovedDeviceHas) {
  SlotScene scene;
  scene.fill();
  scene.add(scene.world.phrase, Role::phrase);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2) << "who comes in is no reason";
  scene.mine.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone, scene.world.phrase}));
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(SlotScene::answer(scene.phone), "");
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
}

TEST(Slot, GoesWithTheCloseOfItsStream) {
  SlotScene scene;
  scene.fill();
  scene.mine.control(scene.world.phone, Close{});
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(SlotScene::answer(scene.phone), "");
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
void write_and_erase(SlotScene& scene, Log& ours, const Keys& author) {
  Device device(scene.world.relay, author);
  device.arrive();
  const std::uint64_t first = ours.head() + 1;
  ours.event(author);
  ours.control(author, Erase{.skeletons = false, .positions = {first}, .blobs = {}});
  device.send(ours.append(7, first));
  EXPECT_EQ(SlotScene::answer(device), "");
}

TEST(Slot, GoesWhenSomethingIsErasedThatItMayHold) {
  SlotScene scene;
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
  EXPECT_EQ(SlotScene::answer(scene.phone), "");
  EXPECT_TRUE(scene.world.store.state().slots.empty());
}

TEST(Slot, GoesWhenTheOtherErasesInASpaceThatTheyFounded) {
  SlotScene scene;
  Log ours(scene.world.other, naming(scene.world.other, self_of(1), scene.world.phone, scene.mine.id()));
  ours.event(scene.world.phone);
  scene.world.store_log(ours, scene.world.other);
  scene.fill();
  write_and_erase(scene, ours, scene.world.other);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 0);
}

TEST(Slot, StaysWhenTheOtherLeavesAsNothingIsErasedByThat) {
  SlotScene scene;
  Log ours(scene.world.phone, naming(scene.world.phone, scene.mine.id(), scene.world.other, self_of(1)));
  ours.control(scene.world.other, Close{});
  scene.fill();
  scene.world.store_log(ours, scene.world.phone);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

TEST(Slot, IsNotEmptiedByStrangersWhoClaimToBeOfThatPerson) {
  SlotScene scene;
  scene.fill();
  Log ours(scene.world.stranger, naming(scene.world.stranger, scene.mine.id(), scene.world.fresh, self_of(1)));
  scene.world.store_log(ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.fresh);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

// A join is seen by the partner and by whoever was ever shown an invitation, and is good in any stream.
TEST(Slot, IsNotEmptiedInASpaceThatThePersonWasPutIntoAndNeverWroteIn) {
  SlotScene scene;
  scene.fill();
  Log ours(scene.world.stranger, naming(scene.world.stranger, self_of(1), scene.world.phone, scene.mine.id()));
  scene.world.store_log(ours, scene.world.stranger);
  write_and_erase(scene, ours, scene.world.stranger);
  EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
}

// Nor by a key that is in *mine* no more, or only reads there, and founds such a space itself.
TEST(Slot, IsNotEmptiedByARemovedDeviceOrAReader) {
  SlotScene scene;
  scene.add(scene.world.fresh, Role::reader);
  scene.mine.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone}));
  scene.phone.send(scene.mine.append(51, scene.mine.head()));
  EXPECT_EQ(SlotScene::answer(scene.phone), "");
  scene.fill();
  for (const Keys& keys : {scene.world.laptop, scene.world.fresh}) {
    Log ours(keys, naming(keys, scene.mine.id(), scene.world.stranger, self_of(1)));
    scene.world.store_log(ours, keys);
    write_and_erase(scene, ours, keys);
    EXPECT_EQ(scene.get(scene.phone, 0).count, 2);
  }
}

TEST(Slot, IsEmptyAgainADayAfterItWasBegun) {
  SlotScene scene;
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
  SlotScene scene;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(0, 2)), "");
  scene.phone.now = kNow + server::kMailboxMs;
  EXPECT_EQ(scene.put(scene.phone, scene.piece(1, 2)), "slot-piece");
  for (std::uint8_t at = 0; at < 2; ++at) EXPECT_EQ(scene.put(scene.phone, scene.piece(at, 2)), "");
  EXPECT_EQ(scene.get(scene.phone, 1).count, 2);
}

}  // namespace
}  // namespace attune::tests
