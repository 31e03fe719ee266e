// `attune mend`: what it says and asks before anything is decided.
#include "tests/cli/desk.h"

namespace attune::cli {
namespace {

class Mend : public VerbTest {
 protected:
  void SetUp() override {
    reachable();
    engine_->views["mending"] = {
        {"state", "possible"}, {"stream", nullptr}, {"until", at_evening()}, {"mine", 2}, {"theirs", 0}};
  }
};

TEST_F(Mend, ProposesAfterAYes) {
  args_.yes = true;
  ASSERT_EQ(run(mend), Exit::done);
  EXPECT_TRUE(did("command space.mend {}"));
  EXPECT_TRUE(out_.str().contains("2 things you wrote")) << out_.str();
  EXPECT_FALSE(out_.str().contains("Kim wrote")) << out_.str();
}

TEST_F(Mend, ConfirmsTheVeryProposalThatWasShown) {
  engine_->views["mending"]["state"] = "asked";
  engine_->views["mending"]["stream"] = kItem;
  args_.yes = true;
  ASSERT_EQ(run(mend), Exit::done);
  EXPECT_TRUE(did("command space.mend-confirm {\"stream\":\"" + kItem + "\"}"));
}

TEST_F(Mend, DoesNothingWithoutAYes) {
  asks_ = true;
  in_.str("no\n");
  ASSERT_EQ(run(mend), Exit::done);
  EXPECT_FALSE(did("command space.mend"));
}

TEST_F(Mend, SaysThatItWaits) {
  engine_->views["mending"]["state"] = "waiting";
  ASSERT_EQ(run(mend), Exit::done);
  EXPECT_FALSE(did("command space.mend"));
  EXPECT_TRUE(out_.str().contains("both of you")) << out_.str();
}

TEST_F(Mend, TodaySaysThatTheOtherAsks) {
  engine_->views["mending"]["state"] = "asked";
  ASSERT_EQ(run(today), Exit::done);
  EXPECT_TRUE(out_.str().contains("attune mend")) << out_.str();
}

}  // namespace
}  // namespace attune::cli
