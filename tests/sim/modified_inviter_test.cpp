// An inviter with a modified client: their phone has shown the words, and then founds *ours* as it likes. The guest's
// phone takes it up only if it holds exactly the two who compared words.
#include <gtest/gtest.h>

#include "attune/practices/cherish/events.h"
#include "attune/space/enrol.h"
#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// Sam's phone has shown its words and is off; a modified client holds its keys and founds *ours*.
struct ModifiedInviter {
  Meeting meeting;
  Inside sam;
  client::Invitation exchange;
  space::M2 m2;
  crypto::DeviceKeys extra;

  explicit ModifiedInviter(std::uint64_t seed) : meeting(seed) {
    meeting.until_words();
    sam = look_inside(meeting.sam);
    exchange = invitation_on(meeting.sam);
    m2 = *space::decode_m2(exchange.m2);
    meeting.sam.go_offline();
    extra = fresh_keys(meeting.world);
  }
  [[nodiscard]] wire::Member inviter() const {
    return space::own_member(sam.keys, wire::Role::device, sam.mine->id(), 0);
  }
  Founded post(std::vector<wire::Member> members) {
    const Hash pairing = space::pairing_hash(exchange.m1, exchange.m2, exchange.nonce);
    Founded out = found_by_hand(meeting.world, sam.keys, std::move(members), pairing);
    EXPECT_EQ(Hand(meeting.world, sam.keys).append(out.stream->id(), {out.genesis}), "");
    return out;
  }
  Json phase() {
    meeting.world.run_for(kMinute);
    return meeting.noa.see("app")["phase"];
  }
};

TEST(ModifiedInviter, WhoFoundsWhatTheWordsStandForIsTakenUp) {
  ModifiedInviter scene(1);
  scene.meeting.noa_taps_same();
  scene.post({scene.inviter(), guest_of(scene.m2)});
  EXPECT_EQ(scene.phase(), "paired");
}

/// The guest's own stream is named in m2, so anybody can sign a join over it: a key of the inviter's that counts as
/// the guest would write thanks, and answers, in the guest's name.
TEST(ModifiedInviter, CanNotBringInAKeyThatCountsAsTheGuest) {
  ModifiedInviter scene(2);
  scene.meeting.noa_taps_same();
  const Founded ours = scene.post(
      {scene.inviter(), guest_of(scene.m2), space::own_member(scene.extra, wire::Role::device, scene.m2.self, 1)});
  log::Head head = log::Head::of(*ours.stream);
  log::EventId id;
  scene.meeting.world.dice().fill(id.bytes);
  const auto event =
      log::make<cherish::Thanked>(id, {}, {.did = "Words put into a mouth", .says = "", .felt = "", .at = {}});
  const wire::Record record = log::seal_event(head, ours.stream->key(0)->view(), scene.extra, log::plain_ours(event),
                                              entropy_of(scene.meeting.world));
  EXPECT_EQ(Hand(scene.meeting.world, scene.extra).append(ours.stream->id(), {record}), "");
  EXPECT_NE(scene.phase(), "paired");
  EXPECT_EQ(scene.meeting.noa.see("cherish")["thanks"].size(), 0U);
}

TEST(ModifiedInviter, CanNotBringInAPhraseThatCountsAsTheGuest) {
  ModifiedInviter scene(3);
  scene.meeting.noa_taps_same();
  scene.post(
      {scene.inviter(), guest_of(scene.m2), space::own_member(scene.extra, wire::Role::phrase, scene.m2.self, 1)});
  EXPECT_NE(scene.phase(), "paired");
}

TEST(ModifiedInviter, CanNotComeWithAnotherKeyOrStreamThanTheWordsWereMadeOf) {
  ModifiedInviter scene(4);
  scene.meeting.noa_taps_same();
  scene.post({space::own_member(scene.sam.keys, wire::Role::device, StreamId::copy_of(scene.extra.sign.view()), 0),
              guest_of(scene.m2)});
  EXPECT_NE(scene.phase(), "paired");
  crypto::DeviceKeys posing = look_inside(scene.meeting.sam).keys;
  posing.box = scene.extra.box;
  scene.post({space::own_member(posing, wire::Role::device, scene.sam.mine->id(), 0), guest_of(scene.m2)});
  EXPECT_NE(scene.phase(), "paired");
  // None of it stands in the way of the true one.
  scene.post({scene.inviter(), guest_of(scene.m2)});
  EXPECT_EQ(scene.phase(), "paired");
}

/// Should such a key get in all the same, by the hands of somebody who holds one of my devices, it is named.
TEST(ModifiedInviter, AKeyThatWritesInMyNameUnknownToMyOwnStreamIsNamed) {
  Pair couple(5);
  const std::string words = couple.sams_words();
  Device& second = couple.world.add("Sam's second phone");
  second.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  Json keep = Json::array();
  for (const Json& device : second.see("recovering")["devices"]) {
    if (device["phrase"] == false) keep.push_back(device["key"]);
  }
  second.must("space.recover-finish", {{"keep", keep}});
  couple.world.run_for(kMinute);
  EXPECT_EQ(notices(second), std::vector<std::string>{});
  // The first phone is in other hands.
  Inside first = look_inside(couple.sam);
  couple.sam.go_offline();
  const crypto::DeviceKeys extra = fresh_keys(couple.world);
  const std::uint8_t me = first.person();
  log::Head head = log::Head::of(*first.ours);
  const wire::Record adding = log::make_control(
      head, first.keys,
      space::add_members(*first.ours, {space::own_member(extra, wire::Role::device, first.mine->id(), me)}, {},
                         entropy_of(couple.world)));
  log::EventId id;
  couple.world.dice().fill(id.bytes);
  const auto event =
      log::make<cherish::Thanked>(id, {}, {.did = "Words put into a mouth", .says = "", .felt = "", .at = {}});
  const wire::Record written = log::seal_event(head, first.ours->key(first.ours->table().epoch)->view(), extra,
                                               log::plain_ours(event), entropy_of(couple.world));
  EXPECT_EQ(Hand(couple.world, first.keys).append(first.ours->id(), {adding, written}), "");
  couple.world.run_for(kMinute);
  EXPECT_TRUE(named(second, "unknown-record-in-my-name"));
  EXPECT_FALSE(named(couple.noa, "unknown-record-in-my-name"));
}

}  // namespace
}  // namespace attune::sim
