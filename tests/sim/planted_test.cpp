// Bugs planted one at a time; more in planted_client_test.cpp and planted_relay_test.cpp. Each test lives the same
// scene twice: as it is, nothing is found; with the bug switched on, the check that looks for it finds it.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "sim/hand.h"
#include "sim/invariants.h"
#include "tests/sim/pair.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

/// The relay puts its own content into the newest record it hands out; the signature stays the old one's.
Meddling forging_contents() {
  return [](const Device&, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (records == nullptr || records->records.empty()) return {message};
    auto record = wire::decode_record(records->records.back());
    if (!record || !record->content) return {message};
    record->content->front() ^= 1;
    record->header.content_hash = wire::content_hash(*record->content);
    records->records.back() = wire::encode(*record);
    records->history = wire::history_hash(record->header);
    return {wire::encode(wire::FromRelay(*records))};
  };
}

Violations with_forged_records(bool bug) {
  Pair couple(1);
  const Planted planted(log::planted().skip_signatures, bug);
  couple.world.meddle(forging_contents());
  couple.thank(couple.sam, "Not what the relay makes of it");
  couple.world.run_for(30'000);
  const Violations found = unsigned_records(couple.noa);
  if (!bug) {
    EXPECT_TRUE(named(couple.noa, "server-fault"));
    EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
  }
  return found;
}

TEST(PlantedBug, ADroppedSignatureCheckIsCaught) {
  EXPECT_EQ(with_forged_records(false), Violations{});
  EXPECT_FALSE(with_forged_records(true).empty());
}

Violations with_news_in_one_batch(bool bug) {
  Pair couple(2);
  const Planted planted(log::planted().swap_order, bug);
  couple.noa.go_offline();
  couple.thank(couple.sam, "First wording");
  couple.world.settle();
  const Json item = couple.sam.see("cherish")["thanks"][0]["item"];
  couple.sam.must("cherish.edit", {{"item", item}, {"did", "Second wording"}, {"says", ""}, {"felt", ""}});
  couple.world.settle();
  couple.noa.go_online();
  couple.world.run_for(120'000);
  couple.noa.must("space.open-item", {{"item", item}});
  couple.world.run_for(2 * 60 * 60 * 1'000);
  return unlike_the_second_fold(couple.noa);
}

TEST(PlantedBug, ASwappedOrderInTheFoldIsCaught) {
  EXPECT_EQ(with_news_in_one_batch(false), Violations{});
  EXPECT_FALSE(with_news_in_one_batch(true).empty());
}

Violations with_a_relay_that_dies(bool bug) {
  Pair couple(3, server::MemoryStore::Commit::when_asked);
  const Planted planted(server::planted_bugs.acknowledge_before_commit, bug);
  couple.world.hold_commits(true);
  couple.thank(couple.sam, "Safe, or not yet");
  couple.world.run_for(10'000);
  if (!bug) EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "on-this-phone");
  couple.world.crash_relay();  // nothing was committed
  Violations found = lost_by_the_relay(couple.sam, couple.world.store().state());
  couple.world.hold_commits(false);
  couple.world.restart_relay();
  couple.world.run_for(120'000);
  if (!bug) {
    EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
    EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 1U);
    EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
  }
  return found;
}

TEST(PlantedBug, AnAcknowledgementBeforeTheCommitIsCaught) {
  EXPECT_EQ(with_a_relay_that_dies(false), Violations{});
  EXPECT_FALSE(with_a_relay_that_dies(true).empty());
}

Violations with_one_answer_sealed(bool bug) {
  Pair couple(4);
  const Planted planted(log::planted().open_early, bug);
  const std::string item = couple.offer();
  couple.world.delays(100);
  couple.noa.must("openup.answer", {{"question", item}, {"text", "Sealed, I hope"}});
  couple.world.run_for(3'000);
  return opened_early(couple.sam);
}

TEST(PlantedBug, AnEarlyOpeningIsCaught) {
  EXPECT_EQ(with_one_answer_sealed(false), Violations{});
  EXPECT_FALSE(with_one_answer_sealed(true).empty());
}

Violations with_a_question_passed(bool bug) {
  Pair couple(5);
  const Planted planted(log::planted().private_in_ours, bug);
  const std::string item = couple.offer();
  couple.noa.must("openup.pass", {{"question", item}});
  couple.world.run_for(2 * 60 * 60 * 1'000);
  return private_in_ours(couple.sam);
}

TEST(PlantedBug, APrivateEventInOursIsCaught) {
  EXPECT_EQ(with_a_question_passed(false), Violations{});
  EXPECT_FALSE(with_a_question_passed(true).empty());
}

}  // namespace
}  // namespace attune::sim
