// How two people are, at two terminals: a feeling or two and a line, kept or shared, and what the other makes of it.
#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

class Feelings : public PairedTest {};

TEST_F(Feelings, AreSharedOpenedAndAnsweredInBothDirections) {
  for (const auto& [one, other] : {std::pair(&ann_, &ben_), std::pair(&ben_, &ann_)}) {
    const std::string sent =
        one->well({"feel", "Tired", "uneasy-worried", "--line", "The visit tomorrow", "--share", "hold-me"});
    expect_all(sent, {"Tired and Worried. On its way to " + other->name(), say("sync.safe")});
    const std::string today = other->well({"today"});
    expect_all(today, {"How " + one->name() + " is, closed", "attune open 1"});
    EXPECT_FALSE(today.contains("Tired")) << today;
    EXPECT_FALSE(other->well({"list"}).contains("visit")) << "closed until opened";
    other->well({"today"});
    const std::string opened = other->well({"open", "1"});
    expect_all(opened, {"Tired and Worried", "The visit tomorrow", one->name() + " says: hold me.",
                        "attune answer 1 --response holding"});
    other->well({"answer", "1", "--response", "holding", "Come", "here"});
    expect_all(one->well({"today"}), {other->name() + " answered how you are", "attune open 1"});
    expect_all(one->well({"open", "1"}), {"You said: hold me.", "I hold you. Come here"});
    one->well({"today"});
  }
}

TEST_F(Feelings, StayWithMeUnlessIShareThem) {
  expect_all(ann_.well({"feel", "at home"}), {"At home. Kept for you alone."});
  expect_all(ann_.well({"feel"}, "Tired, At home\n"), {"Tired and At home"});
  expect_all(ann_.well({"feel"}, "low-sad glad\n"), {"Sad and Glad"});
  ben_.well({"sync"});
  EXPECT_TRUE(list_at(ben_.view("feelings"), "shared").empty());
  EXPECT_TRUE(list_at(ben_.view("feelings"), "noted").empty());
  expect_all(ann_.well({"list"}), {"How you are, for you alone: Sad and Glad"});
  expect_all(ann_.well({"open", "1"}), {"Sad and Glad"});
}

TEST_F(Feelings, CanBeTakenBackBeforeTheyAreOpened) {
  ann_.well({"feel", "irritated", "--share", "ask-me"});
  ben_.well({"today"});
  ann_.well({"list"});
  expect_all(ann_.well({"take-back", "1"}), {say("take-back.done")});
  expect_all(ben_.well({"open", "1"}), {"Ann took this back."});
  refused(ben_, {"answer", "1", "--response", "here"}, {"taken-back-already", {}});
}

TEST_F(Feelings, HaveAVocabulary) {
  const std::string all = ann_.well({"feel", "--list"});
  for (const Named& one : texts_.table(Table::feelings)) EXPECT_TRUE(all.contains(one.text)) << one.id;
  const Json data = parse_json(ann_.well({"--json", "feel", "--list"}));
  ASSERT_TRUE(data.is_array());
  EXPECT_EQ(data.size(), texts_.table(Table::families).size());
  for (const Json& family : data) EXPECT_FALSE(list_at(family, "feelings").empty()) << family;
}

TEST_F(Feelings, RefuseWithASentence) {
  refused(ann_, {"feel", "tried"}, {"no-feeling", {{"feeling", "tried"}}});
  refused(ann_, {"feel", "\x1b[2Jred"}, {"no-feeling", {{"feeling", "[2Jred"}}});
  refused(ann_, {"feel", "tired", "sad", "worried"}, {"bad-feelings", {}});
  refused(ann_, {"feel", "tired", "low-tired"}, {"bad-feelings", {}});
  refused(ann_, {"feel"}, {"bad-feelings", {}});
  incomplete(ann_, {"feel", "tired", "--share", "loudly"}, "feel");
  refused(ann_, {"feel", "tired", "--line", std::string(501, 'a')}, {"text-too-long", {}});
  ann_.well({"feel", "tired", "--share", "ask-me"});
  ben_.well({"today"});
  refused(ben_, {"answer", "1", "--response", "here"}, {"not-opened-yet", {}});
  ben_.well({"open", "1"});
  incomplete(ben_, {"answer", "1", "--response", "meh"}, "answer");
  incomplete(ben_, {"answer", "1", "--tap", "warmed"}, "answer");
  refused(ben_, {"answer", "1"}, {"nothing-written", {}});
  ann_.well({"list"});
  refused(ann_, {"answer", "1", "--response", "here"}, {"own-item", {}});
  Person alone(folder_ / "alone", "Cato");
  alone.well({"--offline", "start", "--relay", relay_.address()});
  const Ended ended = alone.run({"--offline", "feel", "tired", "--share", "ask-me"});
  EXPECT_EQ(ended.code, 1);
  for (const std::string& sentence : texts_.explain({"not-paired", {}})) EXPECT_TRUE(ended.err.contains(sentence));
}

TEST_F(Feelings, AnswerAScriptInJson) {
  const Json shared = parse_json(ann_.well({"--json", "feel", "tired", "--share", "ask-me"}));
  EXPECT_TRUE(flag_at(shared, "ok"));
  const std::string item =
      text_at(list_at(at(parse_json(ben_.well({"--json", "today"})), "value"), "awaiting")[0], "item");
  const Json opened = parse_json(ben_.well({"--json", "open", item}));
  EXPECT_EQ(at(opened, "feelings").dump(), R"(["low-tired"])");
  EXPECT_EQ(ann_.run({"--json", "feel", "tried"}).out, "{\"ok\":false,\"code\":\"no-feeling\"}\n");
}

TEST_F(Feelings, OfANewerAttuneAreShownByTheirIds) {
  ann_.well({"do", "feelings.share", R"({"feelings":["low-wistful"],"wish":"ask-me"})"});
  ben_.well({"today"});
  expect_all(ben_.well({"open", "1"}), {"low-wistful"});
}

}  // namespace
}  // namespace attune::cli
