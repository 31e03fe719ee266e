// A long log comes over to a new device: it says how far it is, can be used meanwhile, and does nothing that only a
// whole history allows.
#include <gtest/gtest.h>

#include <set>

#include "sim/agreement.h"
#include "sim/hand.h"
#include "sim/inside.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr int kThanks = 40;

/// Folds so few records at a time, for one scene.
class Slices {
 public:
  explicit Slices(unsigned of) : before_(std::exchange(log::planted().fold_slice, of)) {}
  ~Slices() { log::planted().fold_slice = before_; }
  Slices(const Slices&) = delete;
  Slices& operator=(const Slices&) = delete;

 private:
  unsigned before_;
};

struct ComingOver : testing::Test {
  Pair couple{96};
  World& world = couple.world;
  Device& tablet = world.add("Tablet");
  Letting letting{.world = world, .first = couple.sam, .tablet = tablet};
  std::vector<std::uint64_t> asked_from;  ///< where the tablet has asked for `watched` to go on
  std::size_t written = 0;                ///< appends of the tablet to it
  StreamId watched;

  void a_long_life() {
    for (int i = 0; i < kThanks; ++i) couple.thank(couple.sam, "Thanks number " + std::to_string(i));
    world.settle();
  }
  /// The relay's messages about this stream reach the tablet in parts of `each` records, and only `parts` of them.
  void drip(const StreamId& stream, std::size_t each, std::size_t parts) {
    world.meddle([this, stream, each, parts](const Device& to, Bytes bytes) mutable -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
      if (&to != &tablet || records == nullptr || records->stream != stream) return {bytes};
      std::vector<Bytes> out;
      for (std::size_t at = 0; at < records->records.size() && parts > 0; at += each, --parts) {
        wire::Records part = *records;
        part.records.erase(part.records.begin(), part.records.begin() + static_cast<std::ptrdiff_t>(at));
        if (part.records.size() > each) part.records.resize(each);
        out.push_back(wire::encode(wire::FromRelay(part)));
      }
      return out;
    });
  }
  void watch(const StreamId& stream) {
    watched = stream;
    world.watch([this](const Device& from, ByteView bytes) {
      const auto message = wire::decode_from_device(bytes);
      if (&from != &tablet || !message) return;
      const auto* follow = std::get_if<wire::Follow>(&*message);
      if (follow != nullptr && follow->stream == watched) asked_from.push_back(follow->from);
      const auto* append = std::get_if<wire::Append>(&*message);
      if (append != nullptr && append->stream == watched) ++written;
    });
  }
  StreamId ours() { return look_inside(couple.sam).ours->id(); }
  Json coming() { return tablet.see("app")["sync"]["coming"]; }
  void honest_again() {
    world.meddle({});
    tablet.go_offline();
    tablet.go_online();
    world.run_for(2 * kHour);
  }
  [[nodiscard]] std::size_t rows() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(tablet.disk(), [](const auto& row) { return row.first.starts_with("r/"); }));
  }
  void all_is_well() {
    EXPECT_TRUE(coming().is_null());
    for (Device* device : {&couple.sam, &couple.noa, &tablet}) {
      EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
      EXPECT_EQ(unlike_the_second_fold(*device), Violations{}) << device->name();
    }
    EXPECT_EQ(tablet.see("cherish"), couple.sam.see("cherish"));
  }
};

/// What the other phone has seen is shown, and nothing of the log has come.
TEST_F(ComingOver, IsStoppedAsLongAsTheDeviceIsNotInAndKeepsWhatWasBeingWritten) {
  const Set from(log::planted().slot_from, 1);
  a_long_life();
  const auto nothing_of = [this](const std::optional<StreamId>& stream) {
    world.meddle([this, stream](const Device& to, Bytes bytes) -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
      if (&to == &tablet && records != nullptr && (!stream || records->stream == *stream)) return {};
      return {bytes};
    });
  };
  nothing_of(std::nullopt);
  letting.let_in();
  world.run_for(kHour / 60);
  ASSERT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(coming()["checking"], true);
  EXPECT_EQ(coming()["entering"], true);
  tablet.must("space.draft", {{"key", "thank.did"}, {"text", "You rang"}});
  tablet.must("space.decline");
  EXPECT_EQ(tablet.see("app")["phase"], "fresh");
  EXPECT_TRUE(coming().is_null());
  EXPECT_EQ(tablet.see("joining")["ended"], "declined");
  EXPECT_EQ(tablet.see("draft", {{"key", "thank.did"}})["text"], "You rang");
  world.run_for(kHour);
  EXPECT_EQ(couple.sam.see("invitation")["ended"], "declined");
  // The next time *mine* comes, which makes it one of mine; what it shows is still being checked.
  nothing_of(ours());
  letting.let_in();
  world.run_for(kHour / 60);
  EXPECT_EQ(coming()["checking"], true);
  EXPECT_EQ(coming()["entering"], false);
  honest_again();
  EXPECT_EQ(tablet.see("draft", {{"key", "thank.did"}})["text"], "You rang");
  all_is_well();
}

