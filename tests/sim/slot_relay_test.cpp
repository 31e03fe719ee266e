// What a relay can make of the snapshot that it keeps in the slot: nothing but that it is not shown.
#include <bit>

#include "tests/sim/slot_scene.h"

namespace attune::sim {
namespace {

TEST(Slot, ComesInPiecesAndGoesOnWhereTheLineBroke) {
  const Set small(log::planted().slot_piece, 4096);
  SlotScene scene(206);
  scene.a_life();
  scene.watch();
  int let_through = 3;
  scene.world.meddle(scene.holding_the_log([&](const wire::Slot& slot) -> std::vector<wire::Slot> {
    if (let_through-- > 0) return {slot};
    return {};
  }));
  scene.let_in();
  ASSERT_GT(scene.left.size(), 5U);
  EXPECT_FALSE(scene.shows_ahead());
  EXPECT_EQ(scene.asked, (std::vector<std::uint8_t>{0, 1, 2, 3}));
  let_through = 1'000;
  scene.asked.clear();
  scene.tablet.go_offline();
  scene.tablet.go_online();
  scene.world.run_for(60'000);
  ASSERT_FALSE(scene.asked.empty());
  EXPECT_EQ(scene.asked.front(), 3U);
  EXPECT_EQ(scene.asked.back() + 1U, scene.left.size());
  EXPECT_TRUE(scene.shows_ahead());
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, HasASizeOfFewBits) {
  SlotScene scene(208);
  scene.watch();
  scene.a_life();
  scene.let_in();
  std::size_t size = 0;
  for (const wire::SlotPut& put : scene.left) size += put.bytes.size();
  ASSERT_GT(size, 16U);
  const std::size_t pieces = (size - 16 + 65'552 - 1) / 65'552;
  const std::size_t padded = size - 16 - pieces * crypto::kTagSize + crypto::kTagSize;
  const auto e = static_cast<unsigned>(std::bit_width(padded)) - 1;
  const auto s = static_cast<unsigned>(std::bit_width(e));
  EXPECT_EQ(padded % (std::size_t{1} << (e - s)), 0U) << "Padm\u00e9: " << padded;
}

/// The tablet is let in while the relay's slot says this. Nothing is shown of it, and nothing is lost.
void expect_passed_over(std::uint64_t seed, const SlotScene::Slots& slots) {
  SlotScene scene(seed);
  scene.a_life();
  scene.watch();
  scene.world.meddle(scene.holding_the_log(slots));
  scene.let_in();
  EXPECT_FALSE(scene.asked.empty());
  EXPECT_FALSE(scene.shows_ahead());
  EXPECT_EQ(scene.tablet.see("app")["phase"], "joining");
  EXPECT_EQ(notices(scene.tablet), std::vector<std::string>{});
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, ThatIsNotWhatWasVouchedForIsPassedOver) {
  const auto altered = [](std::size_t at) {
    return [at](wire::Slot slot) -> std::vector<wire::Slot> {
      slot.bytes[at % slot.bytes.size()] ^= 1;
      return {slot};
    };
  };
  for (const std::size_t at : {0U, 16U, 17U, 5'000U, 0xffff'ffffU}) expect_passed_over(210, altered(at));
  expect_passed_over(211, [](wire::Slot slot) -> std::vector<wire::Slot> {
    slot.bytes.resize(slot.bytes.size() - 1);
    return {slot};
  });
  expect_passed_over(212, [](wire::Slot slot) -> std::vector<wire::Slot> {
    slot.bytes = Bytes(100'000, 7);
    return {slot};
  });
  expect_passed_over(213, [](const wire::Slot& slot) -> std::vector<wire::Slot> {
    return {{.request = slot.request, .id = {}, .piece = 0, .count = 0, .bytes = {}}};
  });
  expect_passed_over(214, [](wire::Slot slot) -> std::vector<wire::Slot> {
    slot.piece = 1;
    slot.count = 2;
    return {slot};
  });
}

TEST(Slot, OfAnotherRequestIsNoAnswer) {
  SlotScene scene(215);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log([](wire::Slot slot) -> std::vector<wire::Slot> {
    const wire::Slot right = slot;
    ++slot.request;
    slot.bytes = Bytes(10, 1);
    return {slot, right, right};
  }));
  scene.let_in();
  EXPECT_TRUE(scene.shows_ahead());
  scene.honest_again();
  scene.all_is_well();
}

/// The relay has kept the slot of another time, sealed under the same key by the same phone. How many thanks the tablet
/// shows then, and in the end.
std::pair<std::size_t, std::size_t> thanks_shown_from_an_old_slot(bool bug) {
  SlotScene scene(216);
  scene.a_life();
  scene.watch();
  Device& laptop = scene.world.add("Laptop");
  Letting{.world = scene.world, .first = scene.couple.sam, .tablet = laptop}.let_in();
  scene.world.run_for(3 * kHour);
  const std::vector<wire::SlotPut> old = std::exchange(scene.left, {});
  EXPECT_FALSE(old.empty());
  scene.a_life();
  const Planted planted(log::planted().skip_state_hash, bug);
  scene.world.meddle(scene.holding_the_log([&](const wire::Slot& slot) -> std::vector<wire::Slot> {
    const wire::SlotPut& put = old.at(slot.piece);
    return {{.request = slot.request, .id = put.id, .piece = put.piece, .count = put.count, .bytes = put.bytes}};
  }));
  scene.let_in();
  EXPECT_EQ(scene.shows_ahead(), bug);
  const std::size_t shown = scene.tablet.see("cherish")["thanks"].size();
  scene.honest_again();
  return {shown, scene.tablet.see("cherish")["thanks"].size()};
}

TEST(Slot, OfAnotherTimeIsPassedOver) {
  EXPECT_EQ(thanks_shown_from_an_old_slot(false), std::pair(std::size_t{0}, std::size_t{24}));
}

TEST(PlantedBug, ASnapshotTakenAsItLiesIsCaught) {
  const auto [shown, in_the_end] = thanks_shown_from_an_old_slot(true);
  EXPECT_EQ(shown, 12U) << "a past that is not the one that was vouched for";
  EXPECT_EQ(in_the_end, 24U) << "even then it is only shown";
}

/// Sam's phone has another version of the fold: all of it is right but what it is of.
TEST(Slot, OfAnotherFoldIsPassedOver) {
  SlotScene scene(217);
  scene.a_life();
  scene.watch();
  std::optional<Bytes> state;
  const auto of_another_fold = [&]() -> Bytes {
    const Inside sam = look_inside(scene.couple.sam);
    const std::uint32_t epoch = sam.mine->table().epoch;
    Bytes sealed;
    for (const wire::SlotPut& put : scene.left) sealed.insert(sealed.end(), put.bytes.begin(), put.bytes.end());
    state = *client::open_slot(*sam.mine->key(epoch), sam.mine->id(), epoch, sam.keys.sign, sealed);
    (*state)[4] ^= 1;  // the version stands first
    const Entropy entropy = [&](std::span<std::uint8_t> out) { scene.world.dice().fill(out); };
    return client::seal_slot(*sam.mine->key(epoch), sam.mine->id(), epoch, sam.keys, *state, entropy);
  };
  std::optional<Bytes> sealed;
  const Meddling slots = scene.holding_the_log([&](wire::Slot slot) -> std::vector<wire::Slot> {
    slot.bytes = *sealed;
    return {slot};
  });
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    auto* mail = message ? std::get_if<wire::Mail>(&*message) : nullptr;
    if (&to != &scene.tablet || mail == nullptr) return slots(to, bytes);
    const auto s = space::read_link(scene.link)->s.clone();
    for (Bytes& each : mail->mails) {
      const auto letter = space::open_mail(s, each);
      if (!letter || letter->kind != 6) continue;
      if (!sealed) sealed = of_another_fold();
      const Inside sam = look_inside(scene.couple.sam);
      const client::Invitation invitation = invitation_on(scene.couple.sam);
      space::M6 m6 = *space::decode_m6(letter->body, {});
      m6 = space::make_m6(sam.keys, space::pairing_hash(invitation.m1, invitation.m2, invitation.nonce),
                          client::state_hash(*state), m6.epoch, m6.key_id, m6.box);
      const Entropy entropy = [&](std::span<std::uint8_t> out) { scene.world.dice().fill(out); };
      each = space::seal_mail(s, 6, space::encode(m6), entropy);
    }
    return {wire::encode(*message)};
  });
  scene.let_in();
  EXPECT_TRUE(sealed.has_value());
  EXPECT_FALSE(scene.asked.empty());
  EXPECT_FALSE(scene.shows_ahead());
  scene.honest_again();
  scene.all_is_well();
}

/// A relay from before these messages: the fault, and the line is down.
TEST(Slot, IsNotAskedForASecondTimeWhereItIsNotKnown) {
  SlotScene scene(218);
  scene.a_life();
  scene.watch();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* stored = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    const bool of_slot = stored != nullptr && &to == &scene.couple.sam &&
                         std::ranges::find(scene.put_requests, stored->request) != scene.put_requests.end();
    if (!of_slot) return {bytes};
    return {wire::encode(wire::FromRelay(wire::Fault{.code = wire::kBadFrame.number}))};
  });
  scene.let_in();
  scene.couple.sam.go_offline();
  scene.couple.sam.go_online();
  scene.couple.sam.restart();
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(scene.put_requests.size(), 1U) << "nor at the next start";
  EXPECT_TRUE(scene.asked.empty());
  EXPECT_EQ(notices(scene.couple.sam), std::vector<std::string>{});
  EXPECT_EQ(scene.tablet.see("app")["phase"], "paired");
  EXPECT_EQ(scene.tablet.see("cherish"), scene.couple.sam.see("cherish"));
}

