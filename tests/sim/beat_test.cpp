// *mine* is written on a beat (PROTOCOL.md 13): its rhythm says when somebody is connected, not whether they write.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/pair.h"
#include "tests/sim/relay_eye.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::size_t kMostRecords = 16;

/// A couple some time after they paired; the relay takes notes from a few minutes behind a beat of Sam's on.
struct Day {
  Pair couple;
  World& world = couple.world;
  Device& sam = couple.sam;
  StreamId mine = *look_inside(sam).profile.mine;
  StreamId ours = *look_inside(sam).profile.ours;
  RelayEye eye{world};

  explicit Day(std::uint64_t seed) : couple(seed) {
    sam.restart();
    world.run_for(5 * kMinute);
    eye.forget();
  }
  [[nodiscard]] std::vector<SeenAppend> beats() const { return eye.of(sam, mine); }
  [[nodiscard]] std::size_t said() const {
    return everything_said(*look_inside(sam).mine, wire::StreamKind::mine).size();
  }
  void keep(std::string did, std::string says = "") {
    sam.must("cherish.keep", {{"did", std::move(did)}, {"says", std::move(says)}, {"felt", ""}});
  }
  /// How many records the next beat has, an hour at most from now.
  std::size_t next_beat() {
    eye.forget();
    world.run_for(kHour);
    const auto seen = beats();
    EXPECT_EQ(seen.size(), 1U);
    return seen.empty() ? 0 : seen.front().records.size();
  }
  [[nodiscard]] Json waiting() { return sam.see("app")["sync"]["on_this_phone"]; }
};

