// A relay that keeps parts of records back. What is missing is named and asked for again; and where a skeleton is
// missing, nothing that comes behind it is relied on, since the missing one may have changed what it means.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/agreement.h"
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
  couple.world.meddle(without_parts(couple.sam, true, [from](const wire::Header& header) { return header.position >= from; }));
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

/// Loses every answer of the relay to a device, as a line does that breaks in the wrong moment.
Meddling without_answers(const Device& device) {
  return [&device](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    const bool answer = frame && std::holds_alternative<wire::Stored>(*frame);
    if (&to == &device && answer) return {};
    return {message};
  };
}

TEST(Unanswered, WhatWasStoredWithoutAnAnswerIsNoStrangersAfterACrash) {
  Pair couple(4);
  // Stored by the relay, the answer lost. Put back to a copy from before, it is sent anew and lost again; and only then
  // does the first one turn up: each of the two is this device's own.
  const auto before = couple.world.store().state();
  couple.world.meddle(without_answers(couple.sam));
  couple.thank(couple.sam, "Sealed twice");
  couple.world.settle();
  const auto first = couple.world.store().state();
  couple.sam.restart();
  couple.world.restore_relay(before);
  couple.world.settle();
  couple.world.run_for(kMinute);
  couple.sam.go_offline();
  couple.sam.restart();
  couple.world.meddle({});
  couple.world.restore_relay(first);
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
}

TEST(Fork, TheTwoSignedHeadersAreKeptAsEvidence) {
  Pair couple(5);
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  couple.thank(couple.noa, "In Noa's history");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  ASSERT_TRUE(named(couple.sam, "fork"));
  const Inside sam = look_inside(couple.sam);
  const auto row = couple.sam.disk().find(client::evidence_row(sam.ours->id()));
  ASSERT_NE(row, couple.sam.disk().end());
  const auto theirs = wire::decode_record(row->second);
  ASSERT_TRUE(theirs);
  EXPECT_TRUE(wire::verify_header(theirs->header, theirs->signature));
  EXPECT_NE(sam.ours->table().seat(theirs->header.author), nullptr);
  EXPECT_FALSE(theirs->skeleton || theirs->content);
  ASSERT_LT(theirs->header.position, sam.ours->next());
  const wire::Record& mine = sam.ours->records()[theirs->header.position].record;
  EXPECT_TRUE(wire::verify_header(mine.header, mine.signature));
  EXPECT_NE(mine.header, theirs->header);
}

/// A newer Attune of the partner's says something that this one has to know to go on.
void say_something_newer(Pair& couple, std::string kind, std::uint32_t version, bool needed) {
  const Inside noa = look_inside(couple.noa);
  Hand hand(couple.world, noa.keys);
  log::Head head = log::Head::of(*noa.ours);
  log::NewEvent event;
  couple.world.dice().fill(event.id.bytes);
  event.kind = std::move(kind);
  event.version = version;
  event.needed = needed;
  event.fields = Json::object();
  event.content = Json::object();
  ASSERT_EQ(hand.append(noa.ours->id(), {make_event(couple.world, noa, head, event)}), "");
  couple.world.settle();
}

TEST(Newer, AnEventThatIsNeededMakesItsPracticeReadOnlyAndNoOther) {
  for (const auto& [kind, version] : {std::pair("cherish.woven", 1U), std::pair("cherish.thanked", 2U)}) {
    Pair couple(6);
    couple.thank(couple.sam, "Before");
    couple.world.settle();
    say_something_newer(couple, kind, version, true);
    EXPECT_TRUE(named(couple.sam, "needs-newer")) << kind;
    EXPECT_EQ(couple.sam.command("cherish.thank", {{"did", "After"}, {"says", ""}, {"felt", ""}})["code"], "reading-only");
    EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["did"], "Before");
    const std::string item = couple.offer();
    couple.world.settle();
    EXPECT_EQ(couple.question(couple.noa, item)["state"], "offered");
  }
}

TEST(Newer, AnEventThatIsNotNeededIsPassedOver) {
  Pair couple(7);
  say_something_newer(couple, "cherish.woven", 1, false);
  EXPECT_FALSE(named(couple.sam, "needs-newer"));
  couple.thank(couple.sam, "As ever");
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
}

}  // namespace
}  // namespace attune::sim
