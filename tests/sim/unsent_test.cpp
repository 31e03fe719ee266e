// What was accepted and could not be sent any more is kept, and can be found.
#include <gtest/gtest.h>

#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

TEST(Unsent, WordsThatCameTooLateStandInAListUntilTheyAreLetGo) {
  Pair couple(99);
  EXPECT_EQ(couple.sam.see("unsent")["refused"].size(), 0U);
  couple.sam.go_offline();
  couple.thank(couple.sam, "Not sent any more");
  couple.world.run_for(1'000);
  couple.sam.must("openup.offer", {{"prompt", "ou-001"}});
  couple.sam.must("space.close");
  couple.sam.restart();
  const Json refused = couple.sam.see("unsent")["refused"];
  ASSERT_EQ(refused.size(), 2U);
  EXPECT_EQ(refused[0]["command"], "openup.offer");
  EXPECT_EQ(refused[0]["texts"], Json::parse(R"([{"field":"prompt","text":"ou-001"}])"));
  EXPECT_EQ(refused[1]["command"], "cherish.thank");
  EXPECT_EQ(refused[1]["texts"], Json::parse(R"([{"field":"did","text":"Not sent any more"}])"));
  EXPECT_EQ(refused[1]["at"]["ms"].get<std::int64_t>() + 1'000, refused[0]["at"]["ms"]);
  couple.sam.must("space.draft", {{"key", refused[1]["draft"]}, {"text", ""}});
  EXPECT_EQ(couple.sam.see("unsent")["refused"].size(), 1U);
}

TEST(Unsent, WhatAnOlderAttuneHasKeptIsListedToo) {
  Pair couple(98);
  couple.sam.must("space.draft", {{"key", "refused/AAAAAAAAAAAAAAAAAAAAAA"},
                                  {"text", R"({"did":"Kept before","says":"","felt":"","item":null})"}});
  couple.sam.must("space.draft", {{"key", "thank"}, {"text", "Half a sentence"}});
  const Json refused = couple.sam.see("unsent")["refused"];
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_TRUE(refused[0]["command"].is_null());
  EXPECT_EQ(refused[0]["texts"], Json::parse(R"([{"field":"did","text":"Kept before"}])"));
}

}  // namespace
}  // namespace attune::sim
