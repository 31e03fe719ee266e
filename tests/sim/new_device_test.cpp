// A new device beside a couple: it waits for the shared space that it was told of, for all of it, and not for ever.
#include <gtest/gtest.h>

#include "sim/inside.h"
#include "tests/sim/letting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

struct NewDevice : testing::Test {
  Pair couple{95};
  World& world = couple.world;
  Device& tablet = world.add("Tablet");
  Letting letting{.world = world, .first = couple.sam, .tablet = tablet};
};

/// The relay does not tell the tablet of this stream.
Meddling keeping_from(const Device& whom, const StreamId& stream) {
  return [&whom, stream](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    if (&to != &whom || !message) return {bytes};
    if (const auto* joined = std::get_if<wire::Joined>(&*message);
        joined != nullptr && joined->stream.stream == stream) {
      return {};
    }
    auto* welcome = std::get_if<wire::Welcome>(&*message);
    if (welcome == nullptr) return {bytes};
    std::erase_if(welcome->streams, [&](const wire::Known& known) { return known.stream == stream; });
    return {wire::encode(*message)};
  };
}

TEST_F(NewDevice, NeedNotWaitForASharedSpaceThatDoesNotCome) {
  world.meddle(keeping_from(tablet, look_inside(couple.sam).ours->id()));
  letting.let_in();
  world.run_for(kHour);
  ASSERT_EQ(tablet.see("app")["phase"], "joining");
  // It is in: there are no words to differ any more.
  EXPECT_EQ(tablet.command("space.different-words")["code"], "no-invitation");
  EXPECT_EQ(tablet.see("app")["phase"], "joining");
  tablet.must("space.decline");
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
  EXPECT_EQ(couple.sam.see("invitation")["state"], "joined");
  world.meddle({});
  tablet.restart();
  world.run_for(kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "paired");
}

TEST_F(NewDevice, IsNotToldToWaitForASharedSpaceThatCanOnlyBeRead) {
  const auto before = world.store().state();
  couple.noa.go_offline();
  couple.thank(couple.sam, "In Sam's history");
  world.settle();
  couple.sam.go_offline();
  world.restore_relay(before);
  couple.noa.go_online();
  world.run_for(kHour);
  couple.thank(couple.noa, "In Noa's history");
  world.settle();
  couple.sam.go_online();
  world.run_for(kHour);
  ASSERT_TRUE(named(couple.sam, "fork"));
  letting.let_in();
  world.run_for(2 * kHour);
  EXPECT_EQ(tablet.see("app")["phase"], "alone");
}

TEST_F(NewDevice, TakesUpNoLessThanTheFirstHasVouchedFor) {
  // Its letter is refused at first, so that it names a place behind the record that lets the tablet in.
  bool refused = false;
  world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* stored = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    const bool of_mail = stored != nullptr && stored->head == 0 && stored->history.zero();
    if (&to != &couple.sam || !of_mail || refused || couple.sam.see("invitation")["state"] != "approved")
      return {bytes};
    refused = true;
    auto state = world.store().state();
    for (auto& [id, box] : state.mailboxes) {
      if (!box.mails.empty()) box.mails.pop_back();
    }
    world.store().restore(state);
    return {wire::encode(wire::FromRelay(wire::Refused{.request = stored->request, .code = wire::kSlowDown.number}))};
  });
  letting.until_words(letting.link());
  tap_same(couple.sam, "invitation");
  world.settle();
  ASSERT_TRUE(refused);
  couple.thank(couple.sam, "Said before the letter went");
  world.run_for(kMinute);
  const Inside inside = look_inside(couple.sam);
  const StreamId ours = inside.ours->id();
  const std::uint64_t shown = inside.ours->next() - 2;
  const Hash history = inside.ours->history_at(shown);
  world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
    if (&to != &tablet || records == nullptr || records->stream != ours || records->head <= shown) return {bytes};
    records->records.resize(records->records.size() - (records->head - shown));
    records->head = shown;
    records->history = history;
    return {wire::encode(*message)};
  });
  tap_same(tablet, "joining");
  world.run_for(kHour);
  // What is here can be read; it is not taken for the whole, and nothing is said behind it.
  EXPECT_EQ(tablet.see("app")["sync"]["coming"]["done"], tablet.see("app")["sync"]["coming"]["total"].get<int>() - 1);
  tablet.must("cherish.thank", {{"did", "Said too early"}, {"says", ""}, {"felt", ""}});
  world.run_for(2 * kHour);
  EXPECT_EQ(look_inside(couple.sam).ours->next(), shown + 2);
  world.meddle({});
  tablet.restart();
  world.run_for(kHour);
  EXPECT_TRUE(tablet.see("app")["sync"]["coming"].is_null());
  EXPECT_EQ(opened_thanks(couple.noa), "Said too early");
}

