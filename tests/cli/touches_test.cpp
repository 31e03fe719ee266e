// Touches between two terminals.
#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

class Touches : public PairedTest {};

TEST_F(Touches, AreSentAndFeltInBothDirections) {
  for (const auto& [one, other] : {std::pair(&ann_, &ben_), std::pair(&ben_, &ann_)}) {
    expect_all(one->well({"touch", "hug"}), {"Hug. On its way to " + other->name()});
    const std::string today = other->well({"today"});
    expect_all(today, {"1 touch from " + one->name(), "attune touch\n"});
    one->well({"--clock", in_minutes(2), "touch", "love", "With", "you", "I", "can", "be", "quiet"});
    one->well({"--clock", in_minutes(4), "touch", "love", "lo-plain"});
    expect_all(other->well({"today"}), {"3 touches from " + one->name()});
    const std::string felt = other->well({"touch"});
    expect_all(felt, {one->name() + " holds you", one->name() + " says: I love you.", "With you I can be quiet",
                      texts_.named(Table::loves, "lo-plain")});
    EXPECT_LT(felt.find("holds you"), felt.find("says")) << "as they came";
    expect_all(other->well({"touch"}), {say("touch.none")});
    EXPECT_FALSE(other->well({"today"}).contains("touch from")) << "felt";
    for (const Json& touch : list_at(one->view("touches"), "touches")) {
      if (flag_at(touch, "by_me")) EXPECT_FALSE(flag_at(touch, "felt")) << "the sender is told nothing";
    }
  }
}

TEST_F(Touches, AreQuietForAsLongAsISay) {
  expect_all(ben_.well({"touch", "quiet", "8"}), {"No touch is shown as it comes until"});
  ann_.well({"touch", "kiss"});
  EXPECT_FALSE(ben_.well({"today"}).contains("touch from"));
  expect_all(ben_.well({"--clock", in_minutes(9 * 60), "today"}), {"1 touch from Ann"});
  expect_all(ben_.well({"touch"}), {"Ann gives you a kiss.", "No touch is shown as it comes until"});
  expect_all(ben_.well({"touch", "quiet", "off"}), {say("touch.aloud")});
  EXPECT_FALSE(ben_.well({"touch"}).contains("No touch is shown"));
}

TEST_F(Touches, CanBeTakenBackBeforeTheyAreFelt) {
  ann_.well({"touch", "squeeze"});
  expect_all(ann_.well({"list"}), {"A touch from you: Hand squeeze"});
  ann_.well({"take-back", "1"});
  expect_all(ben_.well({"touch"}), {say("touch.none")});
}

TEST_F(Touches, AreOpenedFromTheListToo) {
  ann_.well({"touch", "thought"});
  expect_all(ben_.well({"list"}), {"A touch from Ann"});
  expect_all(ben_.well({"open", "1"}), {texts_.find(Table::touches, "thought")->more.substr(8)});
  expect_all(ben_.well({"touch"}), {say("touch.none")});
  refused(ben_, {"answer", "1", "Hello"}, {"no-answer", {}});
}

TEST_F(Touches, RefuseWithASentence) {
  incomplete(ann_, {"touch", "punch"}, "touch send");
  incomplete(ann_, {"touch", "quiet"}, "touch quiet");
  for (const char* hours : {"0", "-3", "soon", "2.5", "99999999999"}) {
    const Ended ended = ann_.run({"touch", "quiet", hours});
    EXPECT_NE(ended.code, 0) << hours;
    EXPECT_TRUE(ended.err.contains("attune touch quiet --help")) << hours << ended.err;
  }
  refused(ann_, {"touch", "quiet", "169"}, {"bad-quiet-time", {}});
  refused(ann_, {"touch", "hug", "Hello"}, {"words-of-love-only", {}});
  refused(ann_, {"touch", "love", std::string(301, 'a')}, {"text-too-long", {}});
  ann_.well({"touch", "hug"});
  refused(ann_, {"touch", "hug"}, {"touch-too-soon", {}});
}

TEST_F(Touches, AnswerAScriptInJson) {
  ann_.well({"--json", "touch", "hug"});
  const Json view = at(parse_json(ben_.well({"--json", "touch"})), "value");
  EXPECT_EQ(text_at(list_at(view, "touches")[0], "touch"), "hug");
  EXPECT_TRUE(flag_at(list_at(ben_.view("touches"), "touches")[0], "felt"));
  const Json all = parse_json(ben_.well({"--json", "touch", "--list"}));
  EXPECT_EQ(list_at(all, "loves").size(), texts_.table(Table::loves).size());
  expect_all(ben_.well({"touch", "--list"}), {"squeeze", "lo-plain", texts_.named(Table::loves, "lo-plain")});
}

}  // namespace
}  // namespace attune::cli
