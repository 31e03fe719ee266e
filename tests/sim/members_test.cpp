// A change of members is two records: in *mine* first, then in *ours* (PROTOCOL.md 5). A device that stops between the
// two finishes what it began before it says anything else.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/inside.h"
#include "sim/words.h"
#include "tests/sim/pair.h"
#include "tests/sim/relay_eye.h"

namespace attune::sim {
namespace {

using Keys = std::vector<SignKey>;

/// The keys of one person that a stream's table lists now, phrases among them.
Keys members_of(const log::Stream& stream, std::uint8_t person) {
  Keys out;
  for (const wire::Seat& seat : stream.table().seats) {
    if (!seat.removed_at && seat.member.person == person) out.push_back(seat.member.sign);
  }
  std::ranges::sort(out, {}, &SignKey::bytes);
  return out;
}

struct Change {
  Pair couple;
  World& world = couple.world;
  Device& sam = couple.sam;
  StreamId mine = *look_inside(sam).profile.mine;
  StreamId ours = *look_inside(sam).profile.ours;
  RelayEye eye{world};

  explicit Change(std::uint64_t seed) : couple(seed) { world.delays(100); }

  [[nodiscard]] std::size_t controls(const Device& from, const StreamId& stream) const {
    std::size_t out = 0;
    for (const SeenAppend& append : eye.of(from, stream)) out += append.control() ? 1 : 0;
    return out;
  }
  /// Lives until `there`, a millisecond at a time.
  void until(const std::function<bool()>& there) {
    for (int ms = 0; ms < 60'000 && !there(); ++ms) world.run_for(1);
    ASSERT_TRUE(there());
  }
  /// Shows other words and confirms them: the tap is all that has happened yet.
  void tap_new_words() { sam.must("space.phrase-confirm", {{"picks", show_words(sam).picks}}); }
  /// The two tables name the same keys of Sam's.
  [[nodiscard]] bool tables_agree(const Device& device) const {
    const Inside inside = look_inside(device);
    return members_of(*inside.mine, 0) == members_of(*inside.ours, inside.person());
  }
  /// Sam's device starts again, and the first it says to the other's stream is what it owes; a thank-you follows.
  void starts_again_and_finishes_first() {
    ASSERT_FALSE(tables_agree(sam));
    eye.forget();
    sam.go_offline();
    sam.restart();
    couple.thank(sam, "You waited for me");
    sam.go_online();
    world.run_for(120'000);
    const auto said = eye.of(sam, ours);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_TRUE(said[0].control());
    EXPECT_FALSE(said[1].control());
    EXPECT_TRUE(tables_agree(sam));
    EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
    for (Device* device : {&sam, &couple.noa}) EXPECT_EQ(notices(*device), std::vector<std::string>{});
  }
};

/// Stopping as soon as the relay has the record of *mine*, before the device hears that it is stored, …
TEST(StoppedBetweenMineAndOurs, AnAdditionIsFinishedFirstThoughItsAnswerNeverCame) {
  Change change(41);
  change.tap_new_words();
  change.until([&] { return change.controls(change.sam, change.mine) == 1; });
  ASSERT_EQ(change.controls(change.sam, change.ours), 0U);
  change.sam.restart();  // nothing under way arrives any more
  change.world.run_for(0);
  change.sam.go_offline();
  ASSERT_EQ(members_of(*look_inside(change.sam).mine, 0).size(), 1U) << "it does not know that the record is there";
  change.eye.forget();
  change.couple.thank(change.sam, "You waited for me");
  change.sam.go_online();
  change.world.run_for(120'000);
  const auto said = change.eye.of(change.sam, change.ours);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_TRUE(said[0].control());
  EXPECT_TRUE(change.tables_agree(change.sam));
  EXPECT_EQ(members_of(*look_inside(change.sam).mine, 0).size(), 2U) << "and not added twice";
  EXPECT_EQ(notices(change.sam), std::vector<std::string>{});
}

/// … and after it heard.
TEST(StoppedBetweenMineAndOurs, AnAdditionIsFinishedFirst) {
  Change change(42);
  change.tap_new_words();
  change.until([&] { return members_of(*look_inside(change.sam).mine, 0).size() == 2; });
  ASSERT_EQ(change.controls(change.sam, change.ours), 0U);
  change.starts_again_and_finishes_first();
}

TEST(StoppedBetweenMineAndOurs, ARemovalIsFinishedFirst) {
  Change change(43);
  change.tap_new_words();
  change.world.run_for(60'000);
  const Keys before = members_of(*look_inside(change.sam).mine, 0);
  ASSERT_EQ(before.size(), 2U);
  ASSERT_TRUE(change.tables_agree(change.sam));
  change.eye.forget();
  change.tap_new_words();
  // First the new words are in, then the old ones go.
  change.until([&] {
    const Keys now = members_of(*look_inside(change.sam).mine, 0);
    return now.size() == 2 && now != before;
  });
  const std::uint32_t epoch = look_inside(change.sam).ours->table().epoch;
  change.starts_again_and_finishes_first();
  EXPECT_EQ(look_inside(change.sam).ours->table().epoch, epoch + 1) << "a removal brings its epoch in both";
  EXPECT_NE(members_of(*look_inside(change.sam).ours, 0), before);
}

/// Coming back by the words leaves nothing on the new device until it is finished: whoever begins again finds the half
/// of it that was done, and ends with one new device.
TEST(StoppedBetweenMineAndOurs, ARecoveryBegunAgainFinishesBoth) {
  Change change(44);
  const std::string words = change.couple.sams_words();
  change.world.run_for(60'000);
  change.sam.go_offline();
  Device& fresh = change.world.add("Sam's new phone");
  const auto read = [&] {
    fresh.must("space.recover", {{"words", words}, {"relay", change.world.relay_address()}});
    change.world.settle();
    ASSERT_EQ(fresh.see("recovering")["state"], "devices") << fresh.see("recovering").dump();
  };
  read();
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  change.until([&] { return change.controls(fresh, change.mine) == 1; });
  ASSERT_EQ(change.controls(fresh, change.ours), 0U);
  fresh.restart();
  change.world.settle();
  EXPECT_EQ(fresh.see("app")["phase"], "fresh");
  read();
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  change.world.run_for(60'000);
  ASSERT_EQ(fresh.see("app")["phase"], "paired") << fresh.see("recovering").dump();
  EXPECT_TRUE(change.tables_agree(fresh));
  EXPECT_EQ(members_of(*look_inside(fresh).mine, 0).size(), 2U) << "the new device and its words";
  change.couple.thank(fresh, "You waited for me");
  change.world.run_for(60'000);
  EXPECT_EQ(change.couple.noa.see("cherish")["thanks"].size(), 1U);
}

/// … or the phone that was kept does it, as soon as it sees that the two differ.
TEST(StoppedBetweenMineAndOurs, AKeptDeviceFinishesWhatTheWordsBegan) {
  Change change(45);
  const std::string words = change.couple.sams_words();
  change.world.run_for(60'000);
  Json keep = Json::array();
  for (const Json& device : change.sam.see("devices")["devices"]) {
    if (device["this_one"] == true) keep.push_back(device["key"]);
  }
  change.sam.go_offline();
  Device& fresh = change.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", change.world.relay_address()}});
  change.world.settle();
  fresh.must("space.recover-finish", {{"keep", keep}});
  change.until([&] { return change.controls(fresh, change.mine) == 1; });
  ASSERT_EQ(change.controls(fresh, change.ours), 0U);
  fresh.restart();
  change.eye.forget();
  change.couple.thank(change.sam, "You waited for me");
  change.sam.go_online();
  change.world.run_for(120'000);
  const auto said = change.eye.of(change.sam, change.ours);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_TRUE(said[0].control());
  EXPECT_TRUE(change.tables_agree(change.sam));
}

}  // namespace
}  // namespace attune::sim
