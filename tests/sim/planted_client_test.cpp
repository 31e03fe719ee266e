// Bugs of a device, planted one at a time: each switches off one check of a reader, a writer or a shell. Every test
// lives its scene twice: as it is, nothing is found; with the bug, it is.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "tests/sim/by_hand.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// The relay changes the content of the newest record it hands out, and nothing else.
Meddling altering_contents() {
  return [](const Device&, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (records == nullptr || records->records.empty()) return {message};
    records->records.back().back() ^= 1;
    return {wire::encode(wire::FromRelay(*records))};
  };
}

/// What lies on a disk under hashes that are not its own.
std::size_t unlike_their_hashes(const Device& device) {
  const Inside inside = look_inside(device);
  return static_cast<std::size_t>(std::ranges::count_if(
      inside.ours->records(), [](const log::Held& held) { return !wire::check_hashes(held.record).has_value(); }));
}

std::size_t with_altered_contents(bool bug) {
  Pair couple(51);
  const Planted planted(log::planted().skip_hashes, bug);
  couple.world.meddle(altering_contents());
  couple.thank(couple.sam, "Not what the relay makes of it");
  couple.world.run_for(kMinute / 2);
  return unlike_their_hashes(couple.noa);
}

TEST(PlantedBug, ADroppedHashCheckIsCaught) {
  EXPECT_EQ(with_altered_contents(false), 0U);
  EXPECT_GT(with_altered_contents(true), 0U);
}

/// A relay that shows each of the two a signed history of their own: does the one behind notice?
bool a_fork_goes_unnoticed(bool bug) {
  Pair couple(52);
  const auto before = couple.world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  couple.world.settle();
  couple.sam.go_offline();
  couple.world.restore_relay(before);
  couple.noa.go_online();
  couple.world.run_for(2 * kMinute);
  couple.thank(couple.noa, "In Noa's history");
  couple.thank(couple.noa, "And on it goes");
  couple.world.settle();
  const Planted planted(log::planted().skip_chain, bug);
  // The relay shows Sam what follows in Noa's history alone.
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &couple.sam || records == nullptr) return {message};
    std::erase_if(records->records, [&](const Bytes& raw) {
      const auto record = wire::decode_record(raw);
      return record && record->header.position < records->head;
    });
    return {wire::encode(wire::FromRelay(*records))};
  });
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  return !named(couple.sam, "fork") && !named(couple.sam, "server-fault");
}

TEST(PlantedBug, ADroppedLookAtTheHistoryBeforeIsCaught) {
  EXPECT_FALSE(a_fork_goes_unnoticed(false));
  EXPECT_TRUE(a_fork_goes_unnoticed(true));
}

/// With the relay's help a lost phone goes on writing: what does Noa's phone show?
std::size_t thanks_with_a_lost_phone_writing(bool bug) {
  Removed scene(53);
  World& world = scene.couple.world;
  const Planted planted(log::planted().skip_rights, bug);
  const wire::Record late = scene.late_thanks();
  bool handed = false;
  world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    const bool shared = records != nullptr && records->stream == late.header.stream;
    if (&to != &scene.couple.noa || !shared || handed) return {message};
    handed = true;
    records->records.push_back(wire::encode(late));
    records->head = late.header.position;
    records->history = wire::history_hash(late.header);
    return {wire::encode(wire::FromRelay(*records))};
  });
  scene.couple.noa.restart();
  world.run_for(kMinute);
  return scene.couple.noa.see("cherish")["thanks"].size();
}

TEST(PlantedBug, ARightToWriteThatIsNotLookedAtIsCaught) {
  EXPECT_EQ(thanks_with_a_lost_phone_writing(false), 2U);
  EXPECT_EQ(thanks_with_a_lost_phone_writing(true), 3U);
}

Violations with_another_answer_opened(bool bug) {
  Pair couple(54);
  const Planted planted(log::planted().skip_commitment, bug);
  const std::string item = couple.offer();
  couple.sam.go_offline();
  commit_by_hand(couple, item, "What I sealed");
  couple.world.settle();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "What Noa sealed"}});
  couple.world.settle();
  open_by_hand(couple, item, "What I wish I had sealed", Bytes(32, 7));
  couple.world.settle();
  couple.world.run_for(61 * kMinute);
  return unlike_the_second_fold(couple.noa);
}

TEST(PlantedBug, AnAnswerThatIsNotTheSealedOneIsCaught) {
  EXPECT_EQ(with_another_answer_opened(false), Violations{});
  EXPECT_FALSE(with_another_answer_opened(true).empty());
}

Violations with_a_thank_you_sent(bool bug) {
  Pair couple(55);
  const Planted planted(log::planted().forget_done, bug);
  couple.thank(couple.sam, "Once");
  couple.world.run_for(kMinute);
  return accusations(couple.sam).empty() && notices(couple.sam).empty() ? Violations{}
                                                                        : Violations{"something is said"};
}

TEST(PlantedBug, ACommandThatIsNotKnownToBeDoneIsCaught) {
  EXPECT_EQ(with_a_thank_you_sent(false), Violations{});
  EXPECT_FALSE(with_a_thank_you_sent(true).empty());
}

/// Sam's phone dies just after it has sent something, and before it hears of it.
std::vector<std::string> notices_after_dying_in_between(Pair& couple, bool power) {
  couple.world.hold_commits(true);
  couple.thank(couple.sam, "Sent, and then it went dark");
  couple.world.run_for(10);
  if (power) couple.sam.lose_power_after(0);
  if (power) couple.sam.command("space.draft", {{"key", "half"}, {"text", "never written"}});
  couple.sam.stop();
  couple.world.hold_commits(false);
  couple.world.run_for(kMinute);
  couple.sam.lose_power_after(std::nullopt);
  couple.sam.restart();
  couple.world.run_for(kMinute);
  return notices(couple.sam);
}

std::vector<std::string> with_a_crash_after_sending(bool bug) {
  Pair couple(56, server::MemoryStore::Commit::when_asked);
  const Planted planted(log::planted().forget_sent, bug);
  return notices_after_dying_in_between(couple, false);
}

TEST(PlantedBug, ASendingThatIsNotRememberedIsCaught) {
  EXPECT_EQ(with_a_crash_after_sending(false), std::vector<std::string>{});
  EXPECT_EQ(with_a_crash_after_sending(true), std::vector<std::string>{"unknown-record-in-my-name"});
}

std::vector<std::string> with_a_power_cut_after_sending(bool bug) {
  Pair couple(57, server::MemoryStore::Commit::when_asked);
  couple.world.run_for(kMinute);
  if (bug) couple.sam.write_late(kMinute);
  return notices_after_dying_in_between(couple, true);
}

TEST(PlantedBug, AShellThatSendsBeforeItHasFlushedIsCaught) {
  EXPECT_EQ(with_a_power_cut_after_sending(false), std::vector<std::string>{});
  EXPECT_EQ(with_a_power_cut_after_sending(true), std::vector<std::string>{"unknown-record-in-my-name"});
}

}  // namespace
}  // namespace attune::sim
