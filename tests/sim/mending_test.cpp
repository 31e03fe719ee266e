// A space whose history has become two is mended: one proposes, the other says yes, and what both have in common goes
// on in another stream (PROTOCOL.md 6).
#include <gtest/gtest.h>

#include "attune/practices/cherish/events.h"
#include "attune/space/enrol.h"
#include "attune/space/mending.h"
#include "sim/hand.h"
#include "sim/inside.h"
#include "tests/sim/forking.h"
#include "tests/sim/meeting.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;

Json state(Device& device) { return device.see("mending")["state"]; }

Json confirm(Device& device) {
  return device.command("space.mend-confirm", {{"stream", device.see("mending")["stream"]}});
}

std::vector<std::string> thanks(Device& device) {
  std::vector<std::string> out;
  for (const Json& each : device.see("cherish")["thanks"]) {
    if (!each["by_me"].get<bool>() && !each["opened"].get<bool>() && each["taken_back"] == "no") {
      device.must("space.open-item", {{"item", each["item"]}});
    }
  }
  for (const Json& each : device.see("cherish")["thanks"]) out.push_back(each["did"]);
  return out;
}

/// "Before" is what both have; behind it the relay showed each of them a history of their own.
struct TwoHistories {
  Pair couple;
  server::MemoryStore::State before;

  explicit TwoHistories(std::uint64_t seed, std::size_t each = 1, const std::function<void(Pair&)>& first = {})
      : couple(seed) {
    couple.thank(couple.sam, "Before");
    couple.world.settle();
    if (first) first(couple);
    couple.world.settle();
    part(each);
  }
  void part(std::size_t each, Device* with_noa = nullptr) {
    before = couple.world.store().state();
    couple.noa.go_offline();
    if (with_noa != nullptr) with_noa->go_offline();
    for (std::size_t n = 0; n < each; ++n) couple.thank(couple.sam, "In Sam's history");
    couple.world.settle();
    couple.sam.go_offline();
    couple.world.restore_relay(before);
    couple.noa.go_online();
    if (with_noa != nullptr) with_noa->go_online();
    couple.world.run_for(2 * kMinute);
    for (std::size_t n = 0; n < each; ++n) couple.thank(couple.noa, "In Noa's history");
    couple.world.settle();
  }
  void meet() {
    couple.sam.go_online();
    couple.world.run_for(2 * kMinute);
  }
  void mended(const std::vector<std::string>& kept = {"Before"}) {
    for (Device* device : {&couple.sam, &couple.noa}) {
      EXPECT_EQ(state(*device), "done") << device->name();
      EXPECT_EQ(device->see("app")["reading_only"], false) << device->name();
      EXPECT_FALSE(named(*device, "fork")) << device->name();
      EXPECT_EQ(device->see("app")["sync"]["on_this_phone"], 0) << device->name();
      EXPECT_EQ(thanks(*device), kept) << device->name();
    }
    EXPECT_EQ(couple.sam.see("step")["words"], couple.noa.see("step")["words"]);
  }
  void goes_on() {
    couple.thank(couple.noa, "And on it goes");
    couple.world.settle();
    EXPECT_EQ(opened_thanks(couple.sam), "And on it goes");
    couple.thank(couple.sam, "Both ways");
    couple.world.settle();
    EXPECT_EQ(opened_thanks(couple.noa), "Both ways");
  }
};

