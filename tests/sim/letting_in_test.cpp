// What can befall a device on its way to be another one of the same person.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/letting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// Sam, alone, and a tablet.
struct LettingIn : testing::Test {
  Meeting meeting{91};
  World& world = meeting.world;
  Device& sam = meeting.sam;
  Device& tablet = world.add("Tablet");
  Letting letting{.world = world, .first = sam, .tablet = tablet};

  void until_words() {
    meeting.link = letting.link();
    letting.until_words(meeting.link);
  }
  /// Keys in Sam's *mine* now, the phrase's among them.
  [[nodiscard]] std::size_t keys() const {
    const Inside inside = look_inside(meeting.sam);
    return static_cast<std::size_t>(
        std::ranges::count_if(inside.mine->table().seats, [](const wire::Seat& seat) { return !seat.removed_at; }));
  }
  /// So many keys of Sam's as a person can have, by Sam's own hand.
  void fill_every_place() {
    const Inside inside = look_inside(sam);
    std::vector<wire::Member> adds;
    while (keys() + adds.size() < wire::kMaxKeys) {
      adds.push_back(space::own_member(fresh_keys(world), wire::Role::device, inside.mine->id(), 0));
    }
    log::Head head = log::Head::of(*inside.mine);
    Hand hand(world, inside.keys);
    const auto members = space::add_members(*inside.mine, std::move(adds), {}, entropy_of(world));
    EXPECT_EQ(hand.append(inside.mine->id(), {log::make_control(head, inside.keys, members)}), "");
    world.settle();
    EXPECT_EQ(keys(), wire::kMaxKeys);
  }
  /// Somebody else who has the link puts a letter into its mailbox.
  void post(std::uint8_t kind, const Bytes& body) {
    const auto link = space::read_link(meeting.link);
    Hand hand(world, fresh_keys(world));
    hand.say(wire::MailPut{.request = 1,
                           .mailbox = meeting.mailbox(),
                           .create = false,
                           .mail = space::seal_mail(link->s, kind, body, entropy_of(world))});
    world.settle();
  }
};

// ---- no place left ----

TEST_F(LettingIn, WithEveryPlaceTakenNoLinkIsMadeAndNoPhraseShown) {
  fill_every_place();
  EXPECT_EQ(sam.command("space.add-device", {{"app", "https://app.example"}})["code"], "too-many-members");
  EXPECT_EQ(sam.command("space.phrase-show")["code"], "too-many-members");
  for (const Json& device : sam.see("devices")["devices"]) {
    if (device["this_one"] == true) continue;
    sam.must("space.remove-device", {{"key", device["key"]}});
    break;
  }
  letting.let_in();
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
  EXPECT_EQ(keys(), wire::kMaxKeys);
}

TEST_F(LettingIn, ThatFindsThePlacesTakenMeanwhileHoldsNothingUp) {
  until_words();
  fill_every_place();
  tap_same(sam, "invitation");
  tap_same(tablet, "joining");
  sam.must("cherish.keep", {{"did", "Goes on"}, {"says", ""}, {"felt", ""}});
  world.run_for(2 * kHour);
  EXPECT_TRUE(named(sam, "too-many-members"));
  EXPECT_EQ(sam.see("invitation")["state"], "ended");
  EXPECT_EQ(tablet.see("joining")["state"], "ended");
  EXPECT_EQ(sam.see("cherish")["kept"][0]["mark"], "safe");
}

// ---- the mailbox fails ----

TEST_F(LettingIn, WhoseLastLetterFindsNoRoomIsTakenOutAgain) {
  until_words();
  auto state = world.store().state();
  auto& mails = state.mailboxes.at(meeting.mailbox()).mails;
  while (mails.size() < wire::kMaxMailsInBox) mails.push_back(Bytes(64, static_cast<std::uint8_t>(mails.size())));
  world.store().restore(state);
  std::size_t puts = 0;
  world.watch([&](const Device& from, ByteView bytes) {
    const auto message = wire::decode_from_device(bytes);
    puts += &from == &sam && message && std::holds_alternative<wire::MailPut>(*message) ? 1U : 0U;
  });
  world.delays(200);
  tap_same(sam, "invitation");
  world.run_for(kMinute);
  EXPECT_LE(puts, 2U);
  EXPECT_EQ(sam.see("invitation")["ended"], "expired");
  EXPECT_EQ(keys(), 1U);
}

TEST_F(LettingIn, WhoseBoxIsEmptiedBeforeItWasHandedAnythingWaitsNoLonger) {
  until_words();
  tap_same(tablet, "joining");
  sam.must("space.cancel-invitation");
  world.settle();
  EXPECT_EQ(tablet.see("joining")["ended"], "refused");
  EXPECT_EQ(tablet.see("app")["phase"], "fresh");
}