TEST(Slot, ThatIsNotTakenNowIsTriedAgain) {
  SlotScene scene(219);
  scene.a_life();
  scene.watch();
  int refusals = 2;
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* slot = message ? std::get_if<wire::Slot>(&*message) : nullptr;
    if (&to == &scene.tablet && slot != nullptr && refusals-- > 0) {
      return {wire::encode(wire::FromRelay(wire::Refused{.request = slot->request, .code = wire::kSlowDown.number}))};
    }
    return scene.holding_the_log()(to, bytes);
  });
  scene.let_in();
  EXPECT_EQ(scene.asked.size(), 3U);
  EXPECT_TRUE(scene.shows_ahead());
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, IsLetGoWithTheExchange) {
  SlotScene scene(220);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  scene.tablet.must("space.different-words");
  EXPECT_FALSE(scene.tablet.disk().contains("ahead"));
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), 0U);
  EXPECT_NE(scene.tablet.see("app")["phase"], "paired");
  scene.world.meddle({});
  scene.world.run_for(25 * kHour);
  EXPECT_TRUE(scene.world.store().state().slots.empty());
}

TEST(Slot, HoldsNothingThatWasErasedMeanwhile) {
  SlotScene scene(221);
  scene.a_life();
  scene.couple.thank(scene.couple.noa, "Better not said");
  scene.world.settle();
  scene.world.meddle(scene.holding_the_log([](const wire::Slot&) -> std::vector<wire::Slot> { return {}; }));
  scene.let_in();
  ASSERT_EQ(scene.world.store().state().slots.size(), 1U);
  for (const Json& each : scene.couple.noa.see("cherish")["thanks"]) {
    if (each["did"] == "Better not said") scene.couple.noa.must("space.take-back", {{"item", each["item"]}});
  }
  scene.world.settle();
  EXPECT_TRUE(scene.world.store().state().slots.empty());
  scene.honest_again();
  EXPECT_EQ(schema::text(scene.tablet.see("cherish")).find("Better not said"), std::string::npos);
  scene.all_is_well();
}

