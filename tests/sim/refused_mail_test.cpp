// A relay that can not take a mail now: it is put again later, and nothing ends by it that is not over.
#include <gtest/gtest.h>

#include "tests/sim/meeting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// A relay whose disk is full, or that wants to be asked later: it keeps no mail of this device, and says so.
struct Refusing {
  World& world;
  const Device& whom;
  const std::string& link;
  const ErrorCode& why;
  int left;
  int said = 0;

  void begin() {
    world.meddle([this](const Device& to, Bytes message) -> std::vector<Bytes> {
      const auto frame = wire::decode_from_relay(message);
      const auto* stored = frame ? std::get_if<wire::Stored>(&*frame) : nullptr;
      const bool of_mail = stored != nullptr && stored->head == 0 && stored->history.zero();
      if (&to != &whom || !of_mail || left == 0) return {message};
      --left;
      ++said;
      auto state = world.store().state();
      state.mailboxes.at(space::mailbox_of(space::read_link(link)->s)).mails.pop_back();
      world.store().restore(state);
      return {wire::encode(wire::FromRelay(wire::Refused{.request = stored->request, .code = why.number}))};
    });
  }
};

TEST(RefusedMail, IsNotPutAgainAtOnce) {
  Meeting meeting(7);
  Refusing refusing{meeting.world, meeting.sam, meeting.link, wire::kSlowDown, 200};
  refusing.begin();
  meeting.invite();
  EXPECT_EQ(refusing.said, 1);
  EXPECT_TRUE(named(meeting.sam, "slow-down"));
  EXPECT_EQ(meeting.sam.see("app")["sync"]["busy"], false);
  meeting.world.run_for(kMinute);
  EXPECT_GT(refusing.said, 1);
  EXPECT_LT(refusing.said, 15);
  refusing.left = 0;
  meeting.world.run_for(kMinute);
  meeting.look();
  meeting.accept();
  meeting.sam_taps_same();
  meeting.noa_taps_same();
  EXPECT_EQ(meeting.noa.see("app")["phase"], "paired");
}

TEST(RefusedMail, OfTheGuestForNowDoesNotEndIt) {
  Meeting meeting(8);
  meeting.invite();
  meeting.look();
  Refusing refusing{meeting.world, meeting.noa, meeting.link, wire::kServerFull, 2};
  refusing.begin();
  meeting.accept();
  EXPECT_EQ(meeting.noa.see("joining")["state"], "asked");
  meeting.world.run_for(kMinute);
  EXPECT_EQ(refusing.left, 0);
  EXPECT_EQ(meeting.noa.see("joining")["state"], "compare");
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "compare");
}

TEST(RefusedMail, OfTheInvitersSecondLetterForNowDoesNotEndIt) {
  Meeting meeting(9);
  meeting.invite();
  meeting.look();
  Refusing refusing{meeting.world, meeting.sam, meeting.link, wire::kSlowDown, 2};
  refusing.begin();
  meeting.accept();
  EXPECT_EQ(meeting.sam.see("invitation")["state"], "compare");
  EXPECT_EQ(meeting.noa.see("joining")["state"], "asked");
  meeting.world.run_for(kMinute);
  EXPECT_EQ(refusing.left, 0);
  EXPECT_EQ(meeting.noa.see("joining")["state"], "compare");
}

TEST(RefusedMail, OfOnesOwnInvitationDoesNotEndLookingAtAnother) {
  Meeting meeting(10);
  meeting.invite();
  Device& third = meeting.world.add("Third");
  third.must("space.start", {{"name", "Third"}, {"relay", meeting.world.relay_address()}});
  meeting.world.settle();
  const std::string own = third.must("space.invite", {{"app", "https://app.example"}})["link"].get<std::string>();
  Refusing refusing{meeting.world, third, own, wire::kSlowDown, 1'000};
  refusing.begin();
  third.must("space.join", {{"link", meeting.link}});
  meeting.world.run_for(kMinute);
  EXPECT_GT(refusing.said, 1);
  EXPECT_EQ(third.see("joining")["state"], "looking");
  EXPECT_EQ(third.see("joining")["ready"], true);
}

TEST(RefusedMail, BecauseTheMailboxIsFullEndsIt) {
  Meeting meeting(11);
  meeting.invite();
  meeting.look();
  auto state = meeting.world.store().state();
  auto& mails = state.mailboxes.at(meeting.mailbox()).mails;
  while (mails.size() < wire::kMaxMailsInBox) mails.push_back(Bytes(64, static_cast<std::uint8_t>(mails.size())));
  meeting.world.store().restore(state);
  meeting.accept();
  EXPECT_EQ(meeting.noa.see("joining")["ended"], "link-used");
}

}  // namespace
}  // namespace attune::sim