TEST(Mending, WhatBothHaveInCommonGoesOnOnceBothHaveSaidYes) {
  TwoHistories scene(901, 3);
  Pair& couple = scene.couple;
  EXPECT_EQ(state(couple.sam), "none");
  EXPECT_EQ(couple.sam.command("space.mend")["code"], "nothing-to-mend");
  scene.meet();
  ASSERT_TRUE(named(couple.sam, "fork"));
  EXPECT_EQ(state(couple.sam), "possible");
  EXPECT_EQ(couple.sam.see("mending")["mine"], 3);
  couple.sam.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(state(couple.sam), "waiting");
  EXPECT_EQ(state(couple.noa), "asked");
  EXPECT_EQ(couple.noa.see("mending")["mine"], 3);
  EXPECT_EQ(couple.noa.see("mending")["until"], couple.sam.see("cherish")["thanks"][3]["at"]);
  // Nothing is decided by one alone: Noa goes on as before, Sam still reads.
  EXPECT_EQ(couple.sam.see("app")["reading_only"], true);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 4U);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 4U);
  EXPECT_EQ(couple.noa.see("app")["reading_only"], false);
  EXPECT_EQ(confirm(couple.noa)["ok"], true);
  couple.world.run_for(2 * kHour);
  scene.mended();
  scene.goes_on();
  couple.world.run_for(2 * kHour);
  scene.mended({"Both ways", "And on it goes", "Before"});
  // What was written behind it is still to be read where it was written, and can be sent again by its author.
  ASSERT_EQ(couple.sam.see("earlier")["items"].size(), 3U);
  EXPECT_EQ(couple.sam.see("earlier")["items"][0]["text"], "In Sam's history");
  EXPECT_EQ(couple.noa.see("earlier")["items"][0]["text"], "In Noa's history");
  ASSERT_EQ(couple.sam.see("offers")["offers"].size(), 3U);
  couple.sam.must("cherish.send-kept", {{"item", couple.sam.see("offers")["offers"][0]["item"]}});
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "In Sam's history");
  for (Device* device : {&couple.sam, &couple.noa}) EXPECT_EQ(notices(*device), std::vector<std::string>{});
}

TEST(Mending, WhoWasInvitedMayProposeItAsWell) {
  TwoHistories scene(902);
  Pair& couple = scene.couple;
  scene.meet();
  couple.noa.must("space.check-step", {{"code", couple.sam.see("step")["code"]}});
  EXPECT_EQ(couple.noa.see("step")["check"], "different");
  EXPECT_EQ(state(couple.noa), "possible");
  couple.noa.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(state(couple.sam), "asked");
  EXPECT_EQ(confirm(couple.sam)["ok"], true);
  couple.world.run_for(2 * kHour);
  scene.mended();
  scene.goes_on();
}

TEST(Mending, BothAtOnceChooseTheSameOne) {
  for (const std::uint64_t seed : {903U, 904U, 905U, 906U}) {
    TwoHistories scene(seed, 1 + seed % 2);  // with one thing each, both name the same place
    Pair& couple = scene.couple;
    couple.sam.go_online();
    couple.world.run_for(2 * kMinute);
    couple.noa.must("space.check-step", {{"code", couple.sam.see("step")["code"]}});
    couple.world.delays(300);
    couple.sam.must("space.mend");
    couple.noa.must("space.mend");
    couple.world.run_for(kMinute);
    const bool sam_asked = state(couple.sam) == "asked";
    EXPECT_EQ(state(sam_asked ? couple.noa : couple.sam), "waiting");
    Device& asked = sam_asked ? couple.sam : couple.noa;
    EXPECT_EQ(state(asked), "asked");
    EXPECT_EQ(confirm(asked)["ok"], true);
    couple.world.run_for(2 * kHour);
    scene.mended();
    scene.goes_on();
  }
}

TEST(Mending, APlaceThatOnlyOneOfThemHasIsNoPlaceToGoOnFrom) {
  TwoHistories scene(907, 4);
  Pair& couple = scene.couple;
  // The relay shows Sam the newest of Noa's records and nothing before it, so Sam names a place too far on.
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &couple.sam || records == nullptr) return {message};
    std::erase_if(records->records, [&](const Bytes& raw) {
      const auto record = wire::decode_record(raw);
      return record && record->header.position > 0 && record->header.position < records->head;
    });
    return {wire::encode(wire::FromRelay(*records))};
  });
  scene.meet();
  ASSERT_TRUE(named(couple.sam, "fork"));
  couple.world.meddle({});
  couple.sam.must("space.mend");
  couple.world.run_for(kMinute);
  // Noa's phone does not have that place: it says so, and Noa may propose one further back.
  EXPECT_EQ(state(couple.noa), "possible");
  EXPECT_TRUE(named(couple.noa, "fork"));
  couple.noa.must("space.mend");
  couple.world.run_for(kMinute);
  for (int round = 0; round < 4 && state(couple.noa) != "asked" && state(couple.sam) != "asked"; ++round) {
    couple.world.run_for(kMinute);
  }
  Device& asked = state(couple.noa) == "asked" ? couple.noa : couple.sam;
  EXPECT_EQ(confirm(asked)["ok"], true);
  couple.world.run_for(2 * kHour);
  scene.mended(thanks(couple.sam));
  scene.goes_on();
}

