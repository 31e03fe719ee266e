#include "cli/session.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "tests/cli/support.h"

namespace attune::cli {
namespace {

/// A session whose core and relay the test plays.
class SessionTest : public testing::Test {
 protected:
  SessionTest() : store_(RowStore::open(folder_ / "db").value()), link_(diary_) {
    auto engine = std::make_unique<FakeEngine>(diary_);
    engine_ = engine.get();
    engine_->sync("offline", false);
    session_ = std::make_unique<Session>(std::move(engine), store_, link_, clock_, std::chrono::milliseconds(50));
  }

  /// The relay answers at once and says nothing of its own.
  void reachable() {
    link_.on_dial = [this] { link_.events.emplace_back(link::Opened{}); };
    engine_->on_event = [this](const std::string& what) {
      if (what == "connected") engine_->sync("online", false);
    };
  }

  Folder folder_;
  Diary diary_;
  RowStore store_;
  FakeLink link_;
  Clock clock_;
  FakeEngine* engine_ = nullptr;
  std::unique_ptr<Session> session_;
};

Effect store(std::string key, std::string_view value) { return effect::Store{{{std::move(key), bytes(value)}}}; }
Effect send(std::string_view frame) { return effect::Send{bytes(frame)}; }
constexpr const char* kRelay = "https://attune.example";

TEST_F(SessionTest, KeepsACommandOnDiskBeforeItReturns) {
  engine_->on_command = [&](std::string_view) { engine_->effects = {store("command/1", "thanks")}; };
  ASSERT_TRUE(session_->command("cherish.thank"));
  EXPECT_EQ(store_.read_all().value().size(), 1U);
}

TEST_F(SessionTest, SendsNothingThatIsNotOnDiskYet) {
  reachable();
  bool kept_before_sending = false;
  link_.on_send = [&](const std::string&) { kept_before_sending = store_.read_all().value().size() == 1; };
  engine_->effects = {effect::Dial{kRelay}};
  ASSERT_TRUE(session_->exchange()->reached());
  engine_->on_command = [&](std::string_view) { engine_->effects = {store("command/1", "thanks"), send("thanks")}; };
  ASSERT_TRUE(session_->command("cherish.thank"));
  EXPECT_TRUE(kept_before_sending);
}

TEST_F(SessionTest, StopsAtAFullDiskAndSendsNothingBehindIt) {
  reachable();
  engine_->effects = {effect::Dial{kRelay}};
  ASSERT_TRUE(session_->exchange()->reached());
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit usual{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &usual), 0);
  const rlimit tight{64 * 1024, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  engine_->on_command = [&](std::string_view) {
    engine_->effects = {store("command/1", std::string(1 << 20, 'x')), send("thanks")};
  };
  const auto reply = session_->command("cherish.thank");
  const auto again = session_->command("cherish.thank");
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &usual), 0);
  std::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, "disk-full");
  EXPECT_FALSE(again);
  EXPECT_FALSE(std::ranges::find(diary_, "send thanks") != diary_.end());
}

TEST_F(SessionTest, PassesOnARefusalByItsCode) {
  engine_->replies["space.start"] = R"({"ok":false,"code":"already-started"})";
  const auto reply = session_->command("space.start");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, "already-started");
}

TEST_F(SessionTest, GivesTheReplyExactlyAsTheCoreGaveIt) {
  engine_->replies["x"] = R"({ "ok" : true,"value":{"z":1,"a":2}})";
  EXPECT_EQ(session_->command("x")->text, R"({ "ok" : true,"value":{"z":1,"a":2}})");
}

TEST_F(SessionTest, CallsNobodyBeforeAnExchange) {
  engine_->on_command = [&](std::string_view) { engine_->effects = {effect::Dial{kRelay}}; };
  ASSERT_TRUE(session_->command("cherish.thank"));
  EXPECT_FALSE(std::ranges::find(diary_, "dial https://attune.example") != diary_.end());
  reachable();
  ASSERT_TRUE(session_->exchange()->reached());
  EXPECT_TRUE(std::ranges::find(diary_, "dial https://attune.example") != diary_.end());
}

TEST_F(SessionTest, ExchangesUntilNothingWaitsOnEitherSide) {
  engine_->effects = {effect::Dial{kRelay}};
  link_.on_dial = [this] {
    link_.events.emplace_back(link::Opened{});
    link_.events.emplace_back(link::Frame{bytes("welcome")});
    link_.events.emplace_back(link::Frame{bytes("stored")});
    link_.events.emplace_back(link::Frame{bytes("nobody waits for this")});
  };
  engine_->on_event = [this](const std::string& what) {
    if (what == "received welcome") engine_->sync("online", true, 1);
    if (what == "received stored") engine_->sync("online", false);
  };
  ASSERT_TRUE(session_->exchange()->reached());
  EXPECT_EQ(diary_.back(), "received stored");
}

