// What holds of listening sessions whatever two people do on two devices each, over a network that delays, repeats and
// loses, with machines that fail. ATTUNE_SEED=N runs that one seed.
#include <chrono>
#include <random>

#include "sim/agreement.h"
#include "sim/listened.h"
#include "sim/second_listening.h"
#include "tests/sim/listening_life.h"
#include "tests/sim/listening_machine.h"
#include "tests/sim/sitting.h"

namespace attune::sim {
namespace {

using practice::How;

constexpr std::size_t kCommands = 250;
constexpr std::size_t kFreshSeeds = 1;
const std::vector<std::uint64_t> kSeeds = {11, 12, 13};
constexpr std::array<std::uint8_t, 2> kBoth = {0, 1};

std::vector<std::uint64_t> drawn_seeds() {
  if (const char* asked = std::getenv("ATTUNE_SEED"); asked != nullptr && *asked != '\0') {
    return {std::strtoull(asked, nullptr, 10)};
  }
  std::vector<std::uint64_t> out = kSeeds;
  std::random_device random;
  for (std::size_t i = 0; i < kFreshSeeds; ++i) out.push_back(random());
  return out;
}

/// The same for every test of this process.
const std::vector<std::uint64_t>& seeds() {
  static const std::vector<std::uint64_t> all = drawn_seeds();
  return all;
}

/// Each life is lived once, and looked at by every test of this process.
ListeningLife& life(std::uint64_t seed) {
  static std::map<std::uint64_t, std::unique_ptr<ListeningLife>> lives;
  auto& out = lives[seed];
  if (!out) out = std::make_unique<ListeningLife>(seed, kCommands);
  return *out;
}

std::string told(const Violations& violations) {
  std::string out;
  for (const std::string& each : violations) out += each + "\n";
  return out;
}

class Listening : public testing::TestWithParam<std::uint64_t> {
 protected:
  ListeningLife& lived = life(GetParam());
  void nothing_is_wrong(const Violations& found) {
    EXPECT_TRUE(found.empty()) << told(found) << "Again with: ATTUNE_SEED=" << GetParam();
  }
};

TEST_P(Listening, TheFloorNeverBelongsToTwo) { nothing_is_wrong(lived.two_floors); }

TEST_P(Listening, OnceEverythingRestsAllSeeTheSame) {
  nothing_is_wrong(everything_wrong(lived.couple));
  EXPECT_FALSE(lived.couple.refused.contains("bad-arguments"));
}

TEST_P(Listening, NobodyChangesPlacesOrIsThankedWithoutTheSpeakersYes) {
  for (Device* device : lived.couple.devices()) nothing_is_wrong(gone_past_a_yes(*device, look_inside(*device)));
}

TEST_P(Listening, NothingTypedIsLeftAnywhereUnlessBothKeepIt) {
  const auto& relay = lived.couple.world.store().state();
  std::set<std::string> stays;
  const Json listen = lived.couple.people[0][0]->see("listen");
  if (!listen["open"].is_null()) stays.insert(listen["open"]["item"]);
  for (const Json& held : listen["held"]) {
    if (!held["pieces"].empty()) stays.insert(held["item"]);
  }
  for (Device* device : lived.couple.devices()) {
    nothing_is_wrong(pieces_out_of_place(*device, look_inside(*device), relay));
    for (const auto& [session, all] : lived.typed) {
      if (stays.contains(session)) continue;
      for (const std::string& words : all) EXPECT_FALSE(finds(*device, Json(words).dump())) << device->name() << words;
    }
  }
}

TEST_P(Listening, WhatItIsAboutGoesOutWithTheAskersYesAndNotBeforeTheOthers) {
  for (Device* device : lived.couple.devices()) nothing_is_wrong(topics_out_early(*device, look_inside(*device)));
}

// ---- an end from everywhere ----

/// Events of the log as the practice's fold gets them.
void fold(practice::State& state, const Said& said) {
  log::EventId id;
  ASSERT_TRUE(schema::read(Json(said.id), id));
  practice::fold(state, {.stream = wire::StreamKind::ours,
                         .position = said.position,
                         .author = said.author,
                         .person = said.person,
                         .id = id,
                         .kind = said.kind,
                         .version = 1,
                         .needed = true,
                         .pending = false,
                         .fields = &said.fields,
                         .text = {}});
}

/// Both ends of a session that stands somewhere, whichever devices it is on.
void expect_ends(const practice::State& state) {
  ListeningMachine calls_it_off;
  calls_it_off.state = state;
  const practice::Session& now = calls_it_off.session();
  if (now.begun()) {
    for (const std::uint8_t person : kBoth) {
      ListeningMachine stopped;
      stopped.state = state;
      EXPECT_TRUE(stopped.does(person, practice::Stop{.session = stopped.id()}, 1));
      EXPECT_EQ(stopped.session().end, practice::End::stopped);
    }
  } else {
    EXPECT_TRUE(calls_it_off.does(0, practice::Decline{.session = calls_it_off.id()}));
    EXPECT_EQ(calls_it_off.session().end, practice::End::declined);
  }
  ListeningMachine goes_on;
  goes_on.state = state;
  goes_on.state.sessions.back().device = {};
  for (int steps = 0; steps < 40 && goes_on.session().stage != Stage::ended; ++steps) ASSERT_TRUE(goes_on.go_on());
  EXPECT_EQ(goes_on.session().end, practice::End::finished);
}

TEST_P(Listening, FromEveryStageTheyCameToStoppingAndGoingOnBothEnd) {
  const Inside inside = look_inside(*lived.couple.people[0][0]);
  practice::State state;
  std::set<std::pair<How, Stage>> came_to;
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    if (!said.kind.starts_with("listen.")) continue;
    fold(state, said);
    if (state.sessions.empty() || state.sessions.back().stage == Stage::ended) continue;
    const practice::Session& now = state.sessions.back();
    if (came_to.emplace(now.how, now.stage).second) expect_ends(state);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Listening, testing::ValuesIn(seeds()),
                         [](const auto& each) { return "Seed" + std::to_string(each.param); });

/// Lives that come nowhere would show nothing.
TEST(ListeningLives, ComeToEveryStageWithTheFloorInOneHand) {
  std::size_t looked = 0;
  std::set<std::string> stages;
  for (const std::uint64_t seed : kSeeds) {
    const ListeningLife& lived = life(seed);
    looked += lived.looked;
    const Inside inside = look_inside(*lived.couple.people[0][0]);
    for (const auto& [event, stage] : stages_behind(everything_said(*inside.ours, wire::StreamKind::ours))) {
      stages.insert(stage);
    }
  }
  EXPECT_GT(looked, 200U);
  for (const char* stage : {"proposed", "agreed", "speaking", "spoken", "given-back", "smaller-offered", "more",
                            "making-sense", "imagining", "feeling-given", "thanking", "time-out", "ended"}) {
    EXPECT_TRUE(stages.contains(stage)) << stage;
  }
}

/// What a state of the machine is to its rules: which events have been, not what they are called.
using Essence = std::vector<int>;
Essence essence(const practice::Session& session) {
  Essence out = {static_cast<int>(session.how),
                 static_cast<int>(session.stage),
                 static_cast<int>(session.before),
                 session.turn,
                 session.not_yet,
                 session.smaller,
                 session.asker,
                 session.first,
                 static_cast<int>(session.end)};
  for (const std::uint8_t person : kBoth) {
    out.insert(out.end(), {session.ready[person].has_value(), session.thanks[person].has_value(),
                           session.keep[person].has_value(), session.keep[person].value_or(false)});
  }
  return out;
}

/// Every state that can be reached, and from each the one that the regular way leads to.
struct AllStates {
  std::map<Essence, Essence> regular;
  std::vector<practice::State> waiting;