TEST(Mending, EachStepOutlivesTheEndOfTheProcess) {
  TwoHistories scene(908);
  Pair& couple = scene.couple;
  scene.meet();
  const auto both_restart = [&] {
    couple.sam.restart();
    couple.noa.restart();
  };
  both_restart();
  couple.world.run_for(kMinute);
  EXPECT_EQ(state(couple.sam), "possible");
  couple.sam.go_offline();
  couple.sam.must("space.mend");
  both_restart();
  EXPECT_EQ(state(couple.sam), "waiting");
  EXPECT_EQ(couple.sam.see("app")["sync"]["on_this_phone"], 1);
  couple.sam.go_online();
  couple.world.run_for(kMinute);
  EXPECT_EQ(state(couple.noa), "asked");
  couple.noa.go_offline();
  both_restart();
  EXPECT_EQ(state(couple.noa), "asked");
  EXPECT_EQ(confirm(couple.noa)["ok"], true);
  both_restart();
  EXPECT_EQ(state(couple.noa), "waiting");
  EXPECT_EQ(couple.noa.see("app")["reading_only"], true);
  EXPECT_EQ(couple.noa.see("app")["sync"]["on_this_phone"], 1);
  couple.noa.go_online();
  couple.world.run_for(2 * kHour);
  both_restart();
  couple.world.run_for(2 * kHour);
  scene.mended();
  scene.goes_on();
  both_restart();
  couple.world.run_for(2 * kHour);
  scene.mended({"Both ways", "And on it goes", "Before"});
  EXPECT_EQ(couple.sam.see("earlier")["items"].size(), 1U);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
}

TEST(Mending, PowerMayFailAtAnyStep) {
  for (std::size_t after = 1; after < 30; after += 2) {
    TwoHistories scene(909);
    Pair& couple = scene.couple;
    scene.meet();
    couple.sam.lose_power_after(after);
    couple.noa.lose_power_after(after);
    const auto power_back = [&] {
      for (Device* device : {&couple.sam, &couple.noa}) {
        if (device->running()) continue;
        device->lose_power_after(std::nullopt);
        device->restart();
      }
    };
    for (int tries = 0; tries < 6; ++tries) {
      if (state(couple.sam) == "possible") couple.sam.command("space.mend");
      couple.world.run_for(kMinute);
      power_back();
      if (state(couple.noa) == "asked") confirm(couple.noa);
      couple.world.run_for(kMinute);
      power_back();
    }
    couple.sam.lose_power_after(std::nullopt);
    couple.noa.lose_power_after(std::nullopt);
    couple.world.run_for(3 * kHour);
    scene.mended();
  }
}

TEST(Mending, WhatWasStillWaitingIsSentInTheNewStream) {
  TwoHistories scene(910);
  Pair& couple = scene.couple;
  couple.thank(couple.sam, "Written while there was no line");
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(confirm(couple.noa)["ok"], true);
  couple.world.run_for(2 * kHour);
  scene.mended({"Written while there was no line", "Before"});
}

TEST(Mending, WhatWasTakenBackMeanwhileDoesNotComeBack) {
  Pair couple(911);
  couple.thank(couple.sam, "Taken back in one of the two");
  couple.world.settle();
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.sam.must("space.take-back", {{"item", couple.sam.see("cherish")["thanks"][0]["item"]}});
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  couple.thank(couple.noa, "In Noa's history");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  couple.sam.must("space.mend");
  couple.world.settle();
  const std::string row = client::record_row(*look_inside(couple.noa).profile.ours, 0);
  const auto contents_of_sam = [&] {
    std::size_t out = 0;
    for (const auto& [key, value] : couple.noa.disk()) {
      const auto record = key.starts_with(row.substr(0, row.size() - 16)) ? wire::decode_record(value)
                                                                          : Result<wire::Record>(refuse(log::kGap));
      if (record && record->content && record->header.author == look_inside(couple.sam).keys.sign) ++out;
    }
    return out;
  };
  const std::size_t there = contents_of_sam();
  confirm(couple.noa);
  couple.world.run_for(kHour);
  EXPECT_EQ(state(couple.sam), "done");
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["taken_back"], "gone");
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["taken_back"], "gone");
  // And its words are gone from Noa's phone, in the old stream too.
  EXPECT_EQ(contents_of_sam() + 1, there);
  couple.noa.restart();
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["taken_back"], "gone");
}

