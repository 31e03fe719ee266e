// After a fork: what is left to show.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

/// A relay that was put back learns anew, from another device of mine, that I belong to it: by then its history is
/// another one, and as long as mine.
TEST(Fork, IsFoundWhereTheRelayLearnsAnewThatIBelongToIt) {
  TwoHistories two(41);
  const StreamId ours = look_inside(two.couple.sam).ours->id();
  two.couple.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* welcome = message ? std::get_if<wire::Welcome>(&*message) : nullptr;
    if (&to != &two.couple.sam || welcome == nullptr) return {bytes};
    const auto known = std::ranges::find(welcome->streams, ours, &wire::Known::stream);
    if (known == welcome->streams.end()) return {bytes};
    wire::Welcome without = *welcome;
    std::erase_if(without.streams, [&](const wire::Known& each) { return each.stream == ours; });
    return {wire::encode(wire::FromRelay(without)), wire::encode(wire::FromRelay(wire::Joined{.stream = *known}))};
  });
  two.meet();
  EXPECT_TRUE(named(two.couple.sam, "fork"));
  EXPECT_FALSE(named(two.couple.sam, "server-fault"));
}

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
