// Whoever holds a link learns the guest's key and what it signed, and can found streams with it. They are neither shown
// nor kept, however many there are, and the true one is found among them.
#include <gtest/gtest.h>

#include "attune/space/enrol.h"
#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// Eve reads m2 in the mailbox: the guest's keys, and the join they signed.
struct Eve {
  crypto::DeviceKeys keys;
  std::vector<Founded> streams;

  explicit Eve(World& world) : keys(fresh_keys(world)) {}
  [[nodiscard]] StreamId self() const { return StreamId::copy_of(keys.sign.view()); }
  void found_many(World& world, const wire::Member& guest, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Hash pairing;
      world.dice().fill(pairing.bytes);
      streams.push_back(
          found_by_hand(world, keys, {space::own_member(keys, wire::Role::device, self(), 0), guest}, pairing));
      EXPECT_EQ(Hand(world, keys).append(streams.back().stream->id(), {streams.back().genesis}), "");
    }
  }
};

constexpr std::size_t kMany = 12;  // more than a device reads at a time

/// More than a relay lets one connection follow, or one key found.
std::vector<Eve> a_crowd(World& world, const wire::Member& guest) {
  std::vector<Eve> out;
  for (int i = 0; i < 6; ++i) out.emplace_back(world).found_many(world, guest, kMany);
  return out;
}

TEST(SomeoneWithTheLink, FoundingManyStreamsWithTheGuestDoesNotHideTheTrueOne) {
  Meeting meeting(6);
  meeting.until_words();
  Eve eve(meeting.world);
  eve.found_many(meeting.world, guest_of(*space::decode_m2(meeting.letter(2))), kMany);
  meeting.world.settle();
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.sam.see("app")["phase"], "paired");
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
  EXPECT_EQ(notices(meeting.noa), std::vector<std::string>{});
}

TEST(SomeoneWithTheLink, ACrowdOfThemDoesNotHideItAtTheNextStartEither) {
  Meeting meeting(7);
  meeting.until_words();
  const auto crowd = a_crowd(meeting.world, guest_of(*space::decode_m2(meeting.letter(2))));
  meeting.noa.go_offline();
  meeting.sam_taps_same();
  meeting.noa.go_online();
  meeting.noa.restart();
  meeting.world.run_for(kMinute);
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
}

TEST(SomeoneWithTheLink, TurningTheGuestOutOfAStreamOfTheirOwnIsNoNewsToTheGuest) {
  Meeting meeting(8);
  meeting.until_words();
  const space::M2 m2 = *space::decode_m2(meeting.letter(2));
  meeting.noa.must("space.different-words");
  meeting.world.settle();
  Eve eve(meeting.world);
  const crypto::DeviceKeys extra = fresh_keys(meeting.world);
  Hash pairing;
  meeting.world.dice().fill(pairing.bytes);
  Founded made = found_by_hand(meeting.world, eve.keys,
                               {space::own_member(eve.keys, wire::Role::device, eve.self(), 0), guest_of(m2),
                                space::own_member(extra, wire::Role::device, m2.self, 1)},
                               pairing);
  EXPECT_TRUE(made.stream->unlock(extra));
  log::Head head = log::Head::of(*made.stream);
  const wire::Record turned_out =
      log::make_control(head, extra, space::replace_members(*made.stream, {}, {m2.sign}, entropy_of(meeting.world)));
  EXPECT_EQ(Hand(meeting.world, eve.keys).append(made.stream->id(), {made.genesis}), "");
  EXPECT_EQ(Hand(meeting.world, extra).append(made.stream->id(), {turned_out}), "");
  meeting.world.run_for(kMinute);
  meeting.noa.restart();
  meeting.world.run_for(kMinute);
  EXPECT_EQ(notices(meeting.noa), std::vector<std::string>{});
  EXPECT_EQ(meeting.noa.see("app")["phase"], "alone");
}

/// A second phone of Noa's once answered an invitation of Eve's; the first one becomes a couple with Sam.
TEST(SomeoneWithTheLink, DoesNotKeepAnotherPhoneOfTheSamePersonFromTheSharedStream) {
  Meeting meeting(9);
  World& world = meeting.world;
  Device& noa = meeting.noa;
  noa.must("space.start", {{"name", "Noa"}, {"relay", world.relay_address()}});
  noa.must("space.phrase-show");
  const Json shown = noa.see("recovery");
  std::string words;
  Json picks = Json::array();
  for (const Json& word : shown["words"]) words += word.get<std::string>() + " ";
  for (const Json& place : shown["ask"]) {
    picks.push_back({{"place", place}, {"word", shown["words"][place.get<std::size_t>() - 1]}});
  }
  noa.must("space.phrase-confirm", {{"picks", picks}});
  world.settle();
  Device& second = world.add("Noa's second phone");
  second.must("space.recover", {{"words", words}, {"relay", world.relay_address()}});
  world.settle();
  Json keep = Json::array();
  for (const Json& device : second.see("recovering")["devices"]) {
    if (device["phrase"] == false) keep.push_back(device["key"]);
  }
  second.must("space.recover-finish", {{"keep", keep}});
  world.run_for(kMinute);
  const Inside inside = look_inside(second);
  Eve eve(world);
  eve.found_many(world, space::own_member(inside.keys, wire::Role::device, inside.mine->id(), 1), kMany);
  world.settle();
  meeting.until_words();
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  world.run_for(kMinute);
  ASSERT_EQ(noa.see("app")["phase"], "paired");
  EXPECT_EQ(second.see("app")["phase"], "paired");
  EXPECT_EQ(notices(second), std::vector<std::string>{});
}

}  // namespace
}  // namespace attune::sim