TEST(Mending, OneCanLeaveInsteadOfProposing) {
  TwoHistories scene(912);
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.close");
  couple.world.run_for(kHour);
  EXPECT_EQ(state(couple.sam), "none");
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
  EXPECT_EQ(couple.sam.command("space.mend")["code"], "reading-only");
}

TEST(Mending, OneCanLeaveWhileTheOtherIsAsked) {
  for (const bool proposer : {true, false}) {
    TwoHistories scene(913);
    Pair& couple = scene.couple;
    scene.meet();
    couple.sam.must("space.mend");
    couple.world.settle();
    ASSERT_EQ(state(couple.noa), "asked");
    Device& leaves = proposer ? couple.sam : couple.noa;
    Device& stays = proposer ? couple.noa : couple.sam;
    leaves.must("space.close");
    couple.world.run_for(kHour);
    EXPECT_EQ(state(leaves), "none");
    EXPECT_EQ(leaves.see("app")["closed"], true);
    EXPECT_NE(state(stays), "asked");
    EXPECT_NE(state(stays), "done");
    if (proposer) {
      EXPECT_EQ(stays.see("app")["closed"], true);
    }
    leaves.restart();
    couple.world.run_for(kHour);
    EXPECT_EQ(leaves.see("app")["closed"], true);
  }
}

TEST(Mending, AfterItTheSpaceCanBeLeftAsEver) {
  TwoHistories scene(914);
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(kHour);
  couple.noa.must("space.close");
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.sam.see("app")["closed"], true);
  EXPECT_EQ(thanks(couple.sam), std::vector<std::string>{"Before"});
  couple.sam.restart();
  couple.world.run_for(kHour);
  EXPECT_EQ(thanks(couple.sam), std::vector<std::string>{"Before"});
}

TEST(Mending, ARelayThatKeepsTheProposalToItselfChangesNothing) {
  TwoHistories scene(915);
  Pair& couple = scene.couple;
  scene.meet();
  const StreamId old = *look_inside(couple.noa).profile.ours;
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    if (&to == &couple.noa && frame && std::holds_alternative<wire::Joined>(*frame)) return {};
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to == &couple.noa && records != nullptr && records->stream != old &&
        records->stream != *look_inside(couple.noa).profile.mine) {
      return {};
    }
    return {message};
  });
  couple.sam.must("space.mend");
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(state(couple.sam), "waiting");
  EXPECT_EQ(state(couple.noa), "none");
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 2U);
  couple.sam.must("space.close");
  couple.world.run_for(kHour);
  EXPECT_EQ(couple.noa.see("app")["closed"], true);
}

TEST(Mending, TheNewStreamMayBeForkedAsWellAndIsMendedInTheSameWay) {
  TwoHistories scene(916);
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.goes_on();
  scene.part(2);
  scene.meet();
  ASSERT_TRUE(named(couple.sam, "fork"));
  EXPECT_EQ(state(couple.sam), "possible");
  couple.sam.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(state(couple.noa), "asked");
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended({"Both ways", "And on it goes", "Before"});
  scene.goes_on();
  couple.sam.restart();
  couple.noa.restart();
  couple.world.run_for(kHour);
  scene.mended({"Both ways", "And on it goes", "Both ways", "And on it goes", "Before"});
  EXPECT_EQ(couple.sam.see("earlier")["items"].size(), 3U);
}

// ---- sealed answers ----

TEST(Mending, AnAnswerThatWasSealedAndNotOpenedByBothStaysShutAndIsKeptByItsAuthor) {
  std::string item;
  TwoHistories scene(917, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sealed by Sam before"}});
    couple.world.settle();
  });
  Pair& couple = scene.couple;
  // In Noa's history both have answered: Sam's phone is away, so only Noa's seal is there.
  couple.noa.must("openup.answer", {{"question", item}, {"text", "Sealed by Noa behind it"}});
  couple.world.settle();
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    const Json question = couple.question(*device, item);
    EXPECT_EQ(question["state"], "not-opened") << device->name();
    EXPECT_EQ(question["theirs"], nullptr) << device->name();
    EXPECT_EQ(device->command("openup.answer", {{"question", item}, {"text", "Again"}})["code"],
              device == &couple.sam ? "already-sealed" : "question-left-behind");
  }
  // Nothing of either is opened, whatever else is said.
  couple.world.run_for(5 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.question(*device, item)["theirs"], nullptr);
    const Json kept = device->see("openup")["written"];
    ASSERT_EQ(kept.size(), 1U) << device->name();
    EXPECT_EQ(kept[0]["text"], device == &couple.sam ? "Sealed by Sam before" : "Sealed by Noa behind it");
    EXPECT_EQ(device->see("offers")["offers"].size(), 2U);
  }
  // Asked again, it is a new question, sealed for the new stream.
  const std::string again = couple.offer();
  couple.sam.must("openup.answer", {{"question", again}, {"text", "Now then"}});
  couple.noa.must("openup.answer", {{"question", again}, {"text", "And mine"}});
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.question(couple.sam, again)["state"], "opened");
  EXPECT_EQ(couple.question(couple.sam, again)["theirs"], "And mine");
}

