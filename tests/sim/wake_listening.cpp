// Which steps of a listening session wake the other: what asks for an answer, and no move of a session that runs, in
// which both are there anyway.
#include <gtest/gtest.h>

#include "tests/sim/letting.h"
#include "tests/sim/relay_eye.h"
#include "tests/sim/talk.h"
#include "tests/sim/wake.h"

namespace attune::sim::wake {

namespace {

/// Asks for a step of a session that has come to this stage.
Row step(std::string_view command, Heard heard, const char* stage, bool of_sam, Json more = Json::object(),
         const char* how = "two-phones") {
  return {command, heard, [stage, of_sam, more = std::move(more), how](Couple& c) {
            c.pair();
            Talk talk(c, how);
            if (stage != std::string_view("proposed")) talk.begin();
            talk.until(stage);
            Json args = talk.args(more);
            args["step"] = c.sam.see("listen")["open"]["step"];
            return Asked{.device = of_sam ? c.sam : c.noa, .args = std::move(args)};
          }};
}

constexpr bool kSam = true;
constexpr bool kNoa = false;

Json when() { return {{"when", {{"ms", 1'800'000'000'000}, {"offset", 60}}}}; }

Device& tablet_of_sam(Couple& c) {
  Device& tablet = c.world.add("Tablet");
  Letting{.world = c.world, .first = c.sam, .tablet = tablet}.let_in();
  return tablet;
}

}  // namespace

void add_listening_rows(std::vector<Row>& rows) {
  rows.push_back({"listen.propose", Heard::wakes, [](Couple& c) {
                    c.pair();
                    return Asked{.device = c.sam, .args = {{"how", "typed"}}};
                  }});
  rows.push_back(step("listen.topic", Heard::nothing, "proposed", kSam, {{"about", "us"}}));
  rows.push_back({"signal.say", Heard::nothing, [](Couple& c) {
                    c.pair();
                    const Talk talk(c);
                    return Asked{.device = c.sam, .args = {{"item", talk.session}, {"say", "here"}}};
                  }});
  rows.push_back(step("listen.agree", Heard::wakes, "proposed", kNoa));
  rows.push_back(step("listen.decline", Heard::silently, "proposed", kNoa));
  rows.push_back(step("listen.postpone", Heard::wakes, "proposed", kNoa, when()));
  rows.push_back({"listen.ready", Heard::wakes, [](Couple& c) {
                    c.pair();
                    Talk talk(c);
                    talk.must(c.noa, "agree");
                    return Asked{.device = c.sam, .args = talk.args()};
                  }});
  rows.push_back({"listen.here", Heard::silently, [](Couple& c) {
                    c.pair();
                    Device& tablet = tablet_of_sam(c);
                    Talk talk(c);
                    talk.begin();
                    return Asked{.device = tablet, .args = talk.args()};
                  }});
  rows.push_back(step("listen.piece", Heard::silently, "speaking", kSam));
  rows.push_back(step("listen.say-back", Heard::silently, "spoken", kNoa));
  rows.push_back(step("listen.confirm", Heard::silently, "given-back", kSam, {{"heard", "almost"}}));
  rows.push_back({"listen.smaller", Heard::silently, [](Couple& c) {
                    c.pair();
                    Talk talk(c);
                    talk.begin();
                    for (int i = 0; i < 3; ++i) {
                      talk.until("given-back");
                      talk.move(c.sam, "confirm", {{"heard", "not-yet"}});
                      c.world.settle();
                    }
                    return Asked{.device = c.noa, .args = talk.args({{"step", c.noa.see("listen")["open"]["step"]}})};
                  }});
  rows.push_back(step("listen.more", Heard::silently, "more", kSam, {{"more", true}}));
  rows.push_back(step("listen.make-sense", Heard::silently, "making-sense", kNoa));
  rows.push_back(step("listen.imagine", Heard::silently, "imagining", kNoa));
  rows.push_back(step("listen.name-feeling", Heard::silently, "feeling-given", kSam, {{"right", true}}));
  rows.push_back(step("listen.time-out", Heard::wakes, "speaking", kNoa, {{"minutes", 30}}));
  rows.push_back(step("listen.stop", Heard::silently, "speaking", kNoa, Json::object(), "typed"));
  rows.push_back(step("listen.idea", Heard::silently, "thanking", kNoa, {{"text", "The summer"}}));
  rows.push_back(step("listen.thank", Heard::silently, "thanking", kNoa, {{"text", "You heard me out"}}));
  rows.push_back({"listen.keep", Heard::silently, [](Couple& c) {
                    c.pair();
                    Talk talk(c, "typed");
                    talk.begin();
                    talk.until("thanking");
                    talk.must(c.sam, "thank");
                    talk.must(c.noa, "thank");
                    return Asked{.device = c.sam, .args = talk.args({{"keep", false}})};
                  }});
  rows.push_back({"listen.understood", Heard::nothing, [](Couple& c) {
                    c.pair();
                    Talk talk(c);
                    talk.begin();
                    talk.must(c.noa, "stop");
                    return Asked{.device = c.sam, .args = talk.args({{"score", 6}})};
                  }});
}

void live_listening(Couple& c) {
  Device& tablet = tablet_of_sam(c);
  Talk talk(c, "typed");
  talk.must(c.noa, "postpone", when());
  talk.must(c.sam, "agree", {{"now", true}});
  talk.must(c.noa, "ready");
  talk.until("given-back");
  talk.must(c.noa, "time-out", {{"minutes", 15}});
  talk.must(c.noa, "ready");
  talk.must(c.sam, "ready");
  talk.must(tablet, "here");
  talk.must(c.sam, "here");
  talk.until("thanking");
  talk.must(c.sam, "idea", {{"text", "The summer"}});
  talk.must(c.sam, "thank");
  talk.must(c.noa, "thank", {{"text", "You heard me out"}});
  talk.must(c.noa, "keep", {{"keep", false}});
  Talk declined(c);
  declined.must(c.noa, "decline");
  Talk stopped(c);
  stopped.begin();
  stopped.must(c.noa, "stop");
}

namespace {

TEST(Wake, IsNotSetByASessionAtTheTable) {
  Couple couple;
  couple.pair();
  RelayEye eye(couple.world);
  couple.sam.must("listen.propose", {{"how", "table"}});
  couple.world.run_for(60'000);
  EXPECT_FALSE(eye.appends.empty());
  for (const SeenAppend& append : eye.appends) EXPECT_FALSE(append.wake);
}

}  // namespace
}  // namespace attune::sim::wake
