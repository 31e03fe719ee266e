// A device that was removed and has gone on with the keys it had.
#include <gtest/gtest.h>

#include "tests/sim/by_hand.h"

namespace attune::sim {
namespace {

TEST(RemovedDevice, CanNotReadTheNextEpoch) {
  Removed scene;
  const Inside now = look_inside(*scene.fresh);
  ASSERT_GT(now.ours->table().epoch, scene.lost.ours->table().epoch);
  // Everything the relay has, in the hands of the removed device's keys.
  std::vector<Bytes> all;
  for (const log::Held& held : now.ours->records()) all.push_back(wire::encode(held.record));
  Inside thief = look_inside(scene.couple.sam);
  thief.ours = std::make_unique<log::Stream>(now.ours->id());
  auto batch = thief.ours->check(all);
  ASSERT_TRUE(batch);
  thief.ours->admit(std::move(*batch));
  [[maybe_unused]] const auto unlocked = thief.ours->unlock(thief.keys);
  EXPECT_EQ(thief.ours->key(now.ours->table().epoch), nullptr);
  EXPECT_TRUE(readable_text(thief).contains("Before it was lost"));
  EXPECT_FALSE(readable_text(thief).contains("After it was lost"));
  EXPECT_TRUE(readable_text(now).contains("After it was lost"));
}

TEST(RemovedDevice, CanNotAppendAndIsHandedNothingNew) {
  Removed scene;
  World& world = scene.couple.world;
  Hand hand(world, scene.lost.keys);
  const Inside now = look_inside(*scene.fresh);
  const std::string refused = hand.append(now.ours->id(), {scene.late_thanks()});
  EXPECT_TRUE(refused == "not-a-writer" || refused == "not-a-member" || refused == "old-epoch") << refused;
  EXPECT_LT(hand.fetch(now.ours->id()).size(), now.ours->next());
  world.settle();
  EXPECT_EQ(scene.couple.noa.see("cherish")["thanks"].size(), 2U);
}

TEST(FormerDevice, ReplayingOldRecordsChangesNothing) {
  Removed scene;
  World& world = scene.couple.world;
  const Json before = scene.couple.noa.see("cherish");
  Hand hand(world, scene.lost.keys);
  for (const wire::Record& record : scene.old_records) {
    const std::string answer = hand.append(scene.lost.ours->id(), {record});
    EXPECT_FALSE(answer.empty()) << "position " << record.header.position << " was stored again";
  }
  world.settle();
  EXPECT_EQ(scene.couple.noa.see("cherish"), before);
  EXPECT_EQ(notices(scene.couple.noa), std::vector<std::string>{});
}

TEST(FormerDevice, WithTheRelaysHelpItsRecordsAreVoidAndNamed) {
  Removed scene;
  World& world = scene.couple.world;
  const Inside now = look_inside(*scene.fresh);
  const wire::Record late = scene.late_thanks();
  bool handed = false;
  world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &scene.couple.noa || records == nullptr || records->stream != now.ours->id() || handed) return {message};
    handed = true;
    records->records.push_back(wire::encode(late));
    records->head = late.header.position;
    records->history = wire::history_hash(late.header);
    return {wire::encode(wire::FromRelay(*records))};
  });
  scene.couple.noa.restart();
  world.run_for(10'000);
  ASSERT_TRUE(handed);
  EXPECT_TRUE(named(scene.couple.noa, "void-record"));
  EXPECT_EQ(scene.couple.noa.see("cherish")["thanks"].size(), 2U);
}

}  // namespace
}  // namespace attune::sim
