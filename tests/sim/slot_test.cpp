// A new phone shows what the one that lets it in has seen, while all of it comes and is checked. It shows it, and does
// nothing on the strength of it; and a snapshot that is not the one vouched for is not even shown.
#include "sim/random_couple.h"
#include "tests/sim/slot_scene.h"

namespace attune::sim {
namespace {

TEST(Slot, ShowsWhatTheOtherPhoneSawBeforeAnyOfTheLogHasCome) {
  SlotScene scene(201);
  scene.a_life();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_FALSE(scene.left.empty());
  const Json app = scene.tablet.see("app");
  EXPECT_EQ(app["phase"], "paired");
  EXPECT_EQ(app["name"], "Sam");
  EXPECT_EQ(app["partner"], "Noa");
  EXPECT_EQ(app["sync"]["coming"]["done"], 0);
  const Inside sam = look_inside(scene.couple.sam);
  EXPECT_GE(app["sync"]["coming"]["total"].get<std::uint64_t>(), sam.mine->next());
  for (const auto& [name, view] : all_that_was_said(scene.couple.sam)) {
    if (name != "today") EXPECT_EQ(scene.tablet.see(name), view) << name;
  }
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), 12U);
  EXPECT_EQ(scene.tablet.see("today")["since"].size(), 0U) << "its person has seen it elsewhere";
  EXPECT_TRUE(scene.world.store().state().slots.empty()) << "it has been read";
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, ShowsTheSmallThingsToo) {
  SlotScene scene(211);
  Device& sam = scene.couple.sam;
  Device& noa = scene.couple.noa;
  sam.must("feelings.note", {{"feelings", {"low-flat"}}, {"line", "Tired"}});
  noa.must("feelings.share", {{"feelings", {"low-flat"}}, {"line", "Tired, too"}, {"wish", "hold-me"}});
  noa.must("noticed.notice", {{"words", "You rang"}});
  sam.must("noticed.add-effort", {{"text", "You warmed the car"}});
  sam.must("noticed.list-effort", {{"effort", "ef-bins"}, {"listed", false}});
  noa.must("goodnews.share", {{"sort", "joy"}, {"text", "A heron"}});
  noa.must("touches.send", {{"touch", "hug"}});
  sam.must("gestures.add", {{"text", "A hand on my neck"}, {"liking", "love"}});
  sam.must("cherish.hide-span", {{"from", 1'000}, {"to", 2'000}});
  for (const bool held_by_me : {true, false}) {
    const Json opens = {{"ms", sam.now().ms + 400 * kHour}, {"offset", 60}};
    sam.must("letters.seal", {{"text", "Later"}, {"opens", opens}, {"held_by_me", held_by_me}});
  }
  scene.world.settle();
  const Json item = sam.see("goodnews")["news"][0]["item"];
  sam.must("space.open-item", {{"item", item}});
  sam.must("goodnews.tonight", {{"item", item}});
  scene.a_life();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  for (const auto& [name, view] : all_that_was_said(sam)) {
    if (name != "today") EXPECT_EQ(scene.tablet.see(name), view) << name;
  }
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, IsShownAndNothingElse) {
  SlotScene scene(202);
  const std::string item = scene.couple.offer();
  scene.a_life();
  scene.couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's answer"}});
  scene.world.settle();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  scene.couple.sam.stop();
  scene.couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's answer"}});
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(scene.appended, 0U) << "no event, no opening, no control record, no epoch";
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", "Too early"}, {"says", ""}, {"felt", ""}})["code"],
            "still-coming");
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", ""}, {"says", ""}, {"felt", ""}})["ok"], false);
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", 5}})["code"], "bad-arguments");
  EXPECT_EQ(schema::text(scene.tablet.see("openup")).find("Noa's answer"), std::string::npos);
  EXPECT_EQ(scene.tablet.see("unsent")["refused"].size(), 0U);
  EXPECT_EQ(scene.appended, 0U);
  scene.couple.sam.restart();
  scene.honest_again();
  EXPECT_NE(schema::text(scene.couple.question(scene.couple.noa, item)).find("Sam's answer"), std::string::npos);
  scene.all_is_well();
}

TEST(Slot, IsShownAfterARestartToo) {
  SlotScene scene(203);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  scene.tablet.restart();
  EXPECT_TRUE(scene.shows_ahead());
  EXPECT_EQ(scene.tablet.see("cherish"), scene.couple.sam.see("cherish"));
  EXPECT_FALSE(scene.coming().is_null());
  scene.honest_again();
  scene.all_is_well();
}

/// *Mine* is here, *ours* is not: what is said is kept here, shown on top, and sent when all has come.
TEST(Slot, IsWrittenOnOnceMineIsHere) {
  SlotScene scene(204);
  scene.a_life();
  scene.watch();
  const StreamId ours = look_inside(scene.couple.sam).ours->id();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
    if (&to == &scene.tablet && records != nullptr && records->stream == ours && !records->records.empty()) {
      wire::Records some = *records;
      some.records.resize(std::min<std::size_t>(2, some.records.size()));
      return {wire::encode(wire::FromRelay(some))};
    }
    return {bytes};
  });
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  const std::size_t before = scene.couple.sam.see("cherish")["thanks"].size();
  scene.tablet.must("cherish.thank", {{"did", "Written while it came"}, {"says", ""}, {"felt", ""}});
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), before + 1);
  EXPECT_EQ(scene.tablet.see("app")["sync"]["on_this_phone"], 1);
  // Of something that only the snapshot knows.
  const Json theirs = scene.couple.sam.see("cherish")["thanks"][before - 1];
  EXPECT_EQ(scene.tablet.command("space.open-item", {{"item", theirs["item"]}})["code"], "still-coming");
  scene.world.run_for(2 * kHour);
  EXPECT_EQ(scene.couple.sam.see("cherish")["thanks"].size(), before);
  scene.honest_again();
  EXPECT_EQ(opened_thanks(scene.couple.noa), "Written while it came");
  scene.world.run_for(2 * kHour);
  scene.all_is_well();
}

