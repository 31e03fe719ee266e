// What two people notice, like and keep, at two terminals: efforts, gestures, the jar, the story and what is taken
// along.
#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

class Noticing : public PairedTest {};

TEST_F(Noticing, IsSentOpenedAndAnsweredInBothDirections) {
  for (const auto& [one, other] : {std::pair(&ann_, &ben_), std::pair(&ben_, &ann_)}) {
    const std::string effort = texts_.named(Table::efforts, "ef-dishes");
    expect_all(one->well({"notice", "ef-dishes"}), {effort + ". On its way to " + other->name()});
    const std::string today = other->well({"today"});
    expect_all(today, {"Something " + one->name() + " noticed, closed", "attune open 1"});
    EXPECT_FALSE(today.contains("dishes")) << today;
    expect_all(other->well({"open", "1"}), {one->name() + " noticed:", effort, "attune answer 1"});
    other->well({"answer", "1", "--tap", "smiled", "Any", "time"});
    expect_all(one->well({"today"}), {other->name() + " answered what you noticed"});
    expect_all(one->well({"open", "1"}), {"You noticed:", effort, say("reply.smiled") + ". Any time"});
  }
}

TEST_F(Noticing, HasAListOfMyOwn) {
  ann_.well({"notice", "add", "You", "water", "the", "herbs"});
  ann_.well({"notice", "hide", "ef-bins"});
  const std::string list = ann_.well({"notice", "--list"});
  expect_all(list, {"ef-dishes", "You water the herbs", say("notice.not-listed"), say("notice.own")});
  EXPECT_GT(list.find("ef-bins"), list.find(say("notice.not-listed"))) << list;
  expect_all(ann_.well({"notice", "1"}), {"You water the herbs. On its way to Ben"});
  expect_all(ann_.well({"notice"}), {say("notice.recent")});
  ben_.well({"today"});
  expect_all(ben_.well({"open", "1"}), {"You water the herbs"});
  EXPECT_TRUE(list_at(ben_.view("noticed"), "own").empty()) << "the list is Ann’s alone";
  ann_.well({"notice"});
  ann_.well({"notice", "hide", "1"});
  expect_all(ann_.well({"notice"}), {say("notice.own-not-listed")});
  ann_.well({"notice", "show", "1"});
  ann_.well({"notice", "show", "ef-bins"});
  const Json data = parse_json(ann_.well({"--json", "notice"}));
  for (const Json& effort : list_at(data, "efforts")) EXPECT_TRUE(flag_at(effort, "listed")) << effort;
  EXPECT_TRUE(flag_at(list_at(data, "own")[0], "listed"));
}

TEST_F(Noticing, RefusesWithASentence) {
  refused(ann_, {"notice", "ef-dihses"}, {"no-effort", {{"effort", "ef-dihses"}}});
  refused(ann_, {"notice", "hide", "ef-dihses"}, {"no-effort", {{"effort", "ef-dihses"}}});
  incomplete(ann_, {"notice", "hide"}, "notice hide");
  refused(ann_, {"notice", "3"}, {"no-effort", {{"effort", "3"}}});
  refused(ann_, {"notice", "show", "dishes"}, {"no-item", {{"item", "dishes"}}});
  refused(ann_, {"notice", "tell"}, {"nothing-written", {}});
  refused(ann_, {"notice", "add"}, {"nothing-written", {}});
  refused(ann_, {"notice", "add", std::string(201, 'a')}, {"text-too-long", {}});
  refused(ann_, {"notice", std::string(201, 'a')}, {"text-too-long", {}});
  ann_.well({"notice", "You rang"});
  ben_.well({"today"});
  refused(ben_, {"answer", "1", "--tap", "warmed"}, {"not-opened-yet", {}});
  ben_.well({"open", "1"});
  incomplete(ben_, {"answer", "1", "--tap", "burnt"}, "answer");
  incomplete(ben_, {"answer", "1", "--response", "here"}, "answer");
  ann_.well({"list"});
  refused(ann_, {"answer", "1", "--tap", "warmed"}, {"own-item", {}});
}

