// Commands that wait: refused when their turn comes, written down and read again, and a clock that is set back.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

TEST(Waiting, ArgumentsANewerScreenAddedAreNotKeptAndCanNotDamageTheStorage) {
  Pair couple(52);
  const std::string item = couple.offer();
  Json deep = "Underneath";
  for (int i = 0; i < 31; ++i) deep = Json::array({deep});
  couple.noa.must("openup.pass", {{"question", item}, {"more", deep}});
  couple.noa.restart();  // which ends the program if its rows can not be read
  EXPECT_EQ(couple.noa.see("openup")["questions"].size(), 0U);
}

}  // namespace
}  // namespace attune::sim