TEST(Slot, ComesToTheSameAsWithoutOne) {
  SlotScene scene(205);
  scene.a_life();
  scene.let_in();
  scene.world.run_for(3 * kHour);
  Device& laptop = scene.world.add("Laptop");
  {
    const Set none(log::planted().slot_from, 1'000'000);
    Letting{.world = scene.world, .first = scene.couple.sam, .tablet = laptop}.let_in();
  }
  scene.a_life();
  scene.world.run_for(3 * kHour);
  for (Device* device : {&scene.couple.sam, &scene.tablet, &laptop}) device->must("space.looked");
  EXPECT_EQ(all_that_was_said(scene.tablet), all_that_was_said(laptop));
  EXPECT_EQ(all_that_was_said(scene.tablet), all_that_was_said(scene.couple.sam));
  scene.all_is_well();
}

/// The other phone knew more of *ours* when it made the snapshot than when it let this one in.
TEST(Slot, IsWaitedForToItsLastRecord) {
  SlotScene scene(228, 1'000'000);
  scene.a_life();
  const StreamId ours = look_inside(scene.couple.sam).ours->id();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  const std::uint64_t seated = look_inside(scene.couple.sam).ours->next();
  scene.couple.thank(scene.couple.noa, "One more");
  scene.world.run_for(60'000);
  ASSERT_EQ(look_inside(scene.couple.sam).ours->next(), seated + 1);
  scene.slot_from.emplace(log::planted().slot_from, 1);
  scene.couple.sam.must("space.looked");
  scene.world.run_for(60'000);
  ASSERT_TRUE(scene.shows_ahead());
  // Now the log comes, as if there were nothing behind the record that brought the tablet in.
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    if (&to != &scene.tablet || !message) return {bytes};
    const auto cut = [&](wire::Known& known) {
      if (known.stream != ours) return;
      known.head = seated - 1;
      known.history = look_inside(scene.couple.sam).ours->history_at(seated - 1);
    };
    if (auto* welcome = std::get_if<wire::Welcome>(&*message)) std::ranges::for_each(welcome->streams, cut);
    if (auto* joined = std::get_if<wire::Joined>(&*message)) cut(joined->stream);
    auto* records = std::get_if<wire::Records>(&*message);
    if (records != nullptr && records->stream == ours) {
      const auto first = records->records.empty() ? seated : wire::decode_record(records->records[0])->header.position;
      records->records.resize(std::min<std::size_t>(records->records.size(), seated - std::min(first, seated)));
      records->head = seated - 1;
      records->history = look_inside(scene.couple.sam).ours->history_at(seated - 1);
    }
    return {wire::encode(*message)};
  });
  scene.tablet.go_offline();
  scene.tablet.go_online();
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(look_inside(scene.tablet).ours->next(), seated);
  EXPECT_FALSE(scene.coming().is_null()) << "that it knew more is not forgotten";
  EXPECT_TRUE(scene.shows_ahead());
  scene.honest_again();
  EXPECT_TRUE(scene.coming().is_null());
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), 13U);
}

/// Nothing that is shown can be begun anew here.
TEST(Slot, IsNotStartedAnewOn) {
  SlotScene scene(224);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  for (const auto& [command, args] : std::vector<std::pair<std::string, Json>>{
           {"space.invite", {{"app", "https://app.example"}}},
           {"space.add-device", {{"app", "https://app.example"}}},
           {"space.close", Json::object()},
           {"space.remove-device", {{"key", key_of_the_other(scene.couple.sam)}}}}) {
    EXPECT_EQ(scene.tablet.command(command, args)["code"], "still-coming") << command;
  }
  scene.honest_again();
  scene.all_is_well();
}

/// Anything may happen meanwhile, to anybody.
TEST(Slot, InAnyLifeComesToTheSame) {
  for (const std::uint64_t seed : {31U, 32U, 33U, 34U}) {
    SCOPED_TRACE(seed);
    const Set from(log::planted().slot_from, 1);
    const Set small(log::planted().slot_piece, 16 * 1024);
    RandomCouple couple(seed);
    couple.live(40);
    const std::size_t whom = seed % 2;
    Device& first = *couple.people[whom][0];
    Device& laptop = couple.world.add("Laptop");
    if (first.offline()) first.go_online();
    couple.world.run_for(60'000);
    couple.world.duplicates(0);
    const std::string link = first.must("space.add-device", {{"app", "https://app.example"}})["link"];
    couple.world.run_for(60'000);
    laptop.must("space.join", {{"link", link}});
    couple.world.run_for(60'000);
    laptop.must("space.accept", {{"name", "Laptop"}});
    couple.world.run_for(60'000);
    couple.world.duplicates(15);
    tap_same(first, "invitation");
    tap_same(laptop, "joining");
    couple.people[whom].push_back(&laptop);
    couple.live(40);
    couple.rest();
    EXPECT_EQ(laptop.see("app")["phase"], "paired");
    EXPECT_FALSE(laptop.disk().contains("ahead"));
    EXPECT_EQ(all_that_was_said(laptop), all_that_was_said(first));
    const Violations wrong = everything_wrong(couple);
    EXPECT_TRUE(wrong.empty()) << wrong.size() << ", the first: " << wrong.front();
  }
}

}  // namespace
}  // namespace attune::sim