TEST_F(Noticing, PrintsNothingOfTheOthersThatSteersTheTerminal) {
  ann_.well({"notice", "You \x1b[2J\xe2\x80\xaerang"});
  ben_.well({"today"});
  const std::string opened = ben_.well({"open", "1"}) + ben_.well({"list"});
  EXPECT_TRUE(opened.contains("rang")) << opened;
  EXPECT_FALSE(opened.contains("\x1b")) << opened;
  EXPECT_FALSE(opened.contains("\xe2\x80\xae")) << opened;
}

class Gestures : public PairedTest {};

TEST_F(Gestures, StandOnTwoMenusThatBothSee) {
  expect_all(ann_.well({"gestures"}), {"Your menu", "Ben’s menu", say("gestures.nothing")});
  expect_all(ann_.well({"gestures", "say", "ge-tea", "love"}), {"on your menu, where Ben sees it"});
  ann_.well({"gestures", "say", "ge-hair", "not-now"});
  ann_.well({"gestures", "add", "A nap on your shoulder", "sometimes"});
  ben_.well({"gestures", "add", "Your cold hands"});
  const Json today = ben_.view("today");
  EXPECT_TRUE(list_at(today, "awaiting").empty()) << "nobody is told of a change";
  for (const Json& news : list_at(today, "since")) EXPECT_EQ(text_at(news, "kind"), "partner-joined");
  const std::string seen = ben_.well({"gestures"});
  expect_all(seen, {"Ann’s menu", texts_.named(Table::gestures, "ge-tea"), "A nap on your shoulder",
                    say("gestures.liking.not-now"), "Your cold hands"});
  ann_.well({"gestures"});
  ann_.well({"gestures", "say", "1", "not-said"});
  ann_.well({"gestures", "say", "ge-tea", "sometimes"});
  const std::string changed = ben_.well({"gestures"});
  EXPECT_FALSE(changed.contains("nap")) << changed;
  expect_all(ben_.well({"gestures", "--list"}), {"ge-tea", texts_.named(Table::gestures, "ge-photo")});
  EXPECT_EQ(parse_json(ben_.well({"--json", "gestures", "--list"})).size(), texts_.table(Table::gestures).size());
  EXPECT_EQ(list_at(at(parse_json(ben_.well({"--json", "gestures"})), "value"), "theirs").size(), 2U);
}

TEST_F(Gestures, RefuseWithASentence) {
  refused(ann_, {"gestures", "say", "ge-coffee", "love"}, {"no-gesture", {{"gesture", "ge-coffee"}}});
  incomplete(ann_, {"gestures", "say", "ge-tea", "much"}, "gestures say");
  incomplete(ann_, {"gestures", "say", "ge-tea"}, "gestures say");
  incomplete(ann_, {"gestures", "say"}, "gestures say");
  refused(ann_, {"gestures", "say", "5", "love"}, {"no-item", {{"item", "5"}}});
  refused(ann_, {"gestures", "add"}, {"nothing-written", {}});
  incomplete(ann_, {"gestures", "add", "A nap", "perhaps"}, "gestures add");
  refused(ann_, {"gestures", "add", std::string(201, 'a')}, {"text-too-long", {}});
}

class GesturesAlone : public CoupleTest {};

TEST_F(GesturesAlone, AreKeptAndShownWhenISaySo) {
  start_both();
  const std::string kept = ann_.well({"gestures", "say", "ge-tea", "love"});
  EXPECT_TRUE(kept.contains(say("gestures.kept"))) << kept;
  const Ended early = ann_.run({"gestures", "show"});
  EXPECT_EQ(early.code, 1) << early.out;
  ben_.well({"approve", "--yes"});
  ann_.well({"approve", "--yes"});
  ben_.well({"sync"});
  EXPECT_TRUE(list_at(ben_.view("gestures"), "theirs").empty()) << "nothing moves by itself";
  const std::string page = ann_.well({"gestures"});
  EXPECT_TRUE(page.contains("1 gesture from when you were alone")) << page;
  const std::string shown = ann_.well({"gestures", "show"});
  EXPECT_TRUE(shown.contains("Your menu is shown to Ben.")) << shown;
  ben_.well({"sync"});
  EXPECT_EQ(list_at(ben_.view("gestures"), "theirs").size(), 1U);
}

