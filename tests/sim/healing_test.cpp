// A relay that has lost much more than one append holds is given everything back, by whoever is left, and nobody is
// accused.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "sim/invariants.h"
#include "tests/sim/agreement.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr int kMany = static_cast<int>(wire::kMaxAppendRecords) + 8;  // more than one append holds

std::size_t thanks_seen(Device& device) { return device.see("cherish")["thanks"].size(); }

std::vector<std::string> without_doubt(Device& device) {
  std::vector<std::string> out;
  for (const std::string& code : notices(device)) {
    if (code != "relay-behind") out.push_back(code);
  }
  return out;
}

void thank_often(Pair& couple, Device& from) {
  for (int i = 0; i < kMany; ++i) {
    couple.thank(from, "Every day");
    couple.world.settle();
  }
}

/// The newest thank-you but `later` ones, as this device shows it.
Json thanks_before(Device& device, std::size_t later) { return device.see("cherish")["thanks"][later]; }

/// What everybody has is with the relay, what they show is the same, and nobody is blamed.
void expect_whole(World& world, const std::vector<Device*>& devices) {
  for (Device* device : devices) {
    SCOPED_TRACE(device->name());
    EXPECT_EQ(lost_by_the_relay(*device, world.store().state()), Violations{});
    EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
    EXPECT_EQ(without_doubt(*device), std::vector<std::string>{});
    EXPECT_EQ(device->see("app")["reading_only"], false);
  }
}

/// A thank-you is taken back so long after it was written that no append holds both.
struct TakenBackLate {
  Pair couple{31};
  server::MemoryStore::State backup;

  TakenBackLate() {
    backup = couple.world.store().state();
    couple.thank(couple.sam, "Taken back later");
    couple.world.settle();
    const Json item = thanks_before(couple.sam, 0)["item"];
    thank_often(couple, couple.noa);
    couple.sam.must("space.take-back", {{"item", item}});
    couple.world.settle();
    EXPECT_EQ(thanks_before(couple.noa, kMany)["taken_back"], "gone");
  }
  /// From now on the relay has only this; everybody comes back.
  void relay_holds(server::MemoryStore::State state) {
    couple.world.restore_relay(std::move(state));
    couple.world.run_for(5 * kMinute);
  }
  void expect_healed() {
    expect_whole(couple.world, {&couple.sam, &couple.noa});
    for (Device* device : {&couple.sam, &couple.noa}) {
      EXPECT_EQ(thanks_before(*device, kMany)["taken_back"], "gone");
      EXPECT_EQ(thanks_before(*device, kMany)["did"], "");
    }
    couple.thank(couple.sam, "On we go");
    couple.thank(couple.noa, "Both of us");
    couple.world.settle();
    EXPECT_EQ(thanks_seen(couple.sam), static_cast<std::size_t>(kMany) + 3);
    EXPECT_EQ(thanks_seen(couple.noa), static_cast<std::size_t>(kMany) + 3);
  }
};

TEST(Healing, ARelayPutBackFarBeforeATakingBackIsMadeWholeAgain) {
  TakenBackLate scene;
  scene.relay_holds(scene.backup);
  EXPECT_TRUE(named(scene.couple.sam, "relay-behind") || named(scene.couple.noa, "relay-behind"));
  scene.expect_healed();
}

TEST(Healing, ANewEmptyRelayIsGivenEverything) {
  TakenBackLate scene;
  scene.relay_holds({});
  scene.expect_healed();
}

TEST(Healing, EitherOfTheTwoAloneMakesItWhole) {
  for (const bool by_sam : {true, false}) {
    TakenBackLate scene;
    Device& alone = by_sam ? scene.couple.sam : scene.couple.noa;
    Device& other = by_sam ? scene.couple.noa : scene.couple.sam;
    SCOPED_TRACE(alone.name());
    other.go_offline();
    scene.relay_holds(scene.backup);
    expect_whole(scene.couple.world, {&alone});
    other.go_online();
    scene.couple.world.run_for(5 * kMinute);
    scene.expect_healed();
  }
}

TEST(Healing, WordsThatAreMissedOnlyUntilTheirErasureIsBackAccuseNobodyForLong) {
  Pair couple(33);
  const auto backup = couple.world.store().state();
  const Inside before = look_inside(couple.noa);
  couple.noa.go_offline();
  couple.thank(couple.sam, "Taken back soon");
  couple.thank(couple.sam, "Kept");
  couple.world.settle();
  couple.sam.must("space.take-back", {{"item", thanks_before(couple.sam, 1)["item"]}});
  couple.world.settle();
  const Inside sam = look_inside(couple.sam);
  couple.sam.go_offline();
  couple.world.restore_relay(backup);
  // The first two come back with the erase shown; then the line breaks.
  Hand hand(couple.world, sam.keys);
  const std::uint64_t from = before.ours->next();
  wire::Append part{.request = 1, .stream = sam.ours->id(), .wake = false, .records = {}, .ahead = {}};
  for (const std::uint64_t at : {from, from + 1}) part.records.push_back(wire::encode(sam.ours->records()[at].record));
  part.ahead = {wire::encode(sam.ours->records().back().record)};
  ASSERT_TRUE(std::holds_alternative<wire::Stored>(hand.say(part).front()));
  couple.noa.go_online();
  couple.world.run_for(kMinute);
  EXPECT_TRUE(named(couple.noa, "withheld"));
  couple.sam.go_online();
  couple.world.run_for(5 * kMinute);
  expect_whole(couple.world, {&couple.sam, &couple.noa});
  EXPECT_EQ(thanks_before(couple.noa, 1)["taken_back"], "gone");
}

}  // namespace
}  // namespace attune::sim