/// A box key appears once in a stream, and whoever sees it on its way in can be faster.
TEST_F(NewDevice, WhoseKeyThePartnerHasUsedUpHoldsNothingUp) {
  const std::string link = letting.link();
  letting.until_words(link);
  const auto read = space::read_link(link);
  std::optional<space::M2> m2;
  for (const Bytes& mail : world.store().state().mailboxes.at(space::mailbox_of(read->s)).mails) {
    const auto letter = space::open_mail(read->s, mail);
    if (letter && letter->kind == 2) m2 = *space::decode_m2(letter->body);
  }
  ASSERT_TRUE(m2);
  const Inside noa = look_inside(couple.noa);
  const crypto::DeviceKeys keys = fresh_keys(world);
  const StreamId self = noa.mine->id();
  const wire::Member taken{
      .sign = keys.sign,
      .box = m2->box,
      .person = 1,
      .role = wire::Role::device,
      .self = self,
      .join = wire::sign_join(keys.sign_secret.view(), self, wire::Role::device, keys.sign, m2->box)};
  log::Head head = log::Head::of(*noa.ours);
  Hand hand(world, noa.keys);
  const auto members = space::add_members(*noa.ours, {taken}, {}, entropy_of(world));
  ASSERT_EQ(hand.append(noa.ours->id(), {log::make_control(head, noa.keys, members)}), "");
  tap_same(couple.sam, "invitation");
  tap_same(tablet, "joining");
  world.run_for(kHour);
  couple.thank(couple.sam, "Said all the same");
  world.run_for(kHour);
  EXPECT_EQ(opened_thanks(couple.noa), "Said all the same");
  EXPECT_TRUE(named(couple.sam, "key-used-before"));
}

/// The relay keeps from Sam's phone what from now on is written into *mine*.
void keep_mine_from(Device& device, World& world) {
  const Inside inside = look_inside(device);
  const StreamId mine = inside.mine->id();
  const std::uint64_t shown = inside.mine->next() - 1;
  const Hash history = inside.mine->history();
  world.meddle([=, &device](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    if (&to != &device || !message) return {bytes};
    if (std::holds_alternative<wire::Moved>(*message)) return {};
    auto* records = std::get_if<wire::Records>(&*message);
    if (records == nullptr || records->stream != mine) return {bytes};
    *records = {.stream = mine, .head = shown, .history = history, .records = {}};
    return {wire::encode(*message)};
  });
}

/// Another one, let in by `first`.
Device& let_in_by(Device& first, World& world, std::string name) {
  Device& fresh = world.add(std::move(name));
  Letting{.world = world, .first = first, .tablet = fresh}.let_in();
  world.run_for(3 * kHour);
  return fresh;
}

void expect_still_in(Pair& couple, Device& device) {
  ASSERT_NE(look_inside(couple.noa).ours->table().member(look_inside(device).keys.sign), nullptr);
  couple.thank(device, "Still in");
  couple.world.run_for(kHour);
  EXPECT_EQ(opened_thanks(couple.noa), "Still in");
}

TEST_F(NewDevice, IsNotPutOutOfTheSharedSpaceByOneWhoWasNotToldOfIt) {
  letting.let_in();
  world.run_for(2 * kHour);
  keep_mine_from(couple.sam, world);
  expect_still_in(couple, let_in_by(tablet, world, "Laptop"));
}

/// Both the one it was let in by and itself are nobody that Sam's phone knows of.
TEST_F(NewDevice, LetInByANewDeviceIsNotPutOutEither) {
  letting.let_in();
  world.run_for(2 * kHour);
  keep_mine_from(couple.sam, world);
  expect_still_in(couple, let_in_by(let_in_by(tablet, world, "Laptop"), world, "Watch"));
}

}  // namespace
}  // namespace attune::sim
