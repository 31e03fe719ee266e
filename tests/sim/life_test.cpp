// Days of couples, a few of them; `./test sim` lives many more with the simulator's own program.
#include <gtest/gtest.h>

#include "sim/days.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

std::string told(const Lived& lived) {
  std::string out;
  for (const std::string& each : lived.wrong) out += each + "\n";
  return out + "Again with: ./test sim --seed " + std::to_string(lived.seed) + " --days " + std::to_string(lived.day);
}

TEST(Days, WhateverIsDoneAndWhateverBefallsThemEverythingHolds) {
  const Lived lived = live({.seed = 13, .days = 60, .most_a_life = 12});
  EXPECT_TRUE(lived.wrong.empty()) << told(lived);
  EXPECT_EQ(lived.days, 60U);
  for (const char* command : {"cherish.thank", "cherish.answer", "cherish.edit", "openup.answer", "space.open-item",
                              "space.take-back", "space.undo"}) {
    EXPECT_TRUE(lived.happened.contains(command)) << command;
  }
  for (const Life::Mishap& each : Life::mishaps()) {
    // A relay is put back only where it was backed up on a day before: that has tests of its own (Healing).
    if (each.name != "the relay is put back") EXPECT_TRUE(lived.happened.contains(std::string(each.name))) << each.name;
  }
  EXPECT_TRUE(lived.happened.contains("a phone comes by the words"));
  for (const char* listening :
       {"a session was finished: two-phones", "a session was finished: typed", "a session was finished: table",
        "a session was stopped", "three times it was not yet", "after a time-out it went on", "what was typed was kept",
        "what was typed was let go", "refused: listening-moved-on"}) {
    EXPECT_TRUE(lived.happened.contains(listening)) << listening;
  }
}

// What a new phone shows before it is all here is a part of every life, where the log need not be long for it.
TEST(Days, APhoneThatIsLetInShowsWhatTheOtherSawAndComesToTheSame) {
  const Set from(log::planted().slot_from, 1);
  const Set small(log::planted().slot_piece, 16 * 1024);
  const Lived lived = live({.seed = 20, .days = 60, .most_a_life = 12});
  EXPECT_TRUE(lived.wrong.empty()) << told(lived);
  EXPECT_TRUE(lived.happened.contains("a phone is let in by another"));
  EXPECT_TRUE(lived.happened.contains("it shows what the other saw"));
}

TEST(Days, OneSeedIsOneLife) {
  std::array<std::uint64_t, 2> steps{};
  std::array<std::map<std::string, std::size_t>, 2> happened;
  for (std::size_t i = 0; i < 2; ++i) {
    const Lived lived = live({.seed = 77, .days = 5});
    steps[i] = lived.steps;
    happened[i] = lived.happened;
  }
  EXPECT_EQ(steps[0], steps[1]);
  EXPECT_EQ(happened[0], happened[1]);
}

TEST(Days, WhatAFuzzerSaysDecidesWhatIsDone) {
  Life one(3, Bytes(400, 0));
  Life other(3, Bytes(400, 0xb7));
  one.day();
  other.day();
  EXPECT_EQ(one.wrong(), Violations{});
  EXPECT_EQ(other.wrong(), Violations{});
  EXPECT_NE(one.happened(), other.happened());
}

}  // namespace
}  // namespace attune::sim
