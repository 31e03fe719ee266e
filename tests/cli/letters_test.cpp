// Letters between two terminals, closed until their date.
#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

class Letters : public PairedTest {
 protected:
  /// New year after next, so that it is neither today nor past.
  Letters() {
    const int year = Clock().local(Clock().now().ms).tm_year + 1900 + 2;
    date_ = std::to_string(year) + "-01-01";
    after_ = std::to_string(Clock().day(date_)->from + 12 * 3'600'000) + "+0";
  }
  std::string date_;
  std::string after_;  ///< that noon, for --clock
};

TEST_F(Letters, StayClosedUntilTheirDateInBothDirections) {
  for (const auto& [one, other] : {std::pair(&ann_, &ben_), std::pair(&ben_, &ann_)}) {
    expect_all(one->well({"letter", "write", date_, "When", "you", "read", "this"}),
               {"On its way to " + other->name() + ", whose app keeps it closed until", "1 January"});
    const std::string today = other->well({"today"});
    expect_all(today, {"A letter from " + one->name() + ", closed until", "1 January"});
    EXPECT_FALSE(today.contains("attune open")) << today;
    expect_all(other->well({"letter"}), {"A letter from " + one->name() + ", closed until"});
    const std::string closed = other->well({"open", "1"});
    expect_all(closed, {"Closed until", "1 January"});
    EXPECT_FALSE(closed.contains("When you read this")) << closed;
    expect_all(one->well({"letter"}), {"Your letter, closed until"});
    expect_all(one->well({"open", "1"}), {"When you read this", "it is closed until"});

    const std::string there = other->well({"--clock", after_, "today"});
    expect_all(there, {"A letter from " + one->name() + ", which can be opened now", "attune open 1"});
    expect_all(other->well({"--clock", after_, "open", "1"}), {"When you read this"});
    refused(*other, {"answer", "1", "Thank you"}, {"no-answer", {}});
    other->well({"--clock", after_, "today"});
  }
}

TEST_F(Letters, HeldByTheirAuthorLeaveOnceTheirDateHasCome) {
  expect_all(ann_.well({"letter", "write", date_ + " 09:30", "--held-by-me"}, "Happy\nnew year\n"),
             {"It stays with you until", "09:30"});
  ann_.well({"sync"});
  ben_.well({"sync"});
  EXPECT_TRUE(list_at(ben_.view("letters"), "letters").empty()) << "with nobody but Ann";
  expect_all(ann_.well({"letter"}), {"Your letter, with you until"});
  ann_.well({"--clock", after_, "sync"});
  expect_all(ben_.well({"--clock", after_, "today"}), {"A letter from Ann, which can be opened now"});
  expect_all(ben_.well({"--clock", after_, "open", "1"}), {"Happy\n    new year"});
  refused(ann_, {"letter", "withdraw", "1"}, {"letter-posted", {}});
}

TEST_F(Letters, AreWithdrawnOrTakenBack) {
  ann_.well({"letter", "write", date_, "--held-by-me", "Too early"});
  ann_.well({"letter"});
  expect_all(ann_.well({"letter", "withdraw", "1"}), {say("letter.withdrawn")});
  expect_all(ann_.well({"letter"}), {say("letter.none")});
  ann_.well({"letter", "write", date_, "--held-by-me", "Once more"});
  ann_.well({"letter"});
  expect_all(ann_.well({"take-back", "1"}), {say("letter.withdrawn")});
  ann_.well({"letter", "write", date_, "In anger"});
  ben_.well({"letter"});
  ann_.well({"letter"});
  refused(ann_, {"letter", "withdraw", "1"}, {"letter-posted", {}});
  expect_all(ann_.well({"take-back", "1"}), {say("take-back.done")});
  expect_all(ben_.well({"open", "1"}), {"Ann took this back."});
}

TEST_F(Letters, RefuseWithASentence) {
  incomplete(ann_, {"letter", "write"}, "letter write");
  for (const std::string date : {"soon", "2020-01-01", "2027-02-30", "2027-1-1"}) {
    refused(ann_, {"letter", "write", date, "Hello"}, {"bad-date", {{"text", date}}});
  }
  refused(ann_, {"letter", "write", date_}, {"nothing-written", {}});
  refused(ann_, {"letter", "write", "2199-01-01", "Hello"}, {"bad-letter-date", {}});
  refused(ann_, {"letter", "write", date_, std::string(8001, 'a')}, {"text-too-long", {}});
  incomplete(ann_, {"letter", "withdraw"}, "letter withdraw");
  refused(ann_, {"letter", "withdraw", "4"}, {"no-item", {{"item", "4"}}});
}

TEST_F(Letters, AnswerAScriptInJson) {
  EXPECT_TRUE(flag_at(parse_json(ann_.well({"--json", "letter", "write", date_, "Hello"})), "ok"));
  const Json view = at(parse_json(ben_.well({"--json", "letter"})), "value");
  EXPECT_EQ(text_at(list_at(view, "letters")[0], "state"), "closed");
  EXPECT_EQ(text_at(list_at(view, "letters")[0], "text"), "");
}

}  // namespace
}  // namespace attune::cli
