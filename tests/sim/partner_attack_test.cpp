// What a partner with a changed client can write into *ours*, on an honest relay, to harm the other: what they wrote is
// too long for anybody, has an id that is not theirs, or takes away what was opened.
#include <gtest/gtest.h>

#include "attune/practices/cherish/events.h"
#include "attune/practices/openup/events.h"
#include "attune/space/events.h"
#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 60 * 60 * 1'000;

log::EventId event_id_of(const Json& text) {
  log::EventId out;
  EXPECT_TRUE(schema::read(text, out));
  return out;
}

/// Sam's keys in the hands of a changed client, Sam's own phone off: whatever is said goes behind what Noa's phone has.
struct Changed : Pair {
  explicit Changed(std::uint64_t seed) : Pair(seed) {}

  log::EventId fresh_id() {
    log::EventId out;
    world.dice().fill(out.bytes);
    return out;
  }
  /// Appends events and an erase of the content of others.
  void say(const std::vector<log::NewEvent>& events, const std::vector<std::uint64_t>& erases = {}) {
    sam.go_offline();
    const Inside inside = look_inside(sam);
    const Inside with = look_inside(noa);
    log::Head head = log::Head::of(*with.ours);
    std::vector<wire::Record> records;
    for (const log::NewEvent& event : events) records.push_back(make_event(world, inside, head, event));
    wire::Erase erase;
    erase.positions = erases;
    if (!erases.empty()) records.push_back(log::make_control(head, inside.keys, erase));
    Hand hand(world, inside.keys);
    ASSERT_EQ(hand.append(with.ours->id(), records), "");
    world.settle();
  }
  std::uint64_t position_of(const log::EventId& id) {
    const Inside inside = look_inside(noa);
    for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
      if (event_id_of(said.id) == id) return said.position;
    }
    ADD_FAILURE() << "nothing of this id was said";
    return 0;
  }
  void take_back(const log::EventId& of, const log::EventId& erased) {
    const std::uint64_t position = position_of(erased);
    say({log::make<space::TakenBack>(fresh_id(), {.of = of}, {.at = {}})}, {position});
  }
  /// Both have answered the question, and Noa has watched the envelopes open.
  std::string opened_question() {
    const std::string item = offer();
    sam.must("openup.answer", {{"question", item}, {"text", "A loud one"}});
    noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
    world.settle();
    noa.must("space.open-item", {{"item", item}});
    world.run_for(2 * kHour);
    return item;
  }
};

log::NewEvent thanks(const log::EventId& id, const std::string& did, std::optional<log::EventId> kept = std::nullopt) {
  return log::make<cherish::Thanked>(id, {.kept = kept}, {.did = did, .says = "", .felt = "", .at = {}});
}

void expect_at_work(Changed& couple) {
  EXPECT_EQ(couple.noa.see("app")["sync"]["connection"], "online");
  EXPECT_EQ(couple.noa.see("app")["sync"]["on_this_phone"], 0);
  const std::uint64_t before = look_inside(couple.noa).ours->next();
  couple.thank(couple.noa, "Still here");
  couple.world.settle();
  EXPECT_EQ(look_inside(couple.noa).ours->next(), before + 1);
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
}

// ---- longer than anybody may write ----