/// A relay that has kept what lay in the slot hands it out once more, to a phone that was turned out of *ours* and is
/// not told so in *mine*.
TEST(Slot, IsNotShownAgainOnceItIsGone) {
  SlotScene scene(229);
  scene.a_life();
  const StreamId ours = look_inside(scene.couple.sam).ours->id();
  std::vector<wire::Slot> kept;
  bool begun = false;
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* slot = message ? std::get_if<wire::Slot>(&*message) : nullptr;
    if (&to == &scene.tablet && slot != nullptr) kept.push_back(*slot);
    const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
    if (&to != &scene.tablet || records == nullptr || records->stream != ours) return {bytes};
    if (std::exchange(begun, true)) return {};
    wire::Records some = *records;
    some.records.resize(std::min<std::size_t>(4, some.records.size()));
    return {wire::encode(wire::FromRelay(some))};
  });
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  ASSERT_EQ(kept.size(), 1U);
  scene.world.meddle(scene.holding_the_log());
  scene.couple.sam.must("space.remove-device", {{"key", key_of_the_other(scene.couple.sam)}});
  scene.world.settle();
  std::set<std::uint32_t> gets;
  scene.world.watch([&](const Device& from, ByteView bytes) {
    const auto message = wire::decode_from_device(bytes);
    const auto* get = message ? std::get_if<wire::SlotGet>(&*message) : nullptr;
    if (&from == &scene.tablet && get != nullptr) gets.insert(get->request);
  });
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    if (&to != &scene.tablet || !message) return {bytes};
    const auto* refused = std::get_if<wire::Refused>(&*message);
    if (refused != nullptr && gets.contains(refused->request)) {
      kept[0].request = refused->request;
      return {wire::encode(wire::FromRelay(kept[0]))};
    }
    const auto* records = std::get_if<wire::Records>(&*message);
    if (records != nullptr && records->stream != ours) return {};
    return {bytes};
  });
  scene.tablet.go_offline();
  scene.tablet.go_online();
  scene.world.run_for(kHour);
  EXPECT_FALSE(scene.tablet.disk().contains("ahead"));
  EXPECT_NE(scene.tablet.see("app")["phase"], "paired");
}

}  // namespace
}  // namespace attune::sim