TEST(Mending, AnswersThatBothHadOpenedStayOpen) {
  std::string item;
  TwoHistories scene(918, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's"}});
    couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's"}});
    couple.world.settle();
  });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.sam, item)["theirs"], "Noa's");
  EXPECT_EQ(couple.question(couple.noa, item)["theirs"], "Sam's");
}

TEST(Mending, AnUnansweredQuestionFromBeforeTellsNobodyWhetherTheOtherHadSealed) {
  std::string item;
  TwoHistories scene(919, 1, [&](Pair& couple) { item = couple.offer(); });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.question(*device, item)["state"], "not-opened");
  }
}

// ---- several devices ----

/// A device that comes in beside the first by a link and four words.
void let_in(World& world, Device& first, Device& other, const std::string& name) {
  const Json link = first.must("space.add-device", {{"app", "https://app.example"}})["link"];
  world.settle();
  other.must("space.join", {{"link", link}});
  world.settle();
  other.must("space.accept", {{"name", name}});
  world.settle();
  tap_same(first, "invitation");
  tap_same(other, "joining");
  world.run_for(2 * kHour);
}

TEST(Mending, OtherDevicesOfBothFollowByThemselves) {
  Device* tablet = nullptr;
  Device* laptop = nullptr;
  TwoHistories scene(920, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    laptop = &couple.world.add("Noa's laptop");
    let_in(couple.world, couple.noa, *laptop, "Laptop");
    laptop->go_offline();
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  tablet->go_online();
  laptop->go_online();
  couple.world.run_for(3 * kHour);
  for (Device* device : {tablet, laptop}) {
    EXPECT_EQ(state(*device), "done") << device->name();
    EXPECT_EQ(device->see("app")["reading_only"], false) << device->name();
    EXPECT_EQ(device->see("step")["words"], couple.sam.see("step")["words"]) << device->name();
    EXPECT_EQ(device->see("cherish")["thanks"].size(), 1U) << device->name();
  }
  couple.thank(*tablet, "From the tablet");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "From the tablet");
  EXPECT_EQ(opened_thanks(*laptop), "From the tablet");
  for (Device* device : {&couple.sam, &couple.noa, tablet, laptop}) {
    EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
  }
}

