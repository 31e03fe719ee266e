// The bytes are those of docs/PROTOCOL.md, as a second program made them that shares no code with this one.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "vectors/check.h"
#include "wire/tagged.h"

namespace attune::tests {
namespace {

std::string vectors() {
  std::ifstream in(ATTUNE_SOURCE_DIR "/tests/vectors/vectors.json");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Vectors, EveryByteOfTheWireIsWhatTheSecondProgramMade) {
  ASSERT_TRUE(wire::initialise());
  const Outcome outcome = check_vectors(vectors());
  for (const std::string& failure : outcome.failures) ADD_FAILURE() << failure;
  EXPECT_GT(outcome.passed, 400u);
}

TEST(Vectors, AChangedVectorIsNoticed) {
  ASSERT_TRUE(wire::initialise());
  std::string text = vectors();
  const std::size_t at = text.find("\"out\":\"") + 7;
  ASSERT_LT(at, text.size());
  text[at] = text[at] == '0' ? '1' : '0';
  EXPECT_EQ(check_vectors(text).failures.size(), 1u);
  EXPECT_FALSE(check_vectors("{}").failures.empty());
  EXPECT_FALSE(check_vectors("").failures.empty());
}

}  // namespace
}  // namespace attune::tests