/// One append of event records, each of the one size there is: 1 K of skeleton and 3 K of content.
void expect_event_records(const SeenAppend& append, std::size_t count) {
  EXPECT_EQ(append.records.size(), count);
  EXPECT_FALSE(append.wake);
  for (const wire::Header& header : append.records) {
    EXPECT_EQ(header.cls, wire::Class::event);
    EXPECT_EQ(header.skeleton_length, 1'024U);
    EXPECT_EQ(header.content_length, 3'072U);
  }
}

TEST(Beat, IsOneEmptyRecordAtEachConnectAndEachHourIfNothingWaits) {
  Day day(31);
  const std::size_t said = day.said();
  day.world.run_for(3 * kHour);
  ASSERT_EQ(day.beats().size(), 3U);
  EXPECT_EQ(day.beats()[1].at_ms - day.beats()[0].at_ms, kHour);
  EXPECT_EQ(day.beats()[2].at_ms - day.beats()[1].at_ms, kHour);
  day.sam.go_offline();
  day.world.run_for(5 * kHour);
  EXPECT_EQ(day.beats().size(), 3U) << "nobody connected, nothing said";
  const std::int64_t back = day.world.now().ms;
  day.sam.go_online();
  day.world.run_for(30 * kMinute);
  ASSERT_EQ(day.beats().size(), 4U);
  EXPECT_GE(day.beats()[3].at_ms, back);
  EXPECT_LE(day.beats()[3].at_ms, back + kMinute) << "a connection is tried every minute";
  const std::int64_t again = day.world.now().ms;
  day.sam.restart();
  day.world.run_for(kHour);
  ASSERT_EQ(day.beats().size(), 6U);
  EXPECT_EQ(day.beats()[4].at_ms, again);
  EXPECT_EQ(day.beats()[5].at_ms, again + kHour) << "the hour begins with the connection";
  for (const SeenAppend& beat : day.beats()) expect_event_records(beat, 1);
  EXPECT_EQ(day.said(), said);
}

/// A working day with a flight and a restart in it, as the relay notes it down.
std::vector<std::string> notes_on(bool writes) {
  Day day(32);
  World& world = day.world;
  Device& sam = day.sam;
  for (const char* did : {"You rang my mother", "You made tea"}) day.couple.thank(day.couple.noa, did);
  day.couple.noa.must("openup.offer", {{"prompt", "ou-001"}});
  day.couple.noa.must("openup.offer", {{"prompt", "ou-002"}});
  world.settle();
  const Json thanks = sam.see("cherish")["thanks"];
  const Json questions = sam.see("openup")["questions"];
  const std::size_t said = day.said();
  day.eye.forget();
  const auto privately = [&](std::string_view command, const Json& args) {
    world.run_for(7 * kMinute);
    if (writes) sam.must(command, args);
  };
  const auto hour_ends = [&] { world.run_for(kHour - 14 * kMinute); };
  privately("cherish.keep", {{"did", "What nobody needs to know"}, {"says", std::string(1'500, 'a')}, {"felt", ""}});
  privately("openup.write", {{"prompt", "ou-030"}, {"text", "Dear diary"}});
  hour_ends();
  privately("space.open-item", {{"item", thanks[0]["item"]}});
  privately("openup.pass", {{"question", questions[0]["item"]}});
  hour_ends();
  sam.go_offline();
  privately("space.name-device", {{"name", "The old one"}});
  privately("cherish.keep", {{"did", "On the aeroplane"}, {"says", ""}, {"felt", "light"}});
  sam.go_online();
  hour_ends();
  privately("space.open-item", {{"item", thanks[1]["item"]}});
  privately("space.draft", {{"key", "half"}, {"text", "Half a sentence"}});
  sam.restart();
  hour_ends();
  privately("space.looked", Json::object());
  privately("openup.pass", {{"question", questions[1]["item"]}});
  hour_ends();
  world.run_for(2 * kHour);
  EXPECT_EQ(day.said(), said + (writes ? 8 : 0));
  EXPECT_EQ(day.waiting(), 0);
  return day.eye.trace;
}

TEST(Beat, WhoWritesPrivatelyAllDayLooksToTheRelayLikeWhoWritesNothing) {
  const std::vector<std::string> writer = notes_on(true);
  const std::vector<std::string> nobody = notes_on(false);
  EXPECT_GT(nobody.size(), 10U);
  EXPECT_EQ(writer, nobody);
}

TEST(Beat, IsMoreThanOneRecordOnlyIfOneDoesNotHoldWhatWaits) {
  Day day(33);
  day.keep("You rang my mother");
  day.keep("You made tea");
  day.sam.must("openup.write", {{"prompt", "ou-030"}, {"text", "Dear diary"}});
  EXPECT_EQ(day.next_beat(), 1U);
  day.keep(std::string(2'000, 'a'), std::string(900, 'b'));
  EXPECT_EQ(day.next_beat(), 1U);
  day.keep(std::string(2'000, 'a'), std::string(1'100, 'b'));
  EXPECT_EQ(day.next_beat(), 2U);
  day.sam.must("openup.write", {{"prompt", "ou-030"}, {"text", std::string(4'096, 'a')}});
  EXPECT_EQ(day.next_beat(), 2U);
  EXPECT_EQ(day.next_beat(), 1U) << "back to one";
  EXPECT_EQ(day.waiting(), 0);
}

TEST(Beat, IsSixteenRecordsAtMostAndTheRestWaitsForTheNext) {
  Day day(34);
  const std::size_t before = day.said();
  for (std::size_t i = 0; i < 2 * kMostRecords + 3; ++i) day.keep(std::string(2'000, 'a'));
  EXPECT_EQ(day.next_beat(), kMostRecords);
  EXPECT_EQ(day.said(), before + kMostRecords);
  EXPECT_EQ(day.waiting(), kMostRecords + 3);
  EXPECT_EQ(day.next_beat(), kMostRecords);
  EXPECT_EQ(day.next_beat(), 3U);
  EXPECT_EQ(day.waiting(), 0);
  EXPECT_EQ(day.next_beat(), 1U);
  for (const SeenAppend& beat : day.beats()) expect_event_records(beat, 1);
}

TEST(Beat, IsNotMovedByWhatIsSaidToTheOther) {
  Day day(35);
  day.world.run_for(10 * kMinute);
  day.couple.thank(day.sam, "You rang my mother");
  day.keep("Waits");
  day.world.run_for(10 * kMinute);
  EXPECT_EQ(day.eye.of(day.sam, day.ours).size(), 1U);
  EXPECT_EQ(day.beats().size(), 0U);
  EXPECT_EQ(day.waiting(), 1);
  day.world.run_for(kHour - 20 * kMinute);
  ASSERT_EQ(day.beats().size(), 1U);
  expect_event_records(day.beats()[0], 1);
}

TEST(Beat, HoldsBackNoControlRecordAndIsNotHurriedByOne) {
  Day day(36);
  day.keep("Waits");
  day.world.run_for(10 * kMinute);
  const std::int64_t confirmed = day.world.now().ms;
  day.couple.sams_words();
  const auto mine = day.beats();
  const auto ours = day.eye.of(day.sam, day.ours);
  ASSERT_EQ(mine.size(), 1U);
  ASSERT_EQ(ours.size(), 1U);
  EXPECT_TRUE(mine[0].control());
  EXPECT_TRUE(ours[0].control());
  EXPECT_EQ(mine[0].at_ms, confirmed);
  EXPECT_EQ(ours[0].at_ms, confirmed);
  EXPECT_EQ(day.waiting(), 1) << "what is private waits for its hour";
  day.world.run_for(kHour - 10 * kMinute);
  ASSERT_EQ(day.beats().size(), 2U);
  expect_event_records(day.beats()[1], 1);
  EXPECT_EQ(day.waiting(), 0);
}

}  // namespace
}  // namespace attune::sim
