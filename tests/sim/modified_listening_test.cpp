// A partner with a changed app writes into a listening session what is not theirs to say. Every such event is void on
// every device; what was said by the rules stands.
#include "attune/practices/listen/events.h"
#include "sim/agreement.h"
#include "sim/hand.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"
#include "tests/sim/sitting.h"

namespace attune::sim {
namespace {

namespace practice = attune::listen;
using practice::Move;

constexpr std::int64_t kHour = 60 * 60 * 1'000;

log::EventId event_id_of(const Json& text) {
  log::EventId out;
  EXPECT_TRUE(schema::read(text, out));
  return out;
}

/// Somebody's keys in the hands of a changed app; their own app is away meanwhile.
struct ChangedHand {
  Sitting& couple;
  Device& whose;

  void say(const std::vector<log::NewEvent>& events) {
    whose.go_offline();
    const Inside inside = look_inside(whose);
    Device& other = &whose == &couple.noa ? couple.sam : couple.noa;
    log::Head head = log::Head::of(*look_inside(other).ours);
    std::vector<wire::Record> records;
    for (const log::NewEvent& event : events) records.push_back(make_event(couple.world, inside, head, event));
    ASSERT_EQ(Hand(couple.world, inside.keys).append(inside.ours->id(), records), "");
    couple.world.settle();
    whose.go_online();
    couple.world.run_for(60'000);
  }
  log::NewEvent moved(Move move, std::uint32_t step) {
    return log::make<practice::Moved>(fresh_id(couple.world),
                                      {.session = event_id_of(couple.session), .step = step, .move = move},
                                      {.text = "", .at = {}});
  }
  std::uint32_t step() { return couple.open(couple.noa)["step"].get<std::uint32_t>(); }
  void move(Move move) { say({moved(move, step())}); }
};

std::vector<Json> shown(const std::vector<Device*>& devices) {
  std::vector<Json> out;
  for (Device* device : devices) {
    Json view = device->see("listen");
    for (Json& idea : view["ideas"]) idea.erase("mark");
    out.push_back(std::move(view));
  }
  return out;
}

/// What a changed hand does changes nothing that any of these shows, and they go on to the end.
void expect_void(Sitting& couple, const std::vector<Device*>& devices, const std::function<void()>& does) {
  const std::vector<Json> before = shown(devices);
  does();
  EXPECT_EQ(shown(devices), before);
  for (Device* device : devices) EXPECT_EQ(unlike_the_second_fold(*device), Violations{}) << device->name();
  couple.until("ended");
  EXPECT_EQ(couple.held(couple.sam)["end"], "finished");
}

/// One who speaks first; Sam's app is the changed one wherever nothing else is said.
struct Case {
  const char* name;
  const char* stage;
  Move move;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      // Sam speaks, and helps themselves to what comes later.
      {"SaysMoreBeforeAnythingWasGivenBack", "given-back", Move::more},
      {"EndsTheTurnWithoutAYes", "given-back", Move::all},
      {"NamesTheFeelingWithoutAYes", "given-back", Move::feels_right},
      {"SpeaksOnInsteadOfAnswering", "given-back", Move::piece},
      {"TakesASmallerPieceUnasked", "given-back", Move::smaller},
      {"ChangesPlacesAtOnce", "speaking", Move::something_else},
      // and says what is the listener's to say.
      {"GivesBackWhatTheySaidThemselves", "spoken", Move::said_back},
      {"SaysYesBeforeItWasGivenBack", "spoken", Move::yes},
      {"MakesSenseOfThemselves", "making-sense", Move::made_sense},
      {"ImaginesTheirOwnFeeling", "imagining", Move::imagined},
      {"MovesWhereOnlyThanksAreDue", "thanking", Move::piece},
  };
  return all;
}

class ChangedListener : public testing::TestWithParam<std::size_t> {};

TEST_P(ChangedListener, ChangesNothing) {
  const Case& each = cases()[GetParam()];
  Sitting couple(300 + GetParam());
  couple.ask("two-phones");
  couple.until(each.stage);
  ChangedHand sam{.couple = couple, .whose = couple.sam};
  expect_void(couple, {&couple.sam, &couple.noa}, [&] { sam.move(each.move); });
}

INSTANTIATE_TEST_SUITE_P(Who, ChangedListener, testing::Range(std::size_t{0}, cases().size()),
                         [](const auto& each) { return cases()[each.param].name; });

TEST(ChangedListener, CanNotSayYesToTheirOwnGivingBack) {
  Sitting couple(320);
  couple.ask("two-phones");
  couple.until("given-back");
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  expect_void(couple, {&couple.sam, &couple.noa}, [&] { noa.move(Move::yes); });
}

TEST(ChangedListener, CanNotSayAWholeTurnForTheOther) {
  Sitting couple(321);
  couple.ask("typed");
  couple.until("speaking");
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  const std::array turn = {Move::piece,      Move::said_back, Move::yes,        Move::all,
                           Move::made_sense, Move::imagined,  Move::feels_right};
  expect_void(couple, {&couple.sam, &couple.noa}, [&] {
    std::vector<log::NewEvent> events;
    for (const Move move : turn) events.push_back(noa.moved(move, static_cast<std::uint32_t>(events.size())));
    noa.say(events);
  });
}

TEST(ChangedListener, CanNotMoveInSightOfAnotherStep) {
  Sitting couple(322);
  couple.ask("two-phones");
  couple.until("given-back");
  ChangedHand sam{.couple = couple, .whose = couple.sam};
  expect_void(couple, {&couple.sam, &couple.noa},
              [&] { sam.say({sam.moved(Move::yes, sam.step() - 1), sam.moved(Move::yes, sam.step() + 1)}); });
}

TEST(ChangedListener, CanNotAnswerOrKeepForTheOther) {
  Sitting couple(323);
  couple.ask("typed");
  ChangedHand sam{.couple = couple, .whose = couple.sam};
  const log::EventId session = event_id_of(couple.session);
  const auto replied = [&](practice::Reply reply) {
    return log::make<practice::Replied>(fresh_id(couple.world), {.session = session, .asked = session, .reply = reply},
                                        {});
  };
  const auto ready = [&] {
    return log::make<practice::Ready>(fresh_id(couple.world), {.session = session, .asked = session, .anew = {}}, {});
  };
  const auto kept = [&] {
    return log::make<practice::Kept>(fresh_id(couple.world), {.session = session, .keep = true}, {});
  };
  const std::vector<Json> before = shown({&couple.sam, &couple.noa});
  sam.say({replied(practice::Reply::agreed), ready(), ready(), kept()});
  EXPECT_EQ(shown({&couple.sam, &couple.noa}), before);
  couple.until("keeping");
  sam.say({kept(), kept(), ready()});
  EXPECT_EQ(couple.stage(), "keeping");
  couple.must_give(couple.noa, "keep", {{"keep", false}});
  couple.world.settle();
  EXPECT_EQ(couple.held(couple.noa)["pieces"], Json::array());
  EXPECT_FALSE(finds(couple.noa, "Typed at step"));
}

TEST(ChangedListener, CanNotWriteIntoASessionOnTheOthersPhone) {
  Sitting couple(324);
  couple.ask("table");
  const log::EventId session = event_id_of(couple.session);
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  expect_void(couple, {&couple.sam, &couple.noa}, [&] {
    noa.say({noa.moved(Move::piece, 0), log::make<practice::TimedOut>(fresh_id(couple.world), {.session = session}, {}),
             log::make<practice::Ready>(fresh_id(couple.world), {.session = session, .asked = session, .anew = {}}, {}),
             log::make<practice::Here>(fresh_id(couple.world), {.session = session}, {}),
             log::make<practice::Thanked>(fresh_id(couple.world), {.session = session, .across = true}, {})});
  });
}

TEST(ChangedListener, CanNotMoveWithADeviceThatTakesNoPart) {
  Sitting couple(325);
  Device& tablet = couple.world.add("Tablet");
  Letting{.world = couple.world, .first = couple.sam, .tablet = tablet}.let_in();
  couple.world.run_for(2 * kHour);
  couple.ask("two-phones");
  couple.until("speaking");
  ChangedHand with_tablet{.couple = couple, .whose = tablet};
  const log::EventId session = event_id_of(couple.session);
  expect_void(couple, {&couple.sam, &couple.noa, &tablet}, [&] {
    with_tablet.say({with_tablet.moved(Move::piece, 0),
                     log::make<practice::TimedOut>(fresh_id(couple.world), {.session = session}, {})});
  });
}

TEST(ChangedListener, CanNotReopenWhatIsOver) {
  Sitting couple(326);
  couple.ask("typed");
  couple.until("more");
  couple.must_give(couple.noa, "stop");
  couple.world.settle();
  const log::EventId session = event_id_of(couple.session);
  ChangedHand sam{.couple = couple, .whose = couple.sam};
  const std::vector<Json> before = shown({&couple.sam, &couple.noa});
  sam.say({sam.moved(Move::all, 3),
           log::make<practice::Ready>(fresh_id(couple.world), {.session = session, .asked = session, .anew = {}}, {}),
           log::make<practice::Kept>(fresh_id(couple.world), {.session = session, .keep = true}, {}),
           log::make<practice::Thanked>(fresh_id(couple.world), {.session = session}, {.text = "Late", .at = {}})});
  EXPECT_EQ(shown({&couple.sam, &couple.noa}), before);
}

TEST(ChangedListener, CanNotHoldTheOtherInByWhatOnlyANewerAppKnows) {
  Sitting couple(327);
  couple.ask("typed");
  couple.until("given-back");
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  log::NewEvent woven;
  woven.id = fresh_id(couple.world);
  woven.kind = "listen.woven";
  woven.needed = true;
  woven.fields = woven.content = Json::object();
  noa.say({woven});
  EXPECT_EQ(couple.gives(couple.sam, "confirm", {{"heard", "yes"}})["code"], "reading-only");
  couple.must_give(couple.sam, "stop");
  couple.world.run_for(kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.held(*device)["end"], "stopped") << device->name();
    EXPECT_FALSE(finds(*device, "Typed at step")) << device->name();
  }
}

TEST(ChangedListener, CanNotNameATimeThatNoCalendarHas) {
  Sitting couple(328);
  couple.ask("two-phones");
  couple.until("speaking");
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  const log::At never{.ms = std::numeric_limits<std::int64_t>::max(),
                      .offset = std::numeric_limits<std::int32_t>::min()};
  noa.say({log::make<practice::TimedOut>(fresh_id(couple.world), {.session = event_id_of(couple.session)},
                                         {.until = never, .at = never})});
  const Json open = couple.open(couple.sam);
  ASSERT_EQ(open["stage"], "time-out");
  const Json last = {{"ms", 253'402'300'799'999}, {"offset", -18 * 60}};  // of the year 9999
  EXPECT_EQ(open["until"], last);
  couple.must_give(couple.sam, "stop");
  EXPECT_EQ(couple.held(couple.noa)["end"], "stopped");
}

/// The listener goes past the speaker's yes.
Violations with_a_yes_of_the_listeners(bool bug) {
  Sitting couple(330);
  const Planted planted(log::planted().skip_the_floor, bug);
  couple.ask("two-phones");
  couple.until("given-back");
  ChangedHand noa{.couple = couple, .whose = couple.noa};
  noa.move(Move::yes);
  return unlike_the_second_fold(couple.sam);
}

TEST(PlantedBug, AMoveOfWhoHasNotTheFloorIsCaught) {
  EXPECT_EQ(with_a_yes_of_the_listeners(false), Violations{});
  EXPECT_FALSE(with_a_yes_of_the_listeners(true).empty());
}

/// The speaker ends the turn where only a yes leads on.
Violations with_a_turn_ended_unheard(bool bug) {
  Sitting couple(331);
  const Planted planted(log::planted().skip_the_floor, bug);
  couple.ask("two-phones");
  couple.until("given-back");
  ChangedHand sam{.couple = couple, .whose = couple.sam};
  sam.move(Move::all);
  return unlike_the_second_fold(couple.noa);
}

TEST(PlantedBug, ATurnThatEndsWithoutAYesIsCaught) {
  EXPECT_EQ(with_a_turn_ended_unheard(false), Violations{});
  EXPECT_FALSE(with_a_turn_ended_unheard(true).empty());
}

}  // namespace
}  // namespace attune::sim
