// A relay that has lost much more than one append holds is given everything back, by whoever is left, and nobody is
// accused.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "sim/hand.h"
#include "sim/invariants.h"
#include "tests/sim/letting.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;
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

/// Sam loses the phone and comes back by the words long after a backup of the relay was made: nothing in the backup
/// knows the new phone, and what brought it in lies further on than one append reaches.
struct ComeBack {
  Pair couple{32};
  server::MemoryStore::State backup;
  Device* fresh = nullptr;

  ComeBack() {
    const std::string words = couple.sams_words();
    backup = couple.world.store().state();
    couple.thank(couple.sam, "Taken back later");
    couple.world.settle();
    const Json item = thanks_before(couple.sam, 0)["item"];
    thank_often(couple, couple.noa);
    couple.world.run_for(kMany * kHour);  // *mine* grows by its beats
    couple.sam.go_offline();
    fresh = &couple.world.add("Sam's new phone");
    fresh->must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
    couple.world.settle();
    fresh->must("space.recover-finish", {{"keep", Json::array()}});
    couple.world.settle();
    // Erased by a device that the relay's backup has never heard of.
    fresh->must("space.take-back", {{"item", item}});
    couple.world.settle();
    EXPECT_EQ(thanks_before(couple.noa, kMany)["taken_back"], "gone");
    couple.noa.go_offline();
  }
  void relay_holds(server::MemoryStore::State state) {
    couple.world.restore_relay(std::move(state));
    couple.world.run_for(5 * kMinute);
    expect_whole(couple.world, {fresh});
    couple.noa.go_online();
    couple.world.run_for(5 * kMinute);
    couple.thank(*fresh, "On we go");
    couple.thank(couple.noa, "Both of us");
    couple.world.run_for(kMinute);
    expect_whole(couple.world, {fresh, &couple.noa});
    EXPECT_EQ(thanks_seen(*fresh), static_cast<std::size_t>(kMany) + 3);
    EXPECT_EQ(thanks_seen(couple.noa), static_cast<std::size_t>(kMany) + 3);
  }
};

TEST(Healing, ADeviceThatTheBackupDoesNotKnowAndThatIsAloneMakesItWhole) {
  ComeBack scene;
  scene.relay_holds(scene.backup);
  EXPECT_TRUE(named(*scene.fresh, "relay-behind"));
}

TEST(Healing, ADeviceThatIsAloneFillsANewEmptyRelay) {
  ComeBack scene;
  scene.relay_holds({});
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

// ---- who belongs ----

/// A relay that denies knowing anybody.
Meddling denying(const Device& whom) {
  return [&whom](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    if (&to != &whom || !frame) return {message};
    const auto no = [](std::uint32_t request) {
      return std::vector<Bytes>{
          wire::encode(wire::FromRelay(wire::Refused{.request = request, .code = wire::kNotAMember.number}))};
    };
    if (std::holds_alternative<wire::Welcome>(*frame)) return {wire::encode(wire::FromRelay(wire::Welcome{}))};
    if (const auto* moved = std::get_if<wire::Moved>(&*frame)) return no(moved->request);
    if (const auto* stored = std::get_if<wire::Stored>(&*frame)) return no(stored->request);
    if (std::holds_alternative<wire::Records>(*frame)) return no(0);
    return {message};
  };
}

TEST(Belonging, ARelaysWordAlonePutsNobodyOut) {
  Pair couple(34);
  couple.world.meddle(denying(couple.noa));
  couple.noa.restart();
  couple.world.run_for(kMinute);
  EXPECT_TRUE(named(couple.noa, "not-a-member"));
  EXPECT_FALSE(named(couple.noa, "not-a-member-any-more"));
  couple.world.meddle({});
  couple.noa.restart();
  couple.thank(couple.noa, "Still here");
  couple.world.run_for(kMinute);
  EXPECT_EQ(thanks_seen(couple.sam), 1U);
}

TEST(Belonging, WhoWasPutOutWhileAwayLearnsItFromTheRecordThatSaysSo) {
  Pair couple(35);
  const std::string words = couple.sams_words();
  couple.sam.go_offline();
  Device& fresh = couple.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.settle();
  couple.thank(fresh, "After it was lost");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{"not-a-member-any-more"});
  EXPECT_EQ(thanks_seen(couple.sam), 0U);
  const Inside inside = look_inside(couple.sam);
  EXPECT_TRUE(inside.ours->table().seat(inside.keys.sign)->removed_at);
  EXPECT_TRUE(inside.mine->table().seat(inside.keys.sign)->removed_at);
}

