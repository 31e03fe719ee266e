// What is sealed, boxed, derived and compared is what docs/PROTOCOL.md says, as a second program made it.
#include "vectors/core/check.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "wire/tagged.h"

namespace attune::tests {
namespace {

std::string vectors() {
  std::ifstream in(ATTUNE_SOURCE_DIR "/tests/vectors/vectors.json");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(CoreVectors, EverythingSealedOrDerivedIsWhatTheSecondProgramMade) {
  ASSERT_TRUE(wire::initialise());
  const Outcome outcome = check_core_vectors(vectors());
  for (const std::string& failure : outcome.failures) ADD_FAILURE() << failure;
  EXPECT_GT(outcome.passed, 1500u);
}

TEST(CoreVectors, AChangedVectorIsNoticed) {
  ASSERT_TRUE(wire::initialise());
  std::string text = vectors();
  const std::size_t at = text.find("\"commitment\":\"") + 14;
  ASSERT_LT(at, text.size());
  text[at] = text[at] == '0' ? '1' : '0';
  EXPECT_FALSE(check_core_vectors(text).failures.empty());
  EXPECT_FALSE(check_core_vectors("{}").failures.empty());
}

}  // namespace
}  // namespace attune::tests
