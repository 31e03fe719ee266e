// A second phone of the same person: let in by the first with a link and four words, listed, named, taken out.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/letting.h"
#include "tests/sim/relay_eye.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 3'600'000;

struct OwnDevice : testing::Test {
  Pair couple{61};
  Device& tablet = couple.world.add("Tablet");
  Letting letting{.world = couple.world, .first = couple.sam, .tablet = tablet};

  void nobody_is_told_of_anything() {
    for (Device* device : {&couple.sam, &couple.noa, &tablet}) {
      EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
    }
  }
};

TEST_F(OwnDevice, ALinkAndFourWordsMakeItOneMoreOfTheSamePerson) {
  couple.thank(couple.noa, "You waited");
  couple.sam.must("cherish.keep", {{"did", "For me alone"}, {"says", ""}, {"felt", ""}});
  couple.world.run_for(2 * kHour);
  letting.let_in();
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(tablet.see("app")["name"], "Sam");
  EXPECT_EQ(tablet.see("app")["partner"], "Noa");
  EXPECT_EQ(tablet.see("cherish"), couple.sam.see("cherish"));
  EXPECT_EQ(tablet.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(letting.listed("Tablet")["this_one"], false);
  EXPECT_EQ(couple.sam.see("invitation")["state"], "joined");
  couple.thank(tablet, "From the tablet");
  couple.world.settle();
  EXPECT_EQ(opened_thanks(couple.noa), "From the tablet");
  EXPECT_EQ(couple.noa.see("cherish")["thanks"][0]["by_me"], false);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["by_me"], true);
  // What was there before is no news on it.
  EXPECT_EQ(tablet.see("today")["since"].size(), 0U);
  nobody_is_told_of_anything();
}

TEST_F(OwnDevice, ItComesInBesideSomebodyWhoIsStillAlone) {
  Meeting meeting(62);
  Device& phone = meeting.world.add("Tablet");
  meeting.sam.must("openup.write", {{"prompt", "ou-002"}, {"text", "Written alone"}});
  meeting.world.run_for(2 * kHour);
  Letting alone{.world = meeting.world, .first = meeting.sam, .tablet = phone};
  alone.let_in();
  meeting.world.run_for(2 * kHour);
  EXPECT_EQ(phone.see("app")["phase"], "alone");
  EXPECT_EQ(phone.see("openup"), meeting.sam.see("openup"));
  EXPECT_EQ(phone.see("openup")["written"][0]["text"], "Written alone");
}

TEST_F(OwnDevice, TheLinkCanBeTypedAsWords) {
  letting.link();
  std::string typed;
  for (const Json& word : couple.sam.see("invitation")["link_words"]) typed += word.get<std::string>() + " ";
  ASSERT_EQ(couple.sam.see("invitation")["link_words"].size(), 24U);
  EXPECT_EQ(tablet.command("space.join", {{"link", typed}})["code"], "link-short");
  letting.until_words(typed + couple.world.relay_address());
}

TEST_F(OwnDevice, NothingChangesBeforeTheTapOfTheFirst) {
  letting.until_words(letting.link());
  const auto before = look_inside(couple.sam).mine->table().seats.size();
  tap_same(tablet, "joining");
  couple.world.run_for(kHour);
  EXPECT_EQ(look_inside(couple.sam).mine->table().seats.size(), before);
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
}

TEST_F(OwnDevice, NothingIsTakenUpBeforeItsOwnTap) {
  letting.until_words(letting.link());
  tap_same(couple.sam, "invitation");
  couple.world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  EXPECT_EQ(tablet.see("joining")["state"], "compare");
  tablet.restart();
  couple.world.settle();
  tap_same(tablet, "joining");
  couple.world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  nobody_is_told_of_anything();
}

TEST_F(OwnDevice, WhereTheNewOneSaysTheWordsDifferItIsTakenOutAgain) {
  letting.until_words(letting.link());
  tap_same(couple.sam, "invitation");
  couple.world.settle();
  tablet.must("space.different-words");
  couple.world.run_for(kHour);
  const Inside inside = look_inside(couple.sam);
  for (const log::Stream* stream : {inside.mine.get(), inside.ours.get()}) {
    std::size_t there = 0;
    for (const wire::Seat& seat : stream->table().seats) {
      there += !seat.removed_at && seat.member.self == *inside.profile.mine ? 1U : 0U;
    }
    EXPECT_LE(there, 1U);
    EXPECT_EQ(stream->table().epoch, 1U);  // it had been handed the key before it
  }
  EXPECT_EQ(couple.sam.see("invitation")["ended"], "different-words");
  EXPECT_EQ(tablet.see("app")["phase"], "fresh");
}

