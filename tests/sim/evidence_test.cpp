// After a fork: what is left to show.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

TEST(Fork, TheTwoSignedHeadersAreKeptAsEvidence) {
  Pair couple(5);
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  couple.thank(couple.noa, "In Noa's history");
  couple.world.settle();
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  ASSERT_TRUE(named(couple.sam, "fork"));
  const Inside sam = look_inside(couple.sam);
  const auto row = couple.sam.disk().find(client::evidence_row(sam.ours->id()));
  ASSERT_NE(row, couple.sam.disk().end());
  const auto theirs = wire::decode_record(row->second);
  ASSERT_TRUE(theirs);
  EXPECT_TRUE(wire::verify_header(theirs->header, theirs->signature));
  EXPECT_NE(sam.ours->table().seat(theirs->header.author), nullptr);
  EXPECT_FALSE(theirs->skeleton || theirs->content);
  ASSERT_LT(theirs->header.position, sam.ours->next());
  const wire::Record& mine = sam.ours->records()[theirs->header.position].record;
  EXPECT_TRUE(wire::verify_header(mine.header, mine.signature));
  EXPECT_NE(mine.header, theirs->header);
}

}  // namespace
}  // namespace attune::sim