// ---- a signature altered on the way ----

TEST(Healing, AnAlteredSignatureIsNamedWhereItMattersAndWhoHasTheSoundOneGivesItBack) {
  Pair couple(36);
  const auto backup = couple.world.store().state();
  const std::uint64_t from = look_inside(couple.noa).ours->next();
  couple.noa.go_offline();
  for (int i = 0; i < 3; ++i) {
    couple.thank(couple.sam, "One of three");
    couple.world.settle();
  }
  // Noa is handed the three in one batch: the newest signature vouches for those before, and nobody looks at the
  // second.
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    const auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &couple.noa || records == nullptr || records->records.size() < 3) return {message};
    wire::Records altered = *records;
    for (Bytes& raw : altered.records) {
      auto record = wire::decode_record(raw);
      if (!record || record->header.position != from + 1) continue;
      record->signature.bytes[0] ^= 1;
      raw = wire::encode(*record);
    }
    return {wire::encode(wire::FromRelay(altered))};
  });
  couple.noa.go_online();
  couple.world.run_for(kMinute);
  couple.world.meddle({});
  EXPECT_EQ(thanks_seen(couple.noa), 3U);
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
  couple.sam.go_offline();
  couple.world.restore_relay(backup);
  couple.thank(couple.noa, "Waits");
  couple.world.run_for(5 * kMinute);
  EXPECT_EQ(without_doubt(couple.noa), std::vector<std::string>{"bad-signature"});
  EXPECT_EQ(couple.world.store().state().streams.at(look_inside(couple.noa).ours->id()).stream.head, from);
  couple.sam.go_online();
  couple.world.run_for(5 * kMinute);
  EXPECT_EQ(thanks_seen(couple.sam), 4U);
  EXPECT_EQ(lost_by_the_relay(couple.sam, couple.world.store().state()), Violations{});
  EXPECT_EQ(lost_by_the_relay(couple.noa, couple.world.store().state()), Violations{});
}

// The one phone of a person goes on writing where the other had been further: what is only theirs has two histories
// then, and nobody is to blame. What is shared goes on.
TEST(Healing, ARelayPutBackMayLeaveTwoHistoriesOfWhatIsOnesOwn) {
  Pair couple(37);
  Device& tablet = couple.world.add("sam's tablet");
  Letting{couple.world, couple.sam, tablet}.let_in();
  couple.world.run_for(2 * kHour);
  const server::MemoryStore::State backup = couple.world.store().state();
  const auto keep = [&](Device& device, const char* did) {
    device.must("cherish.keep", {{"did", did}, {"says", ""}, {"felt", ""}});
    couple.world.run_for(2 * kHour);
  };
  couple.sam.stop();
  keep(tablet, "Only the tablet knows");
  tablet.stop();
  couple.world.restore_relay(backup);
  couple.sam.restart();
  keep(couple.sam, "Only the phone knows");
  tablet.restart();
  couple.world.run_for(2 * kHour);
  EXPECT_TRUE(named(tablet, "fork-of-mine")) << tablet.see("app")["notices"].dump();
  EXPECT_EQ(tablet.see("app")["reading_only"], false);
  for (Device* device : {&couple.sam, &tablet, &couple.noa}) {
    EXPECT_EQ(unsigned_records(*device), Violations{});
    EXPECT_EQ(private_in_ours(*device), Violations{});
    EXPECT_FALSE(named(*device, "server-fault")) << device->name();
  }
  EXPECT_EQ(tablet.see("cherish")["kept"][0]["did"], "Only the tablet knows");
  couple.thank(tablet, "Said from the tablet");
  couple.world.settle();
  EXPECT_EQ(thanks_seen(couple.noa), 1U);
}

}  // namespace
}  // namespace attune::sim
