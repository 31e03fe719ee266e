// A verb at work on a core that the test plays.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/verbs/verbs.h"
#include "tests/cli/support.h"

namespace attune::cli {

class VerbTest : public testing::Test {
 protected:
  VerbTest() : store_(RowStore::open(folder_ / "db").value()), link_(diary_) {
    auto engine = std::make_unique<FakeEngine>(diary_);
    engine_ = engine.get();
    session_ =
        std::make_unique<Session>(std::move(engine), store_, link_, terminal_.clock, std::chrono::milliseconds(50));
    engine_->views["app"] = {
        {"phase", "paired"}, {"partner", "Kim"}, {"relay", "http://localhost:1"}, {"recovery", "confirmed"}};
    engine_->sync("offline", false);
    engine_->views["today"] = {{"first_steps", Json::array()}, {"awaiting", Json::array()}, {"since", Json::array()}};
    engine_->views["cherish"] = {{"thanks", Json::array()}, {"kept", Json::array()}};
    engine_->views["openup"] = {{"questions", Json::array()}, {"written", Json::array()}};
  }

  /// The relay is away: it refuses every call.
  void unreachable() {
    engine_->effects = {effect::Dial{"http://localhost:1"}};
    link_.on_dial = [this] { link_.events.emplace_back(link::Closed{"server-unreachable"}); };
  }
  /// The relay answers at once.
  void reachable() {
    engine_->effects = {effect::Dial{"http://localhost:1"}};
    link_.on_dial = [this] { link_.events.emplace_back(link::Opened{}); };
    engine_->on_event = [this](const std::string& what) {
      if (what == "connected") engine_->sync("online", false);
    };
  }

  Outcome<Exit> run(Verb verb) {
    terminal_.asks = asks_;
    terminal_.json = args_.json;
    Desk desk{args_, terminal_, store_, *session_, link_, folder_.path()};
    return verb(desk);
  }
  [[nodiscard]] bool did(const std::string& what) const {
    return std::ranges::any_of(diary_, [&](const std::string& line) { return line.starts_with(what); });
  }

  Folder folder_;
  Diary diary_;
  RowStore store_;
  FakeLink link_;
  FakeEngine* engine_ = nullptr;
  Args args_;
  bool asks_ = false;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  Terminal terminal_{Texts("en"), Paper(out_, 0, false), Paper(err_, 0, false), *Clock::starting_at("1741118640000+60"),
                     in_};
  std::unique_ptr<Session> session_;
};

inline Json at_evening() { return {{"ms", 1741118640000}, {"offset", 60}}; }
inline const std::string kItem = "AAAAAAAAAAAAAAAAAAAAAA";
inline const std::string kOther = "BBBBBBBBBBBBBBBBBBBBBB";

}  // namespace attune::cli