TEST_F(OwnDevice, AnotherLifeBegunOnItIsNotMergedAway) {
  tablet.must("space.start", {{"relay", couple.world.relay_address()}});
  couple.world.settle();
  const std::string link = letting.link();
  couple.world.settle();
  tablet.must("space.join", {{"link", link}});
  couple.world.settle();
  EXPECT_EQ(tablet.see("joining")["ended"], "already-started");
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
}

TEST_F(OwnDevice, ATapIsKeptThoughThePhoneDiesOverIt) {
  letting.until_words(letting.link());
  couple.sam.go_offline();
  tap_same(couple.sam, "invitation");
  couple.sam.restart();
  tap_same(tablet, "joining");
  couple.world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  couple.sam.go_online();
  couple.world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  nobody_is_told_of_anything();
}

TEST_F(OwnDevice, ItIsNotTakenInByAnExchangeOfSomebodyElse) {
  // The partner knows every key and join of Sam's; a stream of theirs that names them is none of Sam's *mine*.
  letting.until_words(letting.link());
  tap_same(tablet, "joining");
  couple.world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  EXPECT_EQ(couple.noa.see("devices")["devices"].size(), 1U);
}

TEST_F(OwnDevice, ANameIsGivenFromAnyOfThem) {
  letting.let_in();
  couple.world.run_for(2 * kHour);
  const Json key = letting.listed("Tablet")["key"];
  couple.sam.must("space.name-device", {{"name", "Old tablet"}, {"key", key}});
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(tablet.see("devices"), [&] {
    Json seen = couple.sam.see("devices");
    for (Json& device : seen["devices"]) device["this_one"] = device["key"] == key;
    return seen;
  }());
  EXPECT_FALSE(letting.listed("Old tablet").is_null());
}

TEST_F(OwnDevice, ARemovedOneReadsNothingThatComesAfter) {
  letting.let_in();
  couple.world.run_for(2 * kHour);
  couple.sam.must("space.remove-device", {{"key", letting.listed("Tablet")["key"]}});
  EXPECT_EQ(letting.listed("Tablet")["removing"], true);
  couple.sam.restart();
  couple.world.run_for(2 * kHour);
  EXPECT_TRUE(letting.listed("Tablet").is_null());
  EXPECT_TRUE(named(tablet, "not-a-member-any-more"));
  couple.thank(couple.noa, "Only for Sam's phone");
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(tablet.see("cherish")["thanks"].size(), 0U);
  // The removal and the new epoch are one record in each stream, and nothing under the old one follows.
  const Inside inside = look_inside(couple.sam);
  for (const log::Stream* stream : {inside.mine.get(), inside.ours.get()}) {
    EXPECT_EQ(stream->table().epoch, 1U);
    std::optional<std::uint64_t> removed_at;
    for (const wire::Seat& seat : stream->table().seats) {
      if (seat.removed_at) removed_at = seat.removed_at;
    }
    ASSERT_TRUE(removed_at);
    for (const log::Held& held : stream->records()) {
      if (held.record.header.position > *removed_at) EXPECT_EQ(held.record.header.epoch, 1U);
    }
  }
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
}

TEST_F(OwnDevice, TwoThatRemoveEachOtherEndWithOneLeft) {
  letting.let_in();
  couple.world.run_for(2 * kHour);
  const Json sams = [&] {
    for (const Json& device : couple.sam.see("devices")["devices"]) {
      if (device["this_one"] == true) return device["key"];
    }
    return Json();
  }();
  couple.world.delays(200);
  couple.sam.must("space.remove-device", {{"key", letting.listed("Tablet")["key"]}});
  tablet.must("space.remove-device", {{"key", sams}});
  couple.world.run_for(2 * kHour);
  EXPECT_NE(named(couple.sam, "not-a-member-any-more"), named(tablet, "not-a-member-any-more"));
}

}  // namespace
}  // namespace attune::sim