TEST_F(LettingIn, ThatHoldsWhatItWasHandedNeedsTheBoxNoMore) {
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* mail = message ? std::get_if<wire::Mail>(&*message) : nullptr;
    if (&to != &tablet || mail == nullptr) return {bytes};
    return {wire::encode(
        wire::FromRelay(wire::Mail{.mailbox = mail->mailbox, .state = wire::MailboxState::expired, .mails = {}}))};
  });
  tablet.restart();
  world.run_for(kMinute);
  EXPECT_EQ(tablet.see("joining")["state"], "compare");
  tap_same(tablet, "joining");
  world.run_for(kMinute);
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
}

TEST_F(LettingIn, IsHandedWhatTheFirstSaysAndNothingOfSomebodyWhoHasTheLink) {
  meeting.link = letting.link();
  world.settle();
  post(5, Bytes(177, 7));
  letting.until_words(meeting.link);
  tap_same(tablet, "joining");
  tap_same(sam, "invitation");
  world.run_for(kMinute);
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
  EXPECT_EQ(notices(tablet), std::vector<std::string>{});
}

// ---- it does not come, or comes back ----

TEST_F(LettingIn, MayTryAgainAfterItWasTakenOut) {
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  tablet.must("space.different-words");
  world.run_for(kMinute);
  ASSERT_EQ(keys(), 1U);
  letting.let_in();
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
  EXPECT_EQ(keys(), 2U);
}

TEST_F(LettingIn, ThatNeverComesIsTakenOutWhenTheDayOfTheLinkIsOver) {
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  ASSERT_EQ(keys(), 2U);
  tablet.go_offline();
  world.run_for(kDay + kHour);
  EXPECT_EQ(sam.see("invitation")["ended"], "expired");
  EXPECT_EQ(keys(), 1U);
  EXPECT_NE(letting.link(), meeting.link);
}

TEST_F(LettingIn, ThatCameIsNotTakenOutByAFirstWhoLearnsOfItTheNextDay) {
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  sam.go_offline();
  tap_same(tablet, "joining");
  world.run_for(kDay + kHour);
  sam.restart();
  sam.go_online();
  world.run_for(kHour);
  EXPECT_EQ(sam.see("invitation")["state"], "joined");
  EXPECT_EQ(keys(), 2U);
}

TEST_F(LettingIn, ThatWasTakenOutBeforeItsOwnTapDoesNotComeIn) {
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  for (const Json& device : sam.see("devices")["devices"]) {
    if (device["this_one"] == false) sam.must("space.remove-device", {{"key", device["key"]}});
  }
  world.settle();
  EXPECT_EQ(sam.see("invitation")["state"], "ended");
  tap_same(tablet, "joining");
  world.run_for(kMinute);
  EXPECT_EQ(tablet.see("joining")["ended"], "refused");
  EXPECT_EQ(tablet.see("app")["phase"], "fresh");
  EXPECT_EQ(notices(tablet), std::vector<std::string>{});
}

// ---- another exchange beside it ----

struct BesideAnother : LettingIn {
  Device& noa = meeting.noa;
  std::string noas_link(const std::string& relay) {
    noa.must("space.start", {{"name", "Noa"}, {"relay", relay}});
    world.settle();
    const Json link = noa.must("space.invite", {{"app", "https://app.example"}})["link"];
    world.settle();
    return link.get<std::string>();
  }
  void sam_accepts(const std::string& link) {
    sam.must("space.join", {{"link", link}});
    world.settle();
    sam.must("space.accept");
    world.settle();
  }
};

TEST_F(BesideAnother, ATabletOnItsWayInIsNotTurnedAwayByAnsweringAPartner) {
  const std::string link = noas_link(world.relay_address());
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  sam_accepts(link);
  EXPECT_EQ(sam.see("invitation")["state"], "approved");
  tap_same(tablet, "joining");
  world.run_for(kMinute);
  tap_same(noa, "invitation");
  tap_same(sam, "joining");
  world.run_for(2 * kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
  EXPECT_EQ(tablet.see("app")["partner"], "Noa");
}

TEST_F(BesideAnother, ATabletThatWaitsAtTheServerSamLeavesIsTakenOutAgain) {
  world.add_relay("https://elsewhere.example");
  const std::string link = noas_link("https://elsewhere.example");
  until_words();
  tap_same(sam, "invitation");
  world.settle();
  tablet.go_offline();
  sam_accepts(link);
  world.run_for(kMinute);
  EXPECT_EQ(sam.see("invitation")["ended"], "cancelled");
  EXPECT_EQ(keys(), 1U);
}

}  // namespace
}  // namespace attune::sim
