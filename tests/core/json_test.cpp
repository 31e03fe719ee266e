// JSON that comes from somebody else ends no program.
#include "attune/schema/json.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

std::string nested(int levels, char open, char close) { return std::string(levels, open) + std::string(levels, close); }

TEST(Json, ATextOfBracketsIsRefusedBeforeAnythingIsBuiltOfIt) {
  EXPECT_EQ(schema::parse(nested(60'000, '[', ']')), refuse(schema::kBadJson));
  EXPECT_EQ(schema::parse(nested(schema::kMaxDepth + 1, '[', ']')), refuse(schema::kBadJson));
  EXPECT_TRUE(schema::parse(nested(schema::kMaxDepth, '[', ']')).has_value());
  std::string objects;
  for (int i = 0; i <= schema::kMaxDepth; ++i) objects += R"({"a":)";
  objects += "1" + std::string(schema::kMaxDepth + 1, '}');
  EXPECT_EQ(schema::parse(objects), refuse(schema::kBadJson));
}

TEST(Json, BracketsInsideATextAreText) {
  const std::string quoted = "[\"" + std::string(100, '[') + R"(\"[[\\)" + "\"]";
  const auto json = schema::parse(quoted);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ((*json)[0].get<std::string>().size(), 104u);
}

TEST(Json, OneValueNothingBehindItAndValidUtf8) {
  EXPECT_FALSE(schema::parse("").has_value());
  EXPECT_FALSE(schema::parse("{} {}").has_value());
  EXPECT_FALSE(schema::parse("\"\xff\"").has_value());
  EXPECT_FALSE(schema::parse("\"\xc3\"").has_value());
  EXPECT_TRUE(schema::parse("\"\xc3\xbc\"").has_value());
}

}  // namespace
}  // namespace attune
