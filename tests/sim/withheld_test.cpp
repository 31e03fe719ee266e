// A relay that keeps parts of records back. What is missing is named and asked for again; and where a skeleton is
// missing, nothing that comes behind it is relied on, since the missing one may have changed what it means.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// Takes parts out of every event of *ours* on its way to one device, where `which` says so.
template <class Which>
Meddling without_parts(const Device& device, bool skeletons_too, Which which) {
  return [&device, skeletons_too, which](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame && &to == &device ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (records == nullptr) return {message};
    for (Bytes& raw : records->records) {
      auto record = wire::decode_record(raw);
      if (!record || record->header.cls != wire::Class::event || !which(record->header)) continue;
      record->content.reset();
      if (skeletons_too) record->skeleton.reset();
      raw = wire::encode(*record);
    }
    return {wire::encode(wire::FromRelay(*records))};
  };
}

std::size_t openings_by(const Device& device, int person) {
  const Inside inside = look_inside(device);
  const auto said = everything_said(*inside.ours, wire::StreamKind::ours);
  return static_cast<std::size_t>(std::ranges::count_if(
      said, [&](const Said& each) { return each.kind == "sealed.opened" && each.person == person; }));
}

// The relay and one partner together: the taking back is kept from the other, who would then post an opening that the
// partner can read without having sealed anything.
TEST(Withheld, ASkeletonThatIsKeptBackOpensNoSealedAnswer) {
  Pair couple(1);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "Only if you have answered, too"}});
  couple.world.settle();
  // Noa takes the answer back; what says so reaches Sam as a header alone.
  const auto from = look_inside(couple.noa).ours->next();
  couple.world.meddle(
      without_parts(couple.sam, true, [from](const wire::Header& header) { return header.position >= from; }));
  couple.noa.must("space.take-back", {{"item", item}});
  couple.world.settle();
  couple.sam.must("openup.answer", {{"question", item}, {"text", "What I would say only to your answer"}});
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(openings_by(couple.noa, 0), 0U);
  EXPECT_TRUE(named(couple.sam, "withheld"));
  // Once the relay hands it out, the two go on as if nothing had been.
  couple.world.meddle({});
  couple.sam.restart();
  couple.world.run_for(2 * kMinute);
  EXPECT_FALSE(named(couple.sam, "withheld"));
  EXPECT_EQ(openings_by(couple.noa, 0), 0U);
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "mine-sealed");
  for (Device* device : {&couple.sam, &couple.noa}) EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
}

TEST(Withheld, AContentThatComesLaterIsShownAndNoLongerNamed) {
  Pair couple(2);
  couple.world.meddle(without_parts(couple.noa, false, [](const wire::Header&) { return true; }));
  couple.thank(couple.sam, "Late but whole");
  couple.world.run_for(kMinute);
  ASSERT_TRUE(named(couple.noa, "withheld"));
  const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
  couple.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "");
  couple.world.meddle({});
  couple.noa.go_offline();
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "Late but whole");
  EXPECT_FALSE(named(couple.noa, "withheld"));
  couple.noa.restart();  // and it lies on the disk
  couple.noa.go_offline();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "Late but whole");
}

TEST(Withheld, WhatWasErasedMeanwhileIsNotBroughtBack) {
  Pair couple(3);
  couple.world.meddle(without_parts(couple.noa, false, [](const wire::Header&) { return true; }));
  couple.thank(couple.sam, "Taken back before it was read");
  couple.world.settle();
  const Json item = couple.sam.see("cherish")["thanks"][0]["item"];
  const auto before = couple.world.store().state();
  couple.sam.must("space.take-back", {{"item", item}});
  couple.world.settle();
  couple.world.meddle({});
  couple.noa.go_offline();
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  EXPECT_FALSE(named(couple.noa, "withheld"));
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["taken_back"], "gone");
}

TEST(WithheldOpening, IsNotTakenForOneThatWasTakenBack) {
  Pair couple(61);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
  couple.world.settle();
  // From here on Sam's records reach Noa without their words: the commit, whose box nobody else opens, and the opening.
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &couple.noa || records == nullptr) return {message};
    for (Bytes& raw : records->records) {
      auto record = wire::decode_record(raw);
      if (!record || record->header.cls != wire::Class::event) continue;
      record->content.reset();
      raw = wire::encode(*record);
    }
    return {wire::encode(wire::FromRelay(*records))};
  });
  couple.sam.must("openup.answer", {{"question", item}, {"text", "A loud one"}});
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "withheld") << seen.dump();
  EXPECT_TRUE(seen["theirs"].is_null());
  EXPECT_EQ(seen["mine"], "A quiet one");
  EXPECT_TRUE(named(couple.noa, "withheld"));
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "opened");
}

}  // namespace
}  // namespace attune::sim
