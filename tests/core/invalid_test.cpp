// Broken bytes are refused, each for its own reason; and there is no refusal of the core that no row provokes.
#include "vectors/core/invalid.h"

#include <gtest/gtest.h>

#include <set>

#include "attune/errors.h"
#include "vectors/core/given_by_a_device.h"
#include "wire/tagged.h"

namespace attune::tests {
namespace {

constexpr std::uint16_t kFirstOfTheCore = 100;

TEST(CoreInvalidTable, EveryBrokenInputIsRefusedForItsOwnReasonAndItsSoundTwinIsTaken) {
  ASSERT_TRUE(wire::initialise());
  for (const std::string& failure : check_rows(core_invalid_table())) ADD_FAILURE() << failure;
}

TEST(CoreInvalidTable, EveryErrorCodeOfTheCoreHasARowHereOrInTheTableOfAWholeDevice) {
  std::set<std::uint16_t> covered;
  for (const Row& row : core_invalid_table()) covered.insert(row.code.number);
  for (const ErrorCode* code : kGivenByADevice) {
    EXPECT_TRUE(covered.insert(code->number).second) << code->name << " has a row and is listed as given by a device";
  }
  for (const ErrorCode* code : all_error_codes()) {
    if (code->number < kFirstOfTheCore) continue;
    EXPECT_TRUE(covered.contains(code->number)) << code->name << " has no row";
  }
}

}  // namespace
}  // namespace attune::tests
