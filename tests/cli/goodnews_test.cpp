// Good news between two terminals: shared, asked about, told, and heard of tonight.
#include "tests/cli/couple.h"

namespace attune::cli {
namespace {

class GoodNews : public PairedTest {
 protected:
  /// The two that are offered to this person for the news named.
  static std::vector<std::string> offered(const std::string& page) {
    std::vector<std::string> ids;
    const std::string before = "--question ";
    for (std::size_t at = page.find(before); at != std::string::npos; at = page.find(before, at + 1)) {
      ids.push_back(page.substr(at + before.size(), page.find('\n', at) - at - before.size()));
    }
    return ids;
  }
};

TEST_F(GoodNews, AreSharedAskedAboutAndToldInBothDirections) {
  for (const auto& [one, other] : {std::pair(&ann_, &ben_), std::pair(&ben_, &ann_)}) {
    one->well({"news", "share", "work", "They", "liked", "the", "plan"});
    const std::string today = other->well({"today"});
    expect_all(today, {"Good news from " + one->name() + ", closed", "attune open 1"});
    EXPECT_FALSE(today.contains("plan")) << today;
    const std::string opened = other->well({"open", "1"});
    expect_all(opened, {"They liked the plan", "Work or study", "attune news tonight 1", "attune news ask 1 WORDS"});
    const auto questions = offered(opened);
    ASSERT_EQ(questions.size(), 2U) << opened;
    EXPECT_NE(questions[0], questions[1]);
    expect_all(opened, {texts_.named(Table::questions, questions[0]), texts_.named(Table::questions, questions[1])});
    other->well({"news", "ask", "1", "--question", questions[0], "--question", questions[1], "And", "the", "boss?"});
    other->well({"news", "tonight", "1"});

    const std::string asked = one->well({"today"});
    expect_all(asked, {other->name() + " asks about your good news", "Good news to talk about tonight",
                       "attune news talked 1"});
    const std::string mine = one->well({"open", "1"});
    expect_all(mine, {other->name() + " asks:", "And the boss?", texts_.named(Table::questions, questions[1]),
                      other->name() + " would like to hear of it tonight.", "attune news tell 1 WORDS"});
    one->well({"news", "tell", "1", "On", "the", "stairs"});
    expect_all(one->well({"news", "felt-good", "1"}), {say("news.felt-good")});
    EXPECT_TRUE(flag_at(list_at(one->view("goodnews"), "news")[0], "felt_good"));

    const std::string told = other->well({"today"});
    expect_all(told, {one->name() + " told you more", "Good news to talk about tonight"});
    expect_all(other->well({"open", "1"}), {one->name() + " told:", "On the stairs", "You asked:"});
    EXPECT_FALSE(flag_at(list_at(other->view("goodnews"), "news")[0], "felt_good")) << "for whoever shared it alone";
    expect_all(other->well({"news", "talked", "1"}), {say("news.said-talked")});
    for (Person* person : {one, other}) {
      EXPECT_FALSE(person->well({"today"}).contains("tonight")) << person->name();
    }
    const std::string list = one->well({"news"});
    expect_all(list, {"Your good news: They liked the plan"});
  }
}

TEST_F(GoodNews, AreAnsweredByTheVerbForAnything) {
  ann_.well({"news", "share", "joy"}, "A robin\non the sill\n");
  ben_.well({"today"});
  expect_all(ben_.well({"open", "1"}), {"A robin\n    on the sill"});
  ben_.well({"answer", "1", "Did", "it", "sing?"});
  ann_.well({"today"});
  ann_.well({"answer", "1", "It", "did"});
  ben_.well({"today"});
  expect_all(ben_.well({"open", "1"}), {"Did it sing?", "It did"});
}

TEST_F(GoodNews, RefuseWithASentence) {
  incomplete(ann_, {"news", "share", "weather", "Sun"}, "news share");
  incomplete(ann_, {"news", "share"}, "news share");
  refused(ann_, {"news", "share", "luck"}, {"nothing-written", {}});
  refused(ann_, {"news", "share", "luck", std::string(2001, 'a')}, {"text-too-long", {}});
  incomplete(ann_, {"news", "ask"}, "news ask");
  refused(ann_, {"news", "ask", "7", "What?"}, {"no-item", {{"item", "7"}}});
  ann_.well({"news", "share", "luck", "A seat by the window"});
  ann_.well({"news"});
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"news", "ask", "1", "What?"}, {"news", "tonight", "1"}}) {
    refused(ann_, words, {"own-item", {}});
  }
  refused(ann_, {"news", "tell", "1", "It was cold"}, {"nothing-asked", {}});
  refused(ann_, {"news", "felt-good", "1"}, {"nothing-asked", {}});
  refused(ann_, {"news", "talked", "1"}, {"not-for-tonight", {}});
  ben_.well({"today"});
  refused(ben_, {"news", "ask", "1", "Which?"}, {"not-opened-yet", {}});
  ben_.well({"open", "1"});
  refused(ben_, {"news", "ask", "1", "--question", "nq-none"}, {"no-question", {{"question", "nq-none"}}});
  refused(ben_, {"news", "ask", "1"}, {"nothing-written", {}});
  refused(ben_, {"news", "ask", "1", "--question", "nq-luck-1", "--question", "nq-luck-2", "--question", "nq-luck-3"},
          {"two-questions", {}});
  refused(ben_, {"news", "tell", "1", "It is mine"}, {"not-yours", {}});
  refused(ben_, {"news", "felt-good", "1"}, {"not-yours", {}});
  incomplete(ben_, {"answer", "1", "--tap", "warmed"}, "answer");
  ann_.well({"take-back", "1"});
  ben_.well({"sync"});
  refused(ben_, {"news", "ask", "1", "Where?"}, {"taken-back-already", {}});
}

}  // namespace
}  // namespace attune::cli