class Jar : public PairedTest {};

TEST_F(Jar, HoldsWhatIOpenedAndKept) {
  refused(ann_, {"jar"}, {"jar-empty", {}});
  ben_.well({"thank", "--did", "You lent me your coat", "--says", "You are kind"});
  EXPECT_FALSE(ann_.well({"jar", "--list"}).contains("coat")) << "closed until opened";
  ann_.well({"today"});
  ann_.well({"open", "1"});
  expect_all(ann_.well({"jar"}), {"From Ben", "You lent me your coat", "You are kind"});
  ben_.well({"notice", "ef-dishes"});
  ann_.well({"today"});
  ann_.well({"open", "1"});
  ann_.well({"thank", "--keep", "--did", "I held out"});
  const std::string list = ann_.well({"jar", "--list"});
  expect_all(list, {"coat", texts_.named(Table::efforts, "ef-dishes"), "I held out"});
  const std::string found = ann_.well({"jar", "search", "KIND"});
  expect_all(found, {"coat"});
  EXPECT_FALSE(found.contains("held out")) << found;
  expect_all(ann_.well({"jar", "show", "1"}), {"You are kind"});
  expect_all(ann_.well({"jar", "search", "dishes"}), {"1  " + texts_.named(Table::efforts, "ef-dishes")});
  expect_all(ann_.well({"jar", "search", "harbour"}), {say("jar.not-found")});
  EXPECT_EQ(list_at(at(parse_json(ann_.well({"--json", "jar", "--list"})), "value"), "entries").size(), 3U);
  EXPECT_TRUE(parse_json(ann_.well({"--json", "jar"})).contains("kind"));
}

TEST_F(Jar, ShowsNothingFromATimeThatIsHidden) {
  ann_.well({"thank", "--keep", "--did", "I held out"});
  const Clock clock;
  const std::int64_t day = 24 * 3'600'000;
  const auto named = [&](std::int64_t ms) {
    const std::tm time = clock.local(ms);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &time);
    return std::string(text);
  };
  const std::string yesterday = named(clock.now().ms - day);
  const std::string tomorrow = named(clock.now().ms + day);
  ann_.well({"jar", "hide", yesterday, tomorrow});
  const std::string list = ann_.well({"jar", "--list"});
  expect_all(list, {say("jar.hidden")});
  EXPECT_FALSE(list.contains("held out")) << list;
  refused(ann_, {"jar"}, {"jar-empty", {}});
  expect_all(ann_.well({"jar", "show", "1"}), {say("jar.shown-again")});
  expect_all(ann_.well({"jar"}), {"I held out"});
  refused(ann_, {"jar", "hide", tomorrow, yesterday}, {"bad-span", {}});
  refused(ann_, {"jar", "hide", "spring"}, {"bad-day", {{"text", "spring"}}});
  refused(ann_, {"jar", "hide", yesterday, "2025-02-29"}, {"bad-day", {{"text", "2025-02-29"}}});
  incomplete(ann_, {"jar", "hide"}, "jar hide");
  incomplete(ann_, {"jar", "search"}, "jar search");
  incomplete(ann_, {"jar", "show"}, "jar show");
  refused(ann_, {"jar", "show", "9"}, {"no-item", {{"item", "9"}}});
}

class Together : public PairedTest {};