/// Of a very long life not all that a view needs is left to be shown: it is not shown as one in which nothing was said.
TEST_F(ComingOver, ShowsNoViewAsEmptyThatIsNot) {
  const Set from(log::planted().slot_from, 1);
  for (int i = 0; i < 300; ++i) {
    couple.sam.must("cherish.thank", {{"did", "Thanks number " + std::to_string(i)}, {"says", ""}, {"felt", ""}});
  }
  world.settle();
  world.meddle([this](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const bool of_the_log = message && std::holds_alternative<wire::Records>(*message);
    return &to == &tablet && of_the_log ? std::vector<Bytes>{} : std::vector<Bytes>{bytes};
  });
  letting.let_in();
  world.run_for(kHour / 60);
  ASSERT_EQ(coming()["entering"], true);
  EXPECT_EQ(tablet.view("cherish")["code"], "still-coming");
  EXPECT_EQ(tablet.view("today")["ok"], true);
  honest_again();
  EXPECT_EQ(tablet.see("cherish")["thanks"].size(), 300U);
  all_is_well();
}

TEST_F(ComingOver, SaysHowFarItIsAndIsUsedMeanwhile) {
  a_long_life();
  watch(ours());
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(kHour);
  ASSERT_EQ(tablet.see("app")["phase"], "paired");
  const Inside sam = look_inside(couple.sam);
  ASSERT_GT(sam.ours->next(), kThanks);
  const std::uint64_t own = look_inside(tablet).mine->next();
  EXPECT_EQ(coming()["done"], own + 16);
  EXPECT_EQ(coming()["total"], own + sam.ours->next());
  EXPECT_EQ(coming()["reading"], false);
  EXPECT_EQ(tablet.see("app")["name"], "Sam");
  // Written on it: for itself, and for the other.
  tablet.must("cherish.keep", {{"did", "For me alone"}, {"says", ""}, {"felt", ""}});
  tablet.must("cherish.thank", {{"did", "Written while it came"}, {"says", ""}, {"felt", ""}});
  world.run_for(2 * kHour);
  EXPECT_EQ(couple.sam.see("cherish")["kept"].size(), 1U);
  EXPECT_EQ(tablet.see("app")["sync"]["on_this_phone"], 1);
  EXPECT_EQ(written, 0U);
  honest_again();
  EXPECT_GT(written, 0U);
  EXPECT_EQ(opened_thanks(couple.noa), "Written while it came");
  EXPECT_EQ(tablet.see("today")["since"].size(), 0U);
  world.run_for(2 * kHour);
  all_is_well();
}

TEST_F(ComingOver, GoesOnWhereTheLineBroke) {
  a_long_life();
  watch(ours());
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(kHour);
  tablet.restart();
  world.settle();
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_FALSE(coming().is_null());
  honest_again();
  ASSERT_GE(asked_from.size(), 2U);
  EXPECT_EQ(asked_from.front(), 0U);
  EXPECT_TRUE(std::ranges::all_of(asked_from | std::views::drop(1), [](std::uint64_t from) { return from >= 16; }));
  all_is_well();
}

TEST_F(ComingOver, KeepsWhatIsHereOfMineBeforeItIsIn) {
  for (int i = 0; i < 12; ++i) world.run_for(kHour);  // a record each hour
  const StreamId mine = look_inside(couple.sam).mine->id();
  ASSERT_GE(look_inside(couple.sam).mine->next(), 12U);
  watch(mine);
  drip(mine, 3, 2);
  letting.let_in();
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  EXPECT_EQ(tablet.see("joining")["done"], 6);
  tablet.restart();
  world.settle();
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  EXPECT_EQ(tablet.see("joining")["done"], 6);
  honest_again();
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(std::ranges::count(asked_from, 0U), 1);
  all_is_well();
}

TEST_F(ComingOver, KeepsNothingOfAnExchangeThatCameToNothing) {
  for (int i = 0; i < 12; ++i) world.run_for(kHour);
  drip(look_inside(couple.sam).mine->id(), 3, 2);
  letting.let_in();
  EXPECT_EQ(rows(), 6U);
  tablet.must("space.different-words");
  world.run_for(kHour);
  EXPECT_EQ(rows(), 0U);
  world.meddle({});
  tablet.restart();
  world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "fresh");
  EXPECT_EQ(rows(), 0U);
}

