// Whoever says no to an exchange is heard, whatever the line does.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr auto kWhenAsked = server::MemoryStore::Commit::when_asked;

TEST(Refusal, ByTheGuestIsSaidAgainAfterTheLineBrokeBeforeItWasStored) {
  Meeting meeting(1, kWhenAsked);
  meeting.invite();
  meeting.look();
  meeting.world.hold_commits(true);
  meeting.noa.must("space.decline");
  meeting.world.settle();
  meeting.world.crash_relay();
  meeting.world.hold_commits(false);
  meeting.world.restart_relay();
  meeting.world.run_for(2 * kMinute);
  EXPECT_EQ(meeting.sam.see("invitation")["ended"], "declined");
  EXPECT_EQ(meeting.noa.see("app")["phase"], "fresh");
}

TEST(Refusal, ByTheInviterOfflineIsSaidOnceThereIsALine) {
  Meeting meeting(2);
  meeting.until_words();
  meeting.sam.go_offline();
  meeting.sam.must("space.different-words");
  meeting.world.settle();
  EXPECT_EQ(meeting.noa.see("joining")["state"], "compare");
  meeting.sam.restart();
  meeting.sam.go_online();
  meeting.world.run_for(2 * kMinute);
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "different-words");
}

TEST(Refusal, ByTheInviterIsSaidAgainAfterTheLineBrokeBeforeItWasStored) {
  Meeting meeting(3, kWhenAsked);
  meeting.until_words();
  meeting.world.hold_commits(true);
  meeting.sam.must("space.different-words");
  meeting.world.settle();
  meeting.world.crash_relay();
  meeting.world.hold_commits(false);
  meeting.world.restart_relay();
  meeting.world.run_for(2 * kMinute);
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "different-words");
}

/// The inviter has tapped "same" already and has a shared space by it: the guest's refusal must reach them.
TEST(Refusal, ByTheGuestOfflineUndoesWhatTheInviterTapped) {
  Meeting meeting(4);
  meeting.until_words();
  meeting.sam_taps_same();
  meeting.noa.go_offline();
  meeting.noa.must("space.different-words");
  meeting.noa.restart();
  meeting.noa.go_online();
  meeting.world.run_for(2 * kMinute);
  EXPECT_EQ(meeting.sam.see("app")["phase"], "alone");
  EXPECT_EQ(meeting.sam.see("invitation")["ended"], "different-words");
}

TEST(Refusal, ComesInTimeFromAGuestWhoHasSaidSameWords) {
  Meeting meeting(8);
  meeting.until_words();
  meeting.noa_taps_same();
  meeting.noa.must("space.decline");
  meeting.world.settle();
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "declined");
  EXPECT_EQ(meeting.sam.see("invitation")["ended"], "declined");
  EXPECT_EQ(meeting.sam.see("app")["phase"], "alone");
}

TEST(Refusal, ByTheInviterReachesAGuestWhoHasSaidSameWords) {
  for (const bool withdrawn : {true, false}) {
    Meeting meeting(withdrawn ? 10 : 11);
    meeting.until_words();
    meeting.noa_taps_same();
    meeting.world.settle();
    ASSERT_EQ(meeting.noa.see("joining")["state"], "approved");
    meeting.sam.must(withdrawn ? "space.cancel-invitation" : "space.different-words");
    meeting.world.settle();
    EXPECT_EQ(meeting.noa.see("joining")["ended"], withdrawn ? "refused" : "different-words");
    EXPECT_EQ(meeting.sam.see("app")["phase"], "alone");
  }
}

/// Whoever has the link can empty the mailbox. That parts nobody who has come so far, even where the relay says it
/// before it hands out the space.
TEST(Refusal, IsNotWhatAnEmptyMailboxMeansOnceTheSpaceIsMade) {
  Meeting meeting(14);
  meeting.until_words();
  meeting.noa_taps_same();
  meeting.noa.go_offline();
  meeting.sam_taps_same();
  meeting.world.store().write([&](server::Writing& writing) { writing.burn(meeting.mailbox()); },
                              [](server::Outcome) {});
  meeting.world.settle();
  std::vector<Bytes> held;
  std::size_t emptied = 0;
  meeting.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    if (&to != &meeting.noa || !frame) return {message};
    if (std::holds_alternative<wire::Mail>(*frame)) ++emptied;
    if (emptied == 0 && std::holds_alternative<wire::Records>(*frame)) {
      held.push_back(std::move(message));
      return {};
    }
    std::vector<Bytes> out = {std::move(message)};
    if (emptied > 0) std::ranges::move(std::exchange(held, {}), std::back_inserter(out));
    return out;
  });
  meeting.noa.go_online();
  meeting.world.run_for(2 * kMinute);
  EXPECT_GT(emptied, 0U);
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "joined");
}

TEST(Refusal, SaysWhetherSomethingHadGoneOutBefore) {
  Meeting early(12);
  early.invite();
  early.look();
  early.noa.must("space.decline");
  EXPECT_EQ(early.noa.see("joining")["answered"], false);
  Meeting late(13);
  late.until_words();
  late.noa_taps_same();
  late.noa.must("space.decline");
  EXPECT_EQ(late.noa.see("joining")["answered"], true);
}

TEST(Refusal, ThatEmptiesTheMailboxEmptiesItAfterTheLineBrokeToo) {
  Meeting meeting(9, kWhenAsked);
  meeting.until_words();
  meeting.world.hold_commits(true);
  meeting.sam.must("space.cancel-invitation");
  meeting.world.settle();
  meeting.world.crash_relay();
  meeting.world.hold_commits(false);
  meeting.world.restart_relay();
  meeting.world.run_for(2 * kMinute);
  EXPECT_TRUE(meeting.letter(1).empty());
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "refused");
}

TEST(Refusal, OfOneInvitationIsSaidEvenIfAnotherIsMadeMeanwhile) {
  Meeting meeting(5);
  meeting.until_words();
  meeting.sam.go_offline();
  meeting.sam.must("space.different-words");
  meeting.sam.must("space.invite", {{"app", "https://app.example"}});
  meeting.sam.go_online();
  meeting.world.run_for(2 * kMinute);
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "different-words");
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "waiting");
}

TEST(Refusal, ThatNoServerTakesIsForgottenWithTheInvitation) {
  Meeting meeting(6);
  meeting.invite();
  meeting.look();
  meeting.noa.go_offline();
  meeting.noa.must("space.decline");
  meeting.world.run_for(25 * 60 * kMinute);
  EXPECT_EQ(meeting.noa.see("app")["phase"], "fresh");
  meeting.noa.go_online();
  meeting.world.run_for(kMinute);
  EXPECT_EQ(meeting.noa.see("app")["sync"]["connection"], "offline");
}

}  // namespace
}  // namespace attune::sim
