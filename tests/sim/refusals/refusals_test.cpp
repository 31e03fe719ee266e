// What a whole device refuses or names, row by row: first the sound twin passes, then one thing is wrong and the
// expected code comes. Broken bytes by themselves stand in tests/vectors/core.
#include <gtest/gtest.h>

#include <set>

#include "tests/sim/refusals/row.h"
#include "tests/vectors/core/given_by_a_device.h"

namespace attune::sim::refusals {
namespace {

const std::vector<Row>& table() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_beginning_rows(out);
    add_pairing_rows(out);
    add_words_rows(out);
    add_thanks_rows(out);
    add_question_rows(out);
    add_cherishing_rows(out);
    add_listening_rows(out);
    add_storage_rows(out);
    add_partner_rows(out);
    add_mending_rows(out);
    add_relay_rows(out);
    add_coming_rows(out);
    return out;
  }();
  return rows;
}

class Refusal : public testing::TestWithParam<std::size_t> {};

TEST_P(Refusal, ComesWithItsOwnCodeAndItsSoundTwinPasses) {
  const Row& row = table()[GetParam()];
  {
    Couple sound;
    EXPECT_EQ(row.meets(sound, false), "") << "the sound twin";
    sound.world.meddle({});
  }
  Couple wrong;
  EXPECT_EQ(row.meets(wrong, true), row.code.name);
  wrong.world.meddle({});
}

INSTANTIATE_TEST_SUITE_P(Of, Refusal, testing::Range(std::size_t{0}, table().size()),
                         [](const testing::TestParamInfo<std::size_t>& each) { return table()[each.param].what; });

TEST(Refusals, EveryCodeThatOnlyADeviceGivesHasARow) {
  std::set<std::uint16_t> covered;
  for (const Row& row : table()) covered.insert(row.code.number);
  for (const ErrorCode* code : tests::kGivenByADevice) {
    EXPECT_TRUE(covered.contains(code->number)) << code->name << " has no row";
  }
}

}  // namespace
}  // namespace attune::sim::refusals
