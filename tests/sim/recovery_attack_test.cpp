// Coming back by the twelve words although the partner has put my phrase's key into streams of their own.
#include <gtest/gtest.h>

#include "attune/space/enrol.h"
#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 60 * 60 * 1'000;

enum class Boxes : std::uint8_t { sound, garbage };

/// Noa's keys found another shared stream with all of Sam's keys, the phrase's among them: their joins are no secret.
StreamId found_another(Pair& couple, Boxes boxes) {
  const Inside noa = look_inside(couple.noa);
  std::vector<wire::Member> members;
  for (const wire::Seat& seat : noa.ours->table().seats) {
    wire::Member member = seat.member;
    member.person = 1 - member.person;  // Noa founds it
    members.push_back(member);
  }
  Hash pairing;
  couple.world.dice().fill(pairing.bytes);
  wire::Genesis genesis = space::found_ours(std::move(members), pairing, entropy_of(couple.world));
  if (boxes == Boxes::garbage) {
    for (wire::Box& box : genesis.boxes) couple.world.dice().fill(box.sealed.bytes);
  }
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  const wire::Record record = log::make_control(head, noa.keys, genesis);
  Hand hand(couple.world, noa.keys);
  EXPECT_EQ(hand.append(head.stream, {record}), "");
  return head.stream;
}

Device& come_back(Pair& couple, const std::string& words) {
  couple.sam.go_offline();
  Device& fresh = couple.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  EXPECT_EQ(fresh.see("recovering")["state"], "devices") << fresh.see("recovering").dump(1);
  if (fresh.see("recovering")["state"] != "devices") return fresh;
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.settle();
  return fresh;
}

void expect_back(Pair& couple, Device& fresh, const StreamId& ours) {
  ASSERT_EQ(fresh.see("app")["phase"], "paired") << fresh.see("recovering").dump(1);
  EXPECT_EQ(look_inside(fresh).ours->id(), ours);
  EXPECT_EQ(fresh.see("cherish")["thanks"][0]["did"], "You rang");
  couple.thank(fresh, "Back again");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 2U);
  EXPECT_EQ(notices(fresh), std::vector<std::string>{});
}

/// The relay lists streams by their ids, which are as good as drawn: with six of them some lie on either side.
void found_six(Pair& couple, Boxes boxes) {
  for (int i = 0; i < 6; ++i) found_another(couple, boxes);
}

TEST(ComingBack, WorksAlthoughThePartnerFoundedStreamsWithMyPhrasesKeyAndNoBoxForIt) {
  Pair couple(41);
  couple.thank(couple.sam, "You rang");
  couple.sam.must("cherish.keep", {{"did", "Only mine"}, {"says", ""}, {"felt", ""}});
  const std::string words = couple.sams_words();
  const StreamId ours = look_inside(couple.sam).ours->id();
  found_six(couple, Boxes::garbage);
  couple.world.run_for(2 * kHour);  // a beat of *mine* names ours
  Device& fresh = come_back(couple, words);
  expect_back(couple, fresh, ours);
  EXPECT_EQ(fresh.see("cherish")["kept"][0]["did"], "Only mine");
}

TEST(ComingBack, FindsOursAmongThePartnersStreamsEvenBeforeABeatOfMineNamedIt) {
  for (const Boxes boxes : {Boxes::garbage, Boxes::sound}) {
    Pair couple(42);
    couple.thank(couple.sam, "You rang");
    const std::string words = couple.sams_words();
    const StreamId ours = look_inside(couple.sam).ours->id();
    found_six(couple, boxes);
    expect_back(couple, come_back(couple, words), ours);
  }
}

TEST(ComingBack, ALineThatBreaksWhileStreamsAreReadChangesNothing) {
  Pair couple(43);
  couple.thank(couple.sam, "You rang");
  const std::string words = couple.sams_words();
  const StreamId ours = look_inside(couple.sam).ours->id();
  found_six(couple, Boxes::sound);
  couple.sam.go_offline();
  couple.world.delays(400);
  Device& fresh = couple.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  for (int i = 0; i < 4; ++i) {
    couple.world.run_for(1'300);
    fresh.go_offline();
    fresh.go_online();
  }
  couple.world.delays(0);
  couple.world.run_for(120'000);
  ASSERT_EQ(fresh.see("recovering")["state"], "devices") << fresh.see("recovering").dump(1);
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.settle();
  expect_back(couple, fresh, ours);
}

TEST(ComingBack, GivesMineBackAlthoughThePartnerBoxedNoKeyOfOursForMyPhrase) {
  Pair couple(44);
  couple.sam.must("cherish.keep", {{"did", "Only mine"}, {"says", ""}, {"felt", ""}});
  const std::string words = couple.sams_words();
  couple.world.run_for(2 * kHour);
  const Inside noa = look_inside(couple.noa);
  wire::Members change = space::replace_members(*noa.ours, {}, {}, entropy_of(couple.world));
  for (wire::Box& box : change.boxes) {
    const wire::Member* whose = noa.ours->table().member(box.recipient);
    if (whose->role == wire::Role::phrase) couple.world.dice().fill(box.sealed.bytes);
  }
  log::Head head = log::Head::of(*noa.ours);
  Hand hand(couple.world, noa.keys);
  ASSERT_EQ(hand.append(noa.ours->id(), {log::make_control(head, noa.keys, change)}), "");
  couple.world.settle();
  Device& fresh = come_back(couple, words);
  EXPECT_EQ(fresh.see("app")["phase"], "alone");
  ASSERT_EQ(fresh.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(fresh.see("cherish")["kept"][0]["did"], "Only mine");
  EXPECT_TRUE(named(fresh, "bad-key-box"));
}

}  // namespace
}  // namespace attune::sim