TEST_F(Together, AThankYouIsReworded) {
  ann_.well({"thank", "--did", "You rang back", "--felt", "Light"});
  ann_.well({"list"});
  expect_all(ann_.well({"edit", "1", "--felt", "Lighter"}), {say("thank.reworded")});
  ben_.well({"today"});
  expect_all(ben_.well({"open", "1"}), {"You rang back", "Lighter", "Earlier wording"});
  incomplete(ann_, {"edit", "1"}, "edit");
  incomplete(ann_, {"edit", "--did", "x"}, "edit");
  refused(ann_, {"edit", "1", "--did", ""}, {"text-empty", {}});
  ben_.well({"list"});
  refused(ben_, {"edit", "1", "--did", "Mine"}, {"not-yours", {}});
}

TEST_F(Together, TheStoryHasTheNewMoments) {
  ann_.well({"notice", "ef-dishes"});
  ann_.well({"news", "share", "joy", "A robin"});
  ann_.well({"letter", "write", "2035-01-01", "Hello"});
  const std::string mine = ann_.well({"story"});
  expect_all(mine, {"You noticed something Ben did", "You shared good news", "You wrote Ben a letter"});
  EXPECT_TRUE(ben_.well({"story"}).contains(say("story.empty"))) << "what is closed is no moment yet";
  ben_.well({"today"});
  for (const char* number : {"1", "2"}) ben_.well({"open", number});
  const std::string theirs = ben_.well({"story"});
  expect_all(theirs, {"Ann noticed something you did", "Ann shared good news"});
  EXPECT_FALSE(theirs.contains("letter")) << theirs;
  expect_all(ben_.well({"open", "1"}), {"From Ann"});
  EXPECT_EQ(list_at(at(parse_json(ben_.well({"--json", "story"})), "value"), "moments").size(), 2U);
}

TEST_F(Together, AllOfItIsTakenAlong) {
  ann_.well({"feel", "tired", "--line", "The <visit>", "--share", "hold-me"});
  ann_.well({"feel", "sad", "--line", "Only mine"});
  ann_.well({"notice", "ef-dishes"});
  ann_.well({"news", "share", "joy", "A robin"});
  ann_.well({"touch", "love", "My tea is yours"});
  ann_.well({"gestures", "say", "ge-tea", "love"});
  ann_.well({"letter", "write", "2035-01-01", "Still closed"});
  ann_.well({"letter", "write", "2035-01-01", "--held-by-me", "Held back"});
  ben_.well({"today"});
  for (const char* number : {"1", "2", "3"}) ben_.well({"open", number});
  ben_.well({"list"});
  for (Person* person : {&ann_, &ben_}) {
    const auto folder = folder_ / ("taken along by " + person->name());
    person->well({"export", folder.string()});
    const std::string page = content_of(folder / "attune.html");
    expect_all(page, {"Tired", "The &lt;visit&gt;", texts_.named(Table::efforts, "ef-dishes"), "A robin",
                      "My tea is yours", texts_.named(Table::gestures, "ge-tea"), "Closed until"});
    const Json data = parse_json(content_of(folder / "attune.json"));
    for (const char* view : {"feelings", "noticed", "goodnews", "touches", "gestures", "letters"}) {
      EXPECT_TRUE(at(data, view).is_object()) << view;
    }
    for (const char* alone : {"Only mine", "Held back", "Still closed"}) {
      EXPECT_EQ(page.contains(alone), person == &ann_) << alone;
      EXPECT_EQ(data.dump().contains(alone), person == &ann_) << alone;
    }
  }
}

TEST_F(Together, EverythingWaitsHereWhileTheServerIsAway) {
  relay_.stop();
  for (const std::vector<std::string>& words : {std::vector<std::string>{"notice", "ef-dishes"},
                                                {"feel", "tired", "--share", "ask-me"},
                                                {"touch", "hug"},
                                                {"news", "share", "joy", "A robin"}}) {
    const std::string kept = ann_.well(words);
    EXPECT_TRUE(kept.contains("kept on this device")) << kept;
    EXPECT_FALSE(kept.contains(say("sync.safe"))) << kept;
  }
  relay_.start();
  ann_.well({"sync"});
  expect_all(ben_.well({"today"}), {"noticed, closed", "How Ann is", "1 touch from Ann", "Good news from Ann"});
}

}  // namespace
}  // namespace attune::cli
