// A modified client writes in the name of the other.
#include <gtest/gtest.h>

#include "attune/practices/cherish/events.h"
#include "server/relay/planted.h"
#include "sim/hand.h"
#include "sim/invariants.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

/// A record with Noa's key as its author, signed by Sam's.
wire::Record in_noas_name(Pair& couple) {
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  Inside posing = look_inside(couple.sam);
  posing.keys.sign = noa.keys.sign;
  log::Head head = log::Head::of(*sam.ours);
  const auto event = log::make<cherish::Thanked>(fresh_id(couple.world), {},
                                                 {.did = "Words put into a mouth", .says = "", .felt = "", .at = {}});
  return make_event(couple.world, posing, head, event);
}

TEST(ModifiedPartner, CanNotWriteAsTheOther) {
  Pair couple(5);
  const wire::Record forged = in_noas_name(couple);
  const Inside sam = look_inside(couple.sam);
  Hand hand(couple.world, sam.keys);
  EXPECT_EQ(hand.append(sam.ours->id(), {forged}), "bad-signature");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
}

TEST(ModifiedPartner, CanNotWriteAsTheOtherEvenIfTheRelayHelps) {
  Pair couple(6);
  const wire::Record forged = in_noas_name(couple);
  const Inside sam = look_inside(couple.sam);
  server::planted_bugs.accept_any_signature = true;
  Hand hand(couple.world, sam.keys);
  EXPECT_EQ(hand.append(sam.ours->id(), {forged}), "");
  server::planted_bugs.accept_any_signature = false;
  couple.world.settle();
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("cherish")["thanks"].size(), 0U);
    EXPECT_TRUE(named(*device, "server-fault"));
    EXPECT_EQ(unsigned_records(*device), Violations{});
  }
}

}  // namespace
}  // namespace attune::sim
