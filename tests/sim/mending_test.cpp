// A space whose history has become two is mended: one proposes, the other says yes, and what both have in common goes
// on in another stream (PROTOCOL.md 6).
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

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

}  // namespace
}  // namespace attune::sim
