// Who may do what: what a couple can rely on, beyond the refusals of the invalid table.
#include "wire/members.h"

#include <gtest/gtest.h>

#include "vectors/couple.h"

namespace attune::tests {
namespace {

using namespace wire;

Table after(const Couple& couple, const Control& control) {
  const auto table = apply(couple.ours, couple.next, control, Couple::earlier());
  EXPECT_TRUE(table.has_value());
  return table.value_or(Table{});
}

TEST(Members, AnAddedDeviceMayWriteAndARemovedOneMayNot) {
  const Couple couple;
  const Table with_fresh = after(couple, couple.adding());
  EXPECT_NE(with_fresh.member(couple.fresh.sign), nullptr);
  EXPECT_EQ(with_fresh.epoch, 0u);

  const Table without_laptop = after(couple, couple.removing());
  EXPECT_EQ(without_laptop.member(couple.laptop.sign), nullptr);
  ASSERT_NE(without_laptop.seat(couple.laptop.sign), nullptr);
  EXPECT_EQ(without_laptop.seat(couple.laptop.sign)->removed_at, 10u);
  EXPECT_EQ(without_laptop.epoch, 1u);
  EXPECT_EQ(without_laptop.key_id, all<KeyId>(5));
}

TEST(Members, ARefusedChangeLeavesTheTableAsItWas) {
  const Couple couple;
  const Table before = couple.ours;
  Members change = couple.removing();
  change.boxes.pop_back();
  EXPECT_FALSE(apply(couple.ours, couple.next, change, Couple::earlier()).has_value());
  EXPECT_EQ(couple.ours, before);
}

TEST(Members, TheWordsBringAPersonBackAndTurnTheLostDevicesOutInOneRecord) {
  Couple couple;
  couple.next.author = couple.phrase.sign;
  Members change = couple.adding();
  change.pairing = {};
  change.removes = {couple.phone.sign, couple.laptop.sign};
  change.boxes = {box_for(couple.fresh), box_for(couple.phrase), box_for(couple.other)};
  change.epoch = NewEpoch{.epoch = 1, .key_id = all<KeyId>(5), .old_key = {}};
  ASSERT_TRUE(may_write(couple.ours, couple.next, ControlKind::members).has_value());
  const Table recovered = after(couple, change);
  EXPECT_NE(recovered.member(couple.fresh.sign), nullptr);
  EXPECT_EQ(recovered.member(couple.phone.sign), nullptr);
  EXPECT_NE(recovered.member(couple.other.sign), nullptr);
}

TEST(Members, APersonWhoFillsAllOwnPlacesTakesNoneOfTheOthers) {
  Couple couple;
  for (std::uint8_t i = 0; i < 12; ++i) {  // with phone, laptop, phrase and reader: sixteen
    Members change = couple.adding();
    const Keys one = keys_of(static_cast<std::uint8_t>(50 + i));
    change.adds = {member_of(one, 0, Role::device, couple.self)};
    change.boxes = {box_for(one)};
    couple.ours = after(couple, change);
    ++couple.next.position;
  }
  couple.next.author = couple.other.sign;
  Members change = couple.adding();
  change.adds = {member_of(couple.fresh, 1, Role::device, couple.other_self)};
  EXPECT_NE(after(couple, change).member(couple.fresh.sign), nullptr);
}

TEST(Members, AReaderIsAddedByEitherAndGetsNoKey) {
  Couple couple;
  couple.next.author = couple.other.sign;
  Members change;
  change.adds = {member_of(couple.fresh, 1, Role::reader, couple.other_self)};
  const Table table = after(couple, change);
  ASSERT_NE(table.member(couple.fresh.sign), nullptr);
  couple.next.author = couple.fresh.sign;
  EXPECT_EQ(may_write(table, couple.next, ControlKind::members), refuse(kReaderRole));
}

TEST(Members, ALaterChangeInTheSameBatchSeesTheEarlierOne) {
  Couple couple;
  couple.ours = after(couple, couple.adding());
  couple.next.position = 11;
  Members change = couple.removing();
  change.boxes.push_back(box_for(couple.fresh));
  EXPECT_EQ(after(couple, change).epoch, 1u);
}

TEST(Members, OneSelfIsKeptInOnesOwnStreamFromTheGenesisOn) {
  Couple couple;
  couple.next.position = 1;
  Members change = couple.adding();
  change.adds = {member_of(couple.fresh, 0, Role::phrase, couple.mine.stream)};
  const auto table = apply(couple.mine, couple.next, change, Couple::earlier());
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->member(couple.fresh.sign)->role, Role::phrase);
}

TEST(Members, AfterTheEndOnlyErasingGoesOnAndSkeletonsMayGo) {
  Couple couple;
  couple.ours = after(couple, Close{});
  couple.next.position = 11;
  EXPECT_EQ(may_write(couple.ours, couple.next, std::nullopt), refuse(kStreamClosed));
  EXPECT_EQ(may_write(couple.ours, couple.next, ControlKind::members), refuse(kStreamClosed));
  ASSERT_TRUE(may_write(couple.ours, couple.next, ControlKind::erase).has_value());
  EXPECT_EQ(after(couple, Erase{.skeletons = true, .positions = {1, 4}, .blobs = {}}), couple.ours);
}

TEST(Members, AClosedStreamOfOnesOwnGoesWhole) {
  Couple couple;
  couple.mine.closed = true;
  couple.next.position = 5;
  const Erase whole{.skeletons = true, .positions = {1, 2}, .blobs = {}};
  EXPECT_TRUE(apply(couple.mine, couple.next, whole, Couple::earlier()).has_value());
}

TEST(Members, APersonsOtherDeviceErasesWhatTheLaptopWrote) {
  Couple couple;
  EXPECT_EQ(after(couple, Erase{.skeletons = false, .positions = {4}, .blobs = {}}), couple.ours);
  couple.ours = after(couple, couple.removing());
  couple.next.epoch = 1;
  EXPECT_EQ(after(couple, Erase{.skeletons = false, .positions = {4}, .blobs = {}}), couple.ours);
}

TEST(Members, WhatContinuesAStreamMayBeFoundedByEitherPerson) {
  Couple couple;
  Genesis genesis = couple.ours_genesis;
  Header header = control_header(couple.phone, genesis);
  header.author = couple.other.sign;
  EXPECT_FALSE(found(header, genesis).has_value());
  genesis.continues = Continues{};
  const auto table = found(header, genesis);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->member(couple.other.sign)->person, 1);
}

}  // namespace
}  // namespace attune::tests
