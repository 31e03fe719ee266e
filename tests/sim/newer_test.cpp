// A partner whose Attune is newer: what it says is passed over, or its practice is only read.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

/// A newer Attune of the partner's says something that this one has to know to go on.
void say_something_newer(Pair& couple, std::string kind, std::uint32_t version, bool needed) {
  const Inside noa = look_inside(couple.noa);
  Hand hand(couple.world, noa.keys);
  log::Head head = log::Head::of(*noa.ours);
  log::NewEvent event;
  couple.world.dice().fill(event.id.bytes);
  event.kind = std::move(kind);
  event.version = version;
  event.needed = needed;
  event.fields = Json::object();
  event.content = Json::object();
  ASSERT_EQ(hand.append(noa.ours->id(), {make_event(couple.world, noa, head, event)}), "");
  couple.world.settle();
}

TEST(Newer, AnEventThatIsNeededMakesItsPracticeReadOnlyAndNoOther) {
  for (const auto& [kind, version] : {std::pair("cherish.woven", 1U), std::pair("cherish.thanked", 2U)}) {
    Pair couple(6);
    couple.thank(couple.sam, "Before");
    couple.world.settle();
    say_something_newer(couple, kind, version, true);
    EXPECT_TRUE(named(couple.sam, "needs-newer")) << kind;
    EXPECT_EQ(couple.sam.command("cherish.thank", {{"did", "After"}, {"says", ""}, {"felt", ""}})["code"],
              "reading-only");
    EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["did"], "Before");
    const std::string item = couple.offer();
    couple.world.settle();
    EXPECT_EQ(couple.question(couple.noa, item)["state"], "offered");
  }
}

TEST(Newer, AnEventThatIsNotNeededIsPassedOver) {
  Pair couple(7);
  say_something_newer(couple, "cherish.woven", 1, false);
  EXPECT_FALSE(named(couple.sam, "needs-newer"));
  couple.thank(couple.sam, "As ever");
  couple.world.settle();
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
}

}  // namespace
}  // namespace attune::sim
