// Clients that were changed propose, or say yes, by hand.
#include <gtest/gtest.h>

#include "attune/practices/cherish/events.h"
#include "attune/space/enrol.h"
#include "attune/space/mending.h"
#include "sim/hand.h"
#include "sim/inside.h"
#include "tests/sim/planting.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

/// What Sam's keys say by hand: a stream that continues Sam's history behind `place`, as `change` leaves it.
struct ByHand {
  std::uint64_t place = 0;
  std::function<void(std::vector<wire::Member>&)> members = [](auto&) {};
  std::function<void(space::Continued::Content&)> handed_on = [](auto&) {};
  std::function<void(wire::Continues&)> continues = [](auto&) {};
  bool says_yes = true;
};

void propose_by_hand(World& world, const Inside& sam, const ByHand& change) {
  const log::Stream& old = *sam.ours;
  wire::Continues continues{.stream = old.id(), .position = change.place, .history = old.history_at(change.place)};
  std::vector<wire::Member> members = space::members_at(old, change.place);
  change.members(members);
  change.continues(continues);
  const Hash pairing = space::genesis_of(old)->pairing;
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  const wire::Record genesis = log::make_control(
      head, sam.keys, space::found_successor(std::move(members), pairing, continues, entropy_of(world)));
  log::Stream made(head.stream);
  auto batch = made.check({wire::encode(genesis)});
  ASSERT_TRUE(batch);
  made.admit(std::move(*batch));
  ASSERT_TRUE(made.unlock(sam.keys));
  const std::uint32_t epoch = old.epoch_at(std::min(change.place, old.next() - 1));
  space::Continued::Content content{.epoch = epoch, .key = Hash::copy_of(old.key(epoch)->view()), .at = {}};
  change.handed_on(content);
  std::vector<wire::Record> records = {genesis};
  if (change.says_yes) {
    const log::NewEvent yes = space::yes_to(continues, content, fresh_id(world));
    records.push_back(log::seal_event(head, made.key(0)->view(), sam.keys, log::plain_ours(yes), entropy_of(world)));
  }
  Hand hand(world, sam.keys);
  EXPECT_EQ(hand.append(made.id(), records), "");
  world.run_for(kMinute);
}

/// Noa's phone, after Sam's keys have proposed this.
std::string what_noa_sees(const std::function<void(ByHand&, const Inside&, World&)>& change) {
  TwoHistories scene(930, 2);
  const Inside sam = look_inside(scene.couple.sam);
  ByHand by_hand;
  by_hand.place = sam.ours->next() - 3;  // Sam has said two things behind it
  change(by_hand, sam, scene.couple.world);
  propose_by_hand(scene.couple.world, sam, by_hand);
  const std::string seen = state(scene.couple.noa);
  for (const std::string& code : notices(scene.couple.noa)) {
    if (code == "fork" || code == "mend-refused") return code;
  }
  return seen;
}

TEST(Mending, AProposalOfAChangedClientIsRefusedAndNamed) {
  EXPECT_EQ(what_noa_sees([](ByHand&, const Inside&, World&) {}), "asked") << "as it should be";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside& sam, World& world) {
              said.members = [&](std::vector<wire::Member>& members) {
                const crypto::DeviceKeys stranger = fresh_keys(world);
                members.push_back(space::own_member(stranger, wire::Role::device, members[0].self, sam.person()));
              };
            }),
            "mend-refused")
      << "somebody new";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) {
              said.handed_on = [](space::Continued::Content& content) { content.key.bytes[0] ^= 1; };
            }),
            "mend-refused")
      << "another key";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) {
              said.handed_on = [](space::Continued::Content& content) { content.epoch = 7; };
            }),
            "mend-refused")
      << "of another epoch";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) { said.says_yes = false; }), "none")
      << "without a yes of one's own it is none";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) { ++said.place; }), "fork") << "Sam's own history";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) {
              said.continues = [](wire::Continues& continues) { continues.history.bytes[3] ^= 1; };
            }),
            "fork")
      << "a history that nobody has";
  EXPECT_EQ(what_noa_sees([](ByHand& said, const Inside&, World&) {
              said.continues = [](wire::Continues& continues) { continues.stream.bytes[3] ^= 1; };
            }),
            "none")
      << "another stream is none of ours";
}

TEST(Mending, WhatAChangedClientSaysBeforeBothHaveAgreedCountsForNothing) {
  TwoHistories scene(931);
  Pair& couple = scene.couple;
  const Inside sam = look_inside(couple.sam);
  ByHand by_hand;
  by_hand.place = sam.ours->next() - 2;
  propose_by_hand(couple.world, sam, by_hand);
  ASSERT_EQ(state(couple.noa), "asked");
  StreamId id;
  for (const auto& [stream, entry] : couple.world.store().state().streams) {
    if (entry.stream.founder == sam.keys.sign && stream != *sam.profile.mine && stream != *sam.profile.ours)
      id = stream;
  }
  Hand hand(couple.world, sam.keys);
  log::Stream successor(id);
  auto batch = successor.check(hand.fetch(id));
  ASSERT_TRUE(batch);
  successor.admit(std::move(*batch));
  ASSERT_TRUE(successor.unlock(sam.keys));
  log::Head head = log::Head::of(successor);
  const auto event = log::make<cherish::Thanked>(fresh_id(couple.world), {.kept = std::nullopt},
                                                 {.did = "Said too early", .says = "", .felt = "", .at = {}});
  EXPECT_EQ(hand.append(id, {log::seal_event(head, successor.key(0)->view(), sam.keys, log::plain_ours(event),
                                             entropy_of(couple.world))}),
            "");
  couple.world.run_for(kMinute);
  EXPECT_EQ(confirm(couple.noa)["ok"], true);
  couple.world.run_for(kHour);
  EXPECT_EQ(state(couple.noa), "done");
  EXPECT_EQ(thanks(couple.noa), std::vector<std::string>{"Before"});
}

/// Sam's keys propose to go on from a place that only Sam's history has. Is Noa asked?
bool another_past_is_put_to_noa(bool bug) {
  const Planted planted(log::planted().skip_continues, bug);
  return what_noa_sees([](ByHand& said, const Inside&, World&) { ++said.place; }) == "asked";
}

TEST(PlantedBug, ASuccessorOfAnotherHistoryIsCaught) {
  EXPECT_FALSE(another_past_is_put_to_noa(false));
  EXPECT_TRUE(another_past_is_put_to_noa(true));
}

}  // namespace
}  // namespace attune::sim