TEST(Mending, AProposalFromTheTabletIsWaitedForOnThePhone) {
  Device* tablet = nullptr;
  TwoHistories scene(921, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  // The tablet gets Noa's history, the phone has its own: each names its place in *mine*.
  tablet->go_online();
  couple.world.run_for(2 * kHour);
  scene.meet();
  couple.world.run_for(2 * kHour);
  Device& proposes = state(*tablet) == "possible" ? *tablet : couple.sam;
  proposes.must("space.mend");
  couple.world.settle();
  EXPECT_EQ(state(couple.sam), "waiting");
  EXPECT_EQ(state(*tablet), "waiting");
  EXPECT_EQ(state(couple.noa), "asked");
  confirm(couple.noa);
  couple.world.run_for(3 * kHour);
  EXPECT_EQ(state(*tablet), "done");
  EXPECT_EQ(state(couple.sam), "done");
  EXPECT_EQ(tablet->see("step")["words"], couple.noa.see("step")["words"]);
  // What Sam wrote behind the common place is offered once, not once for each device.
  EXPECT_EQ(couple.sam.see("offers")["offers"].size(), couple.sam.see("earlier")["items"].size());
}

TEST(Mending, ADeviceThatWasTakenOutBehindTheCommonPlaceIsNotInTheSuccessor) {
  Device* tablet = nullptr;
  TwoHistories scene(922, 1, [&](Pair& couple) {
    tablet = &couple.world.add("Sam's tablet");
    let_in(couple.world, couple.sam, *tablet, "Tablet");
    tablet->go_offline();
  });
  Pair& couple = scene.couple;
  const SignKey gone = look_inside(*tablet).keys.sign;
  scene.meet();
  tablet->go_online();
  couple.world.run_for(kHour);
  Json key;
  for (const Json& device : couple.sam.see("devices")["devices"]) {
    if (device["name"] == "Tablet") key = device["key"];
  }
  couple.sam.must("space.remove-device", {{"key", key}});
  couple.world.run_for(2 * kHour);
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  const Inside noa = look_inside(couple.noa);
  EXPECT_EQ(noa.ours->table().member(gone), nullptr);
  EXPECT_EQ(noa.ours->table().seat(gone), nullptr);
  EXPECT_NE(state(*tablet), "done");
}

TEST(Mending, ADeviceOfTheOneWhoSaysYesThatWasTakenOutGoesBeforeAnythingIsSaid) {
  Device* laptop = nullptr;
  TwoHistories scene(923, 1, [&](Pair& couple) {
    laptop = &couple.world.add("Noa's laptop");
    let_in(couple.world, couple.noa, *laptop, "Laptop");
    laptop->go_offline();
  });
  Pair& couple = scene.couple;
  const SignKey gone = look_inside(*laptop).keys.sign;
  // Noa takes it out in Noa's history; Sam has never heard of that.
  Json key;
  for (const Json& device : couple.noa.see("devices")["devices"]) {
    if (device["name"] == "Laptop") key = device["key"];
  }
  couple.noa.must("space.remove-device", {{"key", key}});
  couple.world.run_for(2 * kHour);
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  scene.mended();
  const Inside sam = look_inside(couple.sam);
  EXPECT_EQ(sam.ours->table().member(gone), nullptr);
  EXPECT_EQ(sam.ours->table().epoch, 1U);
  for (const log::Held& held : sam.ours->records()) {
    if (held.record.header.position > 1 && held.record.header.cls == wire::Class::event) {
      EXPECT_EQ(held.record.header.epoch, 1U);
    }
  }
}

TEST(Mending, ADeviceThatComesInAfterwardsHasWhatWasSaidBeforeAsWell) {
  std::string item;
  TwoHistories scene(924, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's"}});
    couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's"}});
  });
  Pair& couple = scene.couple;
  scene.meet();
  mend(couple.world, couple.sam, couple.noa);
  scene.goes_on();
  couple.world.run_for(2 * kHour);
  Device& tablet = couple.world.add("Sam's tablet");
  let_in(couple.world, couple.sam, tablet, "Tablet");
  for (const bool restarted : {false, true}) {
    if (restarted) {
      tablet.restart();
      couple.world.run_for(kMinute);
    }
    EXPECT_EQ(tablet.see("cherish")["thanks"], couple.sam.see("cherish")["thanks"]);
    EXPECT_EQ(couple.question(tablet, item)["state"], "opened");
    EXPECT_EQ(tablet.see("story"), couple.sam.see("story"));
    EXPECT_EQ(tablet.see("app")["reading_only"], false);
  }
  couple.thank(tablet, "From the tablet");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "From the tablet");
  for (Device* device : {&couple.sam, &couple.noa, &tablet}) EXPECT_EQ(notices(*device), std::vector<std::string>{});
}

TEST(Mending, TheTwelveWordsBringBackWhatWasSaidBeforeAsWell) {
  TwoHistories scene(925);
  Pair& couple = scene.couple;
  scene.meet();
  mend(couple.world, couple.sam, couple.noa);
  scene.goes_on();
  const std::string words = couple.sams_words();
  couple.world.run_for(2 * kHour);
  couple.sam.stop();
  Device& fresh = couple.world.add("Sam's new phone");
  fresh.must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.run_for(kMinute);
  ASSERT_EQ(fresh.see("recovering")["state"], "devices");
  fresh.must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(thanks(fresh), (std::vector<std::string>{"Both ways", "And on it goes", "Before"}));
  couple.thank(fresh, "Back again");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "Back again");
}

// ---- changed clients ----

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