  void found(practice::State state) {
    practice::Session& session = state.sessions.back();
    session.pieces.clear();
    if (regular.emplace(essence(session), Essence{}).second) waiting.push_back(std::move(state));
  }
  template <class Command>
  void attempt(ListeningMachine& at, std::uint8_t person, const Command& command) {
    const auto planned = at.plan(person, command);
    if (!planned || planned->events.empty()) return;
    practice::State before = at.state;
    at.fold(*planned, person, 0);
    found(std::exchange(at.state, std::move(before)));
  }
  void everything(ListeningMachine& at);
  void explore() {
    while (!waiting.empty()) {
      ListeningMachine at;
      at.state = std::move(waiting.back());
      waiting.pop_back();
      if (at.session().stage == Stage::ended) continue;
      const Essence here = essence(at.session());
      everything(at);
      ASSERT_TRUE(at.go_on());
      regular[here] = essence(at.session());
    }
  }
};

/// Both try everything.
void AllStates::everything(ListeningMachine& at) {
  const log::EventId id = at.id();
  const std::uint32_t step = at.step();
  const log::EventId asked = at.session().question();
  const std::optional<std::string> words =
      at.session().how == How::typed ? std::optional<std::string>("Words") : std::nullopt;
  for (const std::uint8_t person : kBoth) {
    attempt(at, person, practice::Agree{.session = id, .asked = asked, .now = {}});
    attempt(at, person, practice::Agree{.session = id, .asked = asked, .now = true});
    attempt(at, person, practice::Decline{.session = id});
    attempt(at, person, practice::Postpone{.session = id, .when = {}});
    attempt(at, person, practice::SayReady{.session = id, .asked = asked, .anew = {}});
    attempt(at, person, practice::SayReady{.session = id, .asked = asked, .anew = at.session().ready[1 - person]});
    attempt(at, person, practice::SayPiece{.session = id, .step = step, .text = words});
    attempt(at, person, practice::SayBack{.session = id, .step = step, .text = words});
    for (const auto heard : {practice::Heard::yes, practice::Heard::almost, practice::Heard::not_yet}) {
      attempt(at, person, practice::Confirm{.session = id, .step = step, .heard = heard, .text = words});
    }
    attempt(at, person, practice::TakeSmaller{.session = id, .step = step});
    attempt(at, person, practice::MakeSense{.session = id, .step = step, .text = words});
    attempt(at, person, practice::Imagine{.session = id, .step = step, .text = words});
    attempt(at, person, practice::TimeOut{.session = id, .minutes = 15});
    attempt(at, person, practice::Stop{.session = id});
    for (const bool yes : {false, true}) {
      attempt(at, person, practice::SayMore{.session = id, .step = step, .more = yes});
      attempt(at, person, practice::NameFeeling{.session = id, .step = step, .right = yes, .text = words});
      attempt(at, person, practice::Thank{.session = id, .text = {}, .across = yes});
      attempt(at, person, practice::KeepPieces{.session = id, .keep = yes});
    }
  }
}

TEST(ListeningStates, FromEveryOneThatCanBeReachedStoppingAndGoingOnBothEnd) {
  AllStates all;
  for (const How how : {How::two_phones, How::typed, How::table}) {
    ListeningMachine begin;
    practice::Propose propose = proposing(how);
    propose.other_first = how == How::two_phones;
    ASSERT_TRUE(begin.does(0, propose));
    all.found(begin.state);
  }
  all.explore();
  const int ended = static_cast<int>(Stage::ended);
  for (const auto& [from, next] : all.regular) {
    Essence at = from;
    int steps = 0;
    for (; at[1] != ended && steps < 40; ++steps) at = all.regular.at(at);
    EXPECT_EQ(at[1], ended) << "no end from " << testing::PrintToString(from);
  }
  EXPECT_GT(all.regular.size(), 300U);
  std::printf("%zu states\n", all.regular.size());
}

}  // namespace
}  // namespace attune::sim
