// Mailboxes: what an inviter and a guest leave each other before there is a stream.
#include "server/relay/mail.h"
#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;

const MailboxId kBox = all<MailboxId>(0x42);

MailPut put(std::uint32_t request, std::uint8_t filler, bool create = false) {
  return MailPut{.request = request, .mailbox = kBox, .create = create, .mail = Bytes(kMaxMail, filler)};
}

struct Scene {
  World world;
  Device inviter{world.relay, world.phone};
  Device guest{world.relay, world.other};

  Scene() {
    inviter.arrive();
    guest.arrive();
  }
  void open() {
    inviter.send(put(1, 1, true));
    inviter.expect<Stored>();
  }
};

TEST(Mailbox, BothAreGivenWhatIsThereAndEveryChange) {
  Scene scene;
  scene.open();
  scene.inviter.send(MailFollow{.mailbox = kBox});
  EXPECT_EQ(scene.inviter.expect<Mail>().mails.size(), 1U);
  scene.guest.send(MailFollow{.mailbox = kBox});
  EXPECT_EQ(scene.guest.expect<Mail>().mails, std::vector<Bytes>{Bytes(kMaxMail, 1)});
  scene.guest.send(put(2, 2));
  const auto stored = scene.guest.expect<Stored>();
  EXPECT_EQ(stored.request, 2U);
  EXPECT_TRUE(stored.history.zero());
  const auto mail = scene.inviter.expect<Mail>();
  EXPECT_EQ(mail.state, MailboxState::open);
  EXPECT_EQ(mail.mails, (std::vector<Bytes>{Bytes(kMaxMail, 1), Bytes(kMaxMail, 2)}));
}

TEST(Mailbox, PuttingTheSameMailAgainChangesNothing) {
  Scene scene;
  scene.open();
  scene.inviter.send(put(2, 1, true));
  scene.inviter.expect<Stored>();
  scene.guest.send(MailFollow{.mailbox = kBox});
  EXPECT_EQ(scene.guest.expect<Mail>().mails.size(), 1U);
}

TEST(Mailbox, AGuestDoesNotMakeOne) {
  Scene scene;
  scene.guest.send(put(2, 2));
  EXPECT_EQ(scene.guest.expect<Refused>().code, kMailboxGone.number);
  scene.guest.send(MailFollow{.mailbox = kBox});
  EXPECT_EQ(scene.guest.expect<Mail>().state, MailboxState::unknown);
}

TEST(Mailbox, HoldsEightMails) {
  Scene scene;
  scene.open();
  for (std::uint8_t i = 2; i <= kMaxMailsInBox; ++i) {
    scene.guest.send(put(i, i));
    scene.guest.expect<Stored>();
  }
  scene.guest.send(put(9, 9));
  EXPECT_EQ(scene.guest.expect<Refused>().code, kMailboxFull.number);
}

TEST(Mailbox, ABurntOneIsEmptyAtOnceAndStaysBurnt) {
  Scene scene;
  scene.open();
  scene.guest.send(MailFollow{.mailbox = kBox});
  scene.guest.expect<Mail>();
  scene.inviter.send(MailBurn{.mailbox = kBox});
  const auto mail = scene.guest.expect<Mail>();
  EXPECT_EQ(mail.state, MailboxState::burnt);
  EXPECT_TRUE(mail.mails.empty());
  EXPECT_TRUE(scene.world.store.state().mailboxes.at(kBox).mails.empty());
  scene.guest.send(put(2, 2));
  EXPECT_EQ(scene.guest.expect<Refused>().code, kMailboxGone.number);
  scene.inviter.send(put(3, 1, true));
  EXPECT_EQ(scene.inviter.expect<Refused>().code, kMailboxGone.number);
}

TEST(Mailbox, ExpiresAfterADayAndIsForgottenAMonthLater) {
  Scene scene;
  scene.open();
  const auto ask = [&](std::int64_t later) {
    scene.guest.now = kNow + later;
    scene.world.relay.tidy(scene.guest.now);
    scene.guest.send(MailFollow{.mailbox = kBox});
    return scene.guest.expect<Mail>();
  };
  EXPECT_EQ(ask(server::kMailboxMs - 1).state, MailboxState::open);
  EXPECT_EQ(ask(server::kMailboxMs + 1).state, MailboxState::expired);
  EXPECT_TRUE(scene.world.store.state().mailboxes.at(kBox).mails.empty());
  scene.guest.send(put(2, 2));
  EXPECT_EQ(scene.guest.expect<Refused>().code, kMailboxGone.number);
  EXPECT_EQ(ask(server::kMailboxMs + server::kRememberedMs + 1).state, MailboxState::unknown);
  EXPECT_TRUE(scene.world.store.state().mailboxes.empty());
}

TEST(Mailbox, ExpiresWithoutAnybodyTidying) {
  Scene scene;
  scene.open();
  scene.guest.now = kNow + server::kMailboxMs + 1;
  scene.guest.send(MailFollow{.mailbox = kBox});
  const auto mail = scene.guest.expect<Mail>();
  EXPECT_EQ(mail.state, MailboxState::expired);
  EXPECT_TRUE(mail.mails.empty());
}

TEST(Mailbox, AnAddressMakesSoManyADay) {
  World world;
  Device device(
      world.relay, world.phone,
      server::Entrance{.nonce = {}, .now = {}, .token = false, .allowance = std::make_shared<server::Allowance>(1, 1)});
  device.arrive().send(put(1, 1, true));
  device.expect<Stored>();
  MailPut second = put(2, 1, true);
  second.mailbox = all<MailboxId>(0x43);
  device.send(second);
  EXPECT_EQ(device.expect<Refused>().code, kSlowDown.number);
}

TEST(Mailbox, AClosedServerMakesThemForItsOwnPeopleOnly) {
  World world;
  world.store_log(Log(world.phone, mine_genesis(world.phone)), world.phone);
  const_cast<server::Policy&>(world.relay.policy()).registration = server::Registration::closed;
  Device stranger(world.relay, world.stranger);
  stranger.arrive().send(put(1, 1, true));
  EXPECT_EQ(stranger.expect<Refused>().code, kRegistrationClosed.number);
  Device phone(world.relay, world.phone);
  phone.arrive().send(put(1, 1, true));
  phone.expect<Stored>();
  stranger.send(put(2, 2));
  stranger.expect<Stored>();
}

}  // namespace
}  // namespace attune::tests