/// Its key comes with the last record, and only then can any of it be read.
TEST_F(ComingOver, IsReadASliceAtATime) {
  a_long_life();
  const Slices few(5);
  letting.until_words(letting.link());
  tap_same(couple.sam, "invitation");
  world.run_for(kHour);
  tap_same(tablet, "joining");
  std::set<std::size_t> seen;
  bool reading = false;
  for (int ms = 0; ms < 200; ++ms) {
    world.run_for(1);
    if (tablet.see("app")["phase"] != "paired") continue;
    seen.insert(tablet.see("cherish")["thanks"].size());
    reading = reading || (!coming().is_null() && coming()["reading"] == true);
  }
  EXPECT_TRUE(reading);
  EXPECT_GE(seen.size(), 5U);
  EXPECT_EQ(*seen.rbegin(), static_cast<std::size_t>(kThanks));
  world.run_for(2 * kHour);
  all_is_well();
}

TEST_F(ComingOver, ComesToTheSameThoughItStopsBetweenTwoSlices) {
  a_long_life();
  const Slices few(5);
  letting.until_words(letting.link());
  tap_same(couple.sam, "invitation");
  world.run_for(kHour);
  tap_same(tablet, "joining");
  for (int ms = 0; ms < 200 && (coming().is_null() || coming()["reading"] != true); ++ms) world.run_for(1);
  ASSERT_FALSE(coming().is_null());
  tablet.restart();
  world.run_for(2 * kHour);
  all_is_well();
}

TEST_F(ComingOver, OpensNothingBeforeItIsHere) {
  a_long_life();
  const std::string item = couple.offer();
  couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's answer"}});
  world.settle();
  watch(ours());
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(2 * kHour);
  couple.sam.stop();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's answer"}});
  world.run_for(2 * kHour);
  EXPECT_EQ(written, 0U);
  EXPECT_EQ(schema::text(couple.question(couple.noa, item)).find("Sam's answer"), std::string::npos);
  honest_again();
  EXPECT_GT(written, 0U);
  EXPECT_NE(schema::text(couple.question(couple.noa, item)).find("Sam's answer"), std::string::npos);
  EXPECT_NE(schema::text(couple.question(tablet, item)).find("Noa's answer"), std::string::npos);
}

TEST_F(ComingOver, CopiesWhatWasOpenedBeforeItsAuthorTakesItBack) {
  couple.thank(couple.noa, "Dear words");
  world.settle();
  ASSERT_EQ(opened_thanks(couple.sam), "Dear words");
  world.run_for(2 * kHour);
  a_long_life();
  const Slices few(5);
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(kHour);
  couple.sam.stop();
  couple.noa.must("space.take-back", {{"item", couple.noa.see("cherish")["thanks"].back()["item"]}});
  world.run_for(2 * kHour);
  honest_again();
  const Json kept = tablet.see("cherish")["thanks"].back();
  EXPECT_EQ(kept["taken_back"], "kept-by-me");
  EXPECT_EQ(kept["did"], "Dear words");
}

/// The relay and the partner show the tablet a history that parts from the one Sam's phone has vouched for.
TEST_F(ComingOver, IsAForkWhereItIsNotTheHistoryThatWasVouchedFor) {
  a_long_life();
  const Inside noa = look_inside(couple.noa);
  const StreamId id = noa.ours->id();
  log::Head head = log::Head::of(*noa.ours);
  log::NewEvent event;
  event.id = fresh_id(world);
  event.kind = "later.said";
  event.fields = Json::object();
  event.content = Json::object();
  const wire::Record other = make_event(world, noa, head, event);
  const std::uint64_t at = other.header.position;
  couple.thank(couple.sam, "In the history that was vouched for");
  world.settle();
  watch(id);
  world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
    if (&to != &tablet || records == nullptr || records->stream != id || records->records.empty()) return {bytes};
    const auto first = wire::decode_record(records->records.front());
    if (!first || first->header.position > at) return {};
    records->records.resize(at - first->header.position);
    records->records.push_back(wire::encode(other));
    records->head = at;
    records->history = wire::history_hash(other.header);
    return {wire::encode(*message)};
  });
  letting.let_in();
  world.run_for(2 * kHour);
  EXPECT_TRUE(named(tablet, "fork"));
  EXPECT_EQ(tablet.see("app")["reading_only"], true);
  EXPECT_FALSE(coming().is_null());
  EXPECT_EQ(tablet.command("cherish.thank", {{"did", "Said to whom?"}, {"says", ""}, {"felt", ""}})["code"],
            "reading-only");
  EXPECT_EQ(written, 0U);
  EXPECT_EQ(notices(couple.noa), std::vector<std::string>{});
}