TEST_F(SessionTest, SaysWhyTheRelayCouldNotBeReached) {
  engine_->effects = {effect::Dial{kRelay}};
  link_.on_dial = [this] { link_.events.emplace_back(link::Closed{"server-untrusted"}); };
  const auto result = session_->exchange();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->end, Exchange::End::unreachable);
  EXPECT_EQ(result->code, "server-untrusted");
  EXPECT_EQ(diary_.back(), "disconnected");
}

TEST_F(SessionTest, GivesUpARelayThatSaysNothing) {
  engine_->effects = {effect::Dial{kRelay}};
  const auto result = session_->exchange();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->end, Exchange::End::silent);
}

TEST_F(SessionTest, KnowsThatThereIsNobodyToCallYet) { EXPECT_EQ(session_->exchange()->end, Exchange::End::no_relay); }

TEST_F(SessionTest, ComesBackAfterALostConnection) {
  int dials = 0;
  engine_->effects = {effect::Dial{kRelay}};
  link_.on_dial = [&] {
    link_.events.emplace_back(link::Opened{});
    if (++dials == 1) link_.events.emplace_back(link::Closed{"connection-lost"});
  };
  engine_->on_event = [&](const std::string& what) {
    if (what == "disconnected") engine_->effects = {effect::Alarm{clock_.now().ms}};
    if (what == "tick" && dials == 1) engine_->effects = {effect::Dial{kRelay}};
    if (what == "connected" && dials == 2) engine_->sync("online", false);
  };
  ASSERT_TRUE(session_->exchange()->reached());
  EXPECT_EQ(dials, 2);
}

TEST_F(SessionTest, StaysUntilWhatItWaitsForIsThereAndAnswered) {
  engine_->effects = {effect::Dial{kRelay}};
  link_.on_dial = [this] {
    link_.events.emplace_back(link::Opened{});
    for (const char* frame : {"one", "two", "stored"}) link_.events.emplace_back(link::Frame{bytes(frame)});
  };
  engine_->on_event = [this](const std::string& what) {
    if (what == "received two") {
      engine_->sync("online", true);
      engine_->effects = {send("my answer to two")};
    }
    if (what == "received stored") engine_->sync("online", false);
  };
  bool there = false;
  const auto result = session_->stay([&]() -> Outcome<bool> {
    there = there || diary_.back() == "send my answer to two";
    return there;
  });
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->reached());
  EXPECT_TRUE(there);
  EXPECT_NE(std::ranges::find(diary_, "received stored"), diary_.end());
}

TEST_F(SessionTest, LearnsOfALossThatNobodyListenedTo) {
  reachable();
  engine_->effects = {effect::Dial{kRelay}};
  ASSERT_TRUE(session_->exchange()->reached());
  // While the person was thinking the server went away.
  link_.events.emplace_back(link::Closed{"connection-lost"});
  engine_->on_event = [this](const std::string& what) {
    if (what == "disconnected") {
      engine_->sync("offline", false);
      engine_->effects = {effect::Dial{kRelay}};
    }
    if (what == "connected") engine_->sync("online", false);
  };
  ASSERT_TRUE(session_->exchange()->reached());
  EXPECT_EQ(std::ranges::count(diary_, "dial https://attune.example"), 2);
}

TEST_F(SessionTest, LeavesWhenThePersonWantsTo) {
  engine_->effects = {effect::Dial{kRelay}};
  link_.on_dial = [this] { link_.events.emplace_back(link::Interrupted{}); };
  const auto result = session_->stay([]() -> Outcome<bool> { return false; });
  ASSERT_TRUE(result);
  EXPECT_EQ(result->end, Exchange::End::interrupted);
}

TEST_F(SessionTest, HangsUpWhenTheCoreSaysSo) {
  reachable();
  engine_->effects = {effect::Dial{kRelay}};
  ASSERT_TRUE(session_->exchange()->reached());
  engine_->on_command = [&](std::string_view) { engine_->effects = {effect::HangUp{}}; };
  ASSERT_TRUE(session_->command("space.recover-cancel"));
  EXPECT_EQ(diary_.back(), "hang up");
}

}  // namespace
}  // namespace attune::cli