TEST(ChangedPartner, AWordingLongerThanAnybodyMayWriteIsNeitherShownNorCopied) {
  Changed couple(1);
  const log::EventId endless = couple.fresh_id();
  couple.say({thanks(endless, std::string(100'000, 'x'))});
  const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
  couple.noa.must("space.open-item", {{"item", item}});
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "");
  couple.world.run_for(2 * kHour);
  couple.take_back(endless, endless);
  couple.world.run_for(30 * kHour);
  couple.noa.restart();
  couple.world.run_for(2 * kHour);
  expect_at_work(couple);
  EXPECT_LT(look_inside(couple.noa).mine->next(), 60U);
}

TEST(ChangedPartner, AnEditLongerThanAnybodyMayWriteLeavesTheEarlierWording) {
  Changed couple(2);
  couple.thank(couple.sam, "Short and kind");
  couple.world.settle();
  const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
  couple.noa.must("space.open-item", {{"item", item}});
  couple.say({log::make<cherish::Edited>(couple.fresh_id(), {.of = event_id_of(item)},
                                         {.did = "y", .says = std::string(2'001, 'y'), .felt = "", .at = {}})});
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["did"], "Short and kind");
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["edited"].size(), 0U);
}

TEST(ChangedPartner, EndlessEditsOfWhatIsTakenBackLeaveACopyOfTheNewest) {
  Pair couple(3);
  couple.thank(couple.sam, "The first wording");
  couple.world.settle();
  const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
  for (int i = 0; i < 40; ++i) {
    const std::string part = std::to_string(i) + std::string(1'990, i % 2 == 0 ? '"' : 'e');
    couple.sam.must("cherish.edit", {{"item", item}, {"did", part}, {"says", part}, {"felt", part}});
    couple.world.settle();
  }
  couple.noa.must("space.open-item", {{"item", item}});
  const Json newest = couple.noa.see("cherish")["thanks"][0];
  couple.sam.must("space.take-back", {{"item", item}});
  couple.world.run_for(30 * kHour);
  couple.noa.restart();
  couple.world.run_for(2 * kHour);
  const Json kept = couple.noa.see("cherish")["thanks"][0];
  EXPECT_EQ(kept["taken_back"], "kept-by-me");
  for (const char* part : {"did", "says", "felt"}) EXPECT_EQ(kept[part], newest[part]);
  EXPECT_LT(kept["edited"].size(), 40U);
  EXPECT_EQ(couple.noa.see("app")["sync"]["connection"], "online");
  EXPECT_EQ(couple.noa.see("app")["sync"]["resting"], 0);
}

TEST(LongTexts, WhatDoesNotFitABeatOfMineIsRefusedWhenItIsWritten) {
  Pair couple(4);
  const std::string hard(2'000, '\x01');  // each takes six bytes in JSON
  const Json reply = couple.noa.command("cherish.keep", {{"did", hard}, {"says", hard}, {"felt", hard}});
  EXPECT_EQ(reply["ok"], false);
  EXPECT_EQ(reply["code"], "text-too-long");
  const std::string full(2'000, '"');
  couple.noa.must("cherish.keep", {{"did", full}, {"says", full}, {"felt", full}});
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["mark"], "safe");
}

// ---- an id that is not theirs ----

TEST(ChangedPartner, TheIdOfMySendingInTheirRecordDoesNotSwallowIt) {
  Changed couple(5);
  couple.noa.go_offline();
  const Json sent =
      couple.noa.must("cherish.thank", {{"did", "What I took an evening to write"}, {"says", ""}, {"felt", ""}});
  // A partner who is the relay reads the id in the append, answers that it was moved, and writes this.
  couple.say({thanks(event_id_of(sent["command"]), "Mine now")});
  couple.noa.go_online();
  couple.world.run_for(60'000);
  EXPECT_TRUE(named(couple.noa, "refused-later"));
  const std::string key = "refused/" + sent["command"].get<std::string>();
  const std::string draft = couple.noa.see("draft", {{"key", key}})["text"];
  EXPECT_TRUE(draft.contains("What I took an evening to write")) << draft;
  EXPECT_EQ(couple.noa.see("app")["sync"]["on_this_phone"], 0);
}

TEST(ChangedPartner, TheSecondIdOfMySendingInTheirRecordDoesNotSwallowHalfOfIt) {
  Changed couple(6);
  couple.noa.must("openup.write", {{"prompt", "ou-003"}, {"text", "Written for myself"}});
  couple.world.run_for(2 * kHour);
  const Json item = couple.noa.see("openup")["written"][0]["item"];
  couple.noa.go_offline();
  const Json sent = couple.noa.must("openup.send-written", {{"item", item}});
  couple.say({thanks(log::event_id(event_id_of(sent["command"]), 1), "Mine now")});
  couple.noa.go_online();
  couple.world.run_for(60'000);
  EXPECT_TRUE(named(couple.noa, "refused-later"));
  EXPECT_EQ(couple.noa.see("openup")["written"][0]["sent"], false);
  couple.noa.must("openup.send-written", {{"item", item}});
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("openup")["questions"][0]["state"], "mine-sealed");
}

TEST(ChangedPartner, TheIdOfWhatIKeptInOursDoesNotKeepItFromMine) {
  Changed couple(7);
  const Json kept = couple.noa.must("cherish.keep", {{"did", "For the jar"}, {"says", ""}, {"felt", ""}})["command"];
  couple.noa.must("cherish.send-kept", {{"item", kept}});
  couple.world.settle();  // sent, and with it the id of what waits for its beat
  couple.say({thanks(event_id_of(kept), "Mine now")});
  couple.world.run_for(2 * kHour);
  couple.noa.restart();
  couple.world.settle();
  ASSERT_EQ(couple.noa.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["did"], "For the jar");
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["mark"], "safe");
}

TEST(ChangedPartner, CanNotSayThatISentWhatIKept) {
  Changed couple(8);
  couple.noa.must("cherish.keep", {{"did", "For the jar"}, {"says", ""}, {"felt", ""}});
  couple.noa.must("openup.write", {{"prompt", "ou-003"}, {"text", "Written for myself"}});
  couple.world.run_for(2 * kHour);
  const Json kept = couple.noa.see("cherish")["kept"][0]["item"];
  const Json written = couple.noa.see("openup")["written"][0]["item"];
  couple.say({thanks(couple.fresh_id(), "From your jar", event_id_of(kept)),
              log::make<openup::Offered>(couple.fresh_id(), {.prompt = "ou-003", .written = event_id_of(written)},
                                         {.at = {}})});
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["sent"], false);
  EXPECT_EQ(couple.noa.see("openup")["written"][0]["sent"], false);
  couple.noa.must("cherish.send-kept", {{"item", kept}});
  couple.noa.must("openup.send-written", {{"item", written}});
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["kept"][0]["sent"], true);
  EXPECT_EQ(couple.noa.see("openup")["written"][0]["sent"], true);
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
}

// ---- what was opened ----

void expect_still_open(Changed& couple, const std::string& item) {
  const Json seen = couple.question(couple.noa, item);
  ASSERT_FALSE(seen.is_null()) << "the question is gone";
  EXPECT_EQ(seen["state"], "opened") << seen.dump();
  EXPECT_EQ(seen["theirs"], "A loud one");
  EXPECT_EQ(seen["mine"], "A quiet one");
}

TEST(ChangedPartner, TakingBackTheQuestionAfterBothOpenedTakesNothingAway) {
  Changed couple(9);
  const std::string item = couple.opened_question();
  couple.take_back(event_id_of(item), event_id_of(item));
  expect_still_open(couple, item);
  EXPECT_EQ(couple.noa.see("story")["moments"].size(), 1U) << couple.noa.see("story").dump(1);
  couple.noa.restart();
  couple.world.run_for(2 * kHour);
  expect_still_open(couple, item);
}

TEST(ChangedPartner, TakingBackTheirOpeningLeavesMeWhatIOpened) {
  Changed couple(10);
  const std::string item = couple.opened_question();
  log::EventId opening;
  for (const Said& said : everything_said(*look_inside(couple.noa).ours, wire::StreamKind::ours)) {
    if (said.kind == "sealed.opened" && said.person == 0) opening = event_id_of(said.id);
  }
  const Json before = couple.question(couple.noa, item);
  couple.take_back(opening, opening);
  expect_still_open(couple, item);
  EXPECT_EQ(couple.question(couple.noa, item)["opened_at"], before["opened_at"]);
  couple.noa.restart();
  couple.world.run_for(2 * kHour);
  expect_still_open(couple, item);
  const auto mine = everything_said(*look_inside(couple.noa).mine, wire::StreamKind::mine);
  EXPECT_TRUE(std::ranges::any_of(
      mine, [&](const Said& said) { return said.kind == "space.copied" && said.fields["of"] == item; }));
}

TEST(ChangedPartner, AQuestionTakenBackWhileOneIsSealedIsStillGone) {
  Pair couple(11);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
  couple.world.settle();
  couple.sam.must("space.take-back", {{"item", item}});
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("openup")["questions"].size(), 0U);
}

TEST(ChangedPartner, ErasingWithoutTakingBackTakesNothingThatWasOpened) {
  Changed couple(24);
  couple.thank(couple.sam, "For waiting with me");
  couple.world.settle();
  const Json item = couple.noa.see("cherish")["thanks"][0]["item"];
  couple.noa.must("space.open-item", {{"item", item}});
  couple.world.run_for(2 * kHour);
  couple.say({}, {couple.position_of(event_id_of(item))});
  couple.world.run_for(2 * kHour);
  couple.noa.restart();
  const Json seen = couple.noa.see("cherish")["thanks"][0];
  EXPECT_EQ(seen["did"], "For waiting with me");
  EXPECT_EQ(seen["taken_back"], "no");
}

}  // namespace
}  // namespace attune::sim
