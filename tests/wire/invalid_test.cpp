// Everything a broken or hostile sender can put on the wire is refused, each for its own reason.
#include "vectors/invalid.h"

#include <gtest/gtest.h>

#include <set>

#include "wire/errors.h"
#include "wire/tagged.h"

namespace attune::tests {
namespace {

TEST(InvalidTable, EveryBrokenInputIsRefusedForItsOwnReasonAndItsSoundTwinIsTaken) {
  ASSERT_TRUE(wire::initialise());
  for (const std::string& failure : check_invalid_table()) ADD_FAILURE() << failure;
}

TEST(InvalidTable, EveryErrorCodeHasARowOrIsOfAnotherPartsTable) {
  std::set<std::uint16_t> covered;
  for (const Row& row : invalid_table()) covered.insert(row.code.number);
  for (const ErrorCode* code : given_elsewhere()) {
    EXPECT_FALSE(covered.contains(code->number)) << code->name << " has a row and is listed as given elsewhere";
    covered.insert(code->number);
  }
  for (const ErrorCode* code : wire::all_errors()) {
    EXPECT_TRUE(covered.contains(code->number)) << code->name << " has no row";
  }
}

TEST(Errors, NamesAreKebabCaseAndUniqueAndFoundByTheirNumber) {
  std::set<std::string_view> names;
  for (const ErrorCode* code : wire::all_errors()) {
    EXPECT_TRUE(names.insert(code->name).second) << code->name;
    for (const char c : code->name) EXPECT_TRUE((c >= 'a' && c <= 'z') || c == '-') << code->name;
    EXPECT_EQ(wire::find_error(code->number), code);
  }
  EXPECT_EQ(wire::find_error(0), nullptr);
  EXPECT_EQ(wire::find_error(24), nullptr);
}

}  // namespace
}  // namespace attune::tests