TEST_F(ComingOver, IsLetGoByADeviceThatWasTakenOutMeanwhile) {
  a_long_life();
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(kHour);
  tablet.must("cherish.thank", {{"did", "Said to nobody"}, {"says", ""}, {"felt", ""}});
  couple.sam.must("space.remove-device", {{"key", letting.listed("Tablet")["key"]}});
  world.run_for(2 * kHour);
  honest_again();
  EXPECT_TRUE(named(tablet, "not-a-member-any-more"));
  EXPECT_NE(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(tablet.see("unsent")["refused"].size(), 1U);
  EXPECT_EQ(tablet.see("cherish")["thanks"].size(), 0U);
}

/// What another device has seen is not shown for ever to one that was taken out before it could be checked.
TEST_F(ComingOver, ShowsNothingAheadToADeviceThatWasTakenOutMeanwhile) {
  const Set from(log::planted().slot_from, 1);
  for (const std::size_t parts : {0U, 2U}) {
    SCOPED_TRACE(parts);
    Device& other = parts == 0 ? tablet : world.add("Laptop");
    a_long_life();
    world.meddle([this, &other, left = parts](const Device& to, Bytes bytes) mutable -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
      if (&to != &other || records == nullptr || records->stream != ours()) return {bytes};
      if (left == 0) return {};
      --left;
      wire::Records some = *records;
      some.records.resize(std::min<std::size_t>(8, some.records.size()));
      return {wire::encode(wire::FromRelay(some))};
    });
    Letting{.world = world, .first = couple.sam, .tablet = other}.let_in();
    world.run_for(kHour);
    ASSERT_EQ(other.see("app")["sync"]["coming"]["checking"], true);
    ASSERT_EQ(other.see("app")["sync"]["coming"]["entering"], false);
    couple.sam.must("space.remove-device", {{"key", letting.listed("Tablet")["key"]}});
    world.run_for(2 * kHour);
    world.meddle({});
    other.go_offline();
    other.go_online();
    world.run_for(2 * kHour);
    EXPECT_TRUE(named(other, "not-a-member-any-more"));
    EXPECT_EQ(other.see("app")["phase"], "alone");
    EXPECT_TRUE(other.see("app")["sync"]["coming"].is_null());
    EXPECT_EQ(other.see("cherish")["thanks"].size(), 0U);
  }
}

TEST_F(ComingOver, NeedNotBeWaitedForWhereTheRestIsKeptBack) {
  a_long_life();
  drip(ours(), 8, 2);
  letting.let_in();
  world.run_for(kHour);
  tablet.must("cherish.thank", {{"did", "Said to nobody"}, {"says", ""}, {"felt", ""}});
  const std::size_t before = rows();
  tablet.must("space.decline");
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
  EXPECT_EQ(rows(), before - 16);
  EXPECT_EQ(tablet.see("unsent")["refused"].size(), 1U);
  world.meddle({});
  tablet.restart();
  world.run_for(2 * kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(tablet.see("cherish"), couple.sam.see("cherish"));
}

/// Away for years, in which the other has said more than one message of the relay holds.
TEST_F(ComingOver, IsAlsoSaidAfterALongWhileAway) {
  letting.let_in();
  world.run_for(2 * kHour);
  tablet.go_offline();
  const Inside noa = look_inside(couple.noa);
  Hand hand(world, noa.keys);
  log::Head head = log::Head::of(*noa.ours);
  for (int append = 0; append < 10; ++append) {
    std::vector<wire::Record> records;
    for (int i = 0; i < 64; ++i) {
      log::NewEvent event;
      event.id = fresh_id(world);
      event.kind = "later.said";
      event.fields = Json::object();
      event.content = Json::object();
      records.push_back(make_event(world, noa, head, event));
    }
    ASSERT_EQ(hand.append(noa.ours->id(), records), "");
  }
  EXPECT_TRUE(coming().is_null());  // what is not known of is not waited for
  drip(ours(), 64, 1);
  tablet.go_online();
  world.run_for(kHour);
  ASSERT_FALSE(coming().is_null());
  EXPECT_EQ(coming()["total"].get<int>() - coming()["done"].get<int>(), 9 * 64);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  honest_again();
  EXPECT_TRUE(coming().is_null());
  EXPECT_EQ(notices(tablet), std::vector<std::string>{});
}

}  // namespace
}  // namespace attune::sim
