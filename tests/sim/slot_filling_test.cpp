// When the phone that lets another one in fills the slot, and when it leaves it empty.
#include "tests/sim/slot_scene.h"

namespace attune::sim {
namespace {

TEST(Slot, IsLeftOnlyForADeviceThatComesInAndOnlyOfALongLog) {
  SlotScene scene(207, 1'000);
  scene.watch();
  scene.a_life();
  scene.world.run_for(30 * kHour);
  EXPECT_TRUE(scene.put_requests.empty()) << "an ordinary day says nothing of it";
  scene.let_in();
  scene.world.run_for(3 * kHour);
  EXPECT_TRUE(scene.put_requests.empty());
  EXPECT_TRUE(scene.asked.empty());
  scene.all_is_well();
}

/// Something is erased while the relay does not take the first piece, or has not said that it has the last one.
void expect_no_putting_over_an_erase(bool first) {
  const Set small(log::planted().slot_piece, 16 * 1024);
  SlotScene scene(222);
  scene.a_life();
  scene.couple.thank(scene.couple.noa, "Better not said");
  scene.world.settle();
  scene.watch();
  const Meddling log = scene.holding_the_log();
  std::vector<Bytes> held;
  bool erased = false;
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* answer = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    const bool of_slot = answer != nullptr && &to == &scene.couple.sam && !scene.put_requests.empty() &&
                         answer->request == scene.put_requests.back();
    if (of_slot && !erased && first) {
      const wire::Refused later{.request = answer->request, .code = wire::kSlowDown.number};
      return {wire::encode(wire::FromRelay(later))};
    }
    if (of_slot && !erased && !scene.left.empty() && scene.left.size() == scene.left.back().count) {
      held.push_back(bytes);
      return {};
    }
    std::vector<Bytes> out = log(to, bytes);
    if (erased && &to == &scene.couple.sam) {
      out.insert(out.begin(), held.begin(), held.end());
      held.clear();
    }
    return out;
  });
  scene.let_in();
  ASSERT_FALSE(scene.left.empty());
  ASSERT_EQ(held.empty(), first);
  scene.left.clear();
  for (const Json& each : scene.couple.noa.see("cherish")["thanks"]) {
    if (each["did"] == "Better not said") scene.couple.noa.must("space.take-back", {{"item", each["item"]}});
  }
  scene.world.run_for(1'000);
  erased = true;
  scene.couple.thank(scene.couple.noa, "Better said");
  scene.world.run_for(60'000);
  EXPECT_TRUE(held.empty());
  EXPECT_TRUE(scene.left.empty()) << "nothing is put any more";
  EXPECT_TRUE(scene.asked.empty()) << "nor told of";
  EXPECT_TRUE(scene.world.store().state().slots.empty());
  EXPECT_FALSE(scene.shows_ahead());
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, IsNotPutOverAnErase) { expect_no_putting_over_an_erase(true); }
TEST(Slot, IsNotToldOfOverAnErase) { expect_no_putting_over_an_erase(false); }

TEST(Slot, IsEmptiedWhenTheNewPhoneIsTurnedOutAgain) {
  const Set small(log::planted().slot_piece, 4096);
  SlotScene scene(223);
  scene.a_life();
  scene.watch();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* answer = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    // Whether the third piece is there is not said yet.
    if (answer != nullptr && &to == &scene.couple.sam && scene.left.size() == 3) return {};
    return scene.holding_the_log()(to, bytes);
  });
  scene.let_in();
  ASSERT_GE(scene.left.size(), 3U);
  ASSERT_FALSE(scene.world.store().state().slots.empty());
  scene.couple.sam.must("space.remove-device", {{"key", key_of_the_other(scene.couple.sam)}});
  scene.world.meddle(scene.holding_the_log());
  scene.world.run_for(60'000);
  EXPECT_TRUE(scene.world.store().state().slots.empty());
  EXPECT_TRUE(scene.asked.empty());
  EXPECT_FALSE(scene.shows_ahead());
}

/// *Mine* puts a laptop out already, *ours* does not yet: what is put then would speak of two different lists.
TEST(Slot, WaitsForAChangeThatIsHalfDone) {
  SlotScene scene(225);
  scene.a_life();
  Device& laptop = scene.world.add("Laptop");
  {
    const Set none(log::planted().slot_from, 1'000'000);
    Letting{.world = scene.world, .first = scene.couple.sam, .tablet = laptop}.let_in();
    scene.world.run_for(3 * kHour);
    scene.watch();
    scene.world.meddle(scene.holding_the_log());
    scene.let_in();
  }
  ASSERT_TRUE(scene.left.empty());
  const Json key = key_of(laptop);
  const SignKey out = look_inside(laptop).keys.sign;
  const StreamId ours = look_inside(laptop).ours->id();
  laptop.stop();
  std::set<std::uint32_t> changes;
  bool refused = false;
  scene.world.watch([&](const Device& from, ByteView bytes) {
    const auto message = wire::decode_from_device(bytes);
    if (&from != &scene.couple.sam || !message) return;
    const auto* append = std::get_if<wire::Append>(&*message);
    if (append != nullptr && append->stream == ours) changes.insert(append->request);
    const auto* put = std::get_if<wire::SlotPut>(&*message);
    if (put == nullptr || put->count == 0) return;
    scene.left.push_back(*put);
    const Inside sam = look_inside(scene.couple.sam);
    EXPECT_EQ(sam.mine->table().member(out) == nullptr, sam.ours->table().member(out) == nullptr);
  });
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* stored = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    if (&to != &scene.couple.sam || stored == nullptr || !changes.contains(stored->request) ||
        std::exchange(refused, true)) {
      return scene.holding_the_log()(to, bytes);
    }
    return {wire::encode(wire::FromRelay(wire::Refused{.request = stored->request, .code = wire::kSlowDown.number}))};
  });
  scene.couple.sam.must("space.remove-device", {{"key", key}});
  scene.world.run_for(60'000);
  EXPECT_TRUE(refused);
  EXPECT_TRUE(scene.left.empty());
  scene.couple.sam.go_offline();  // a line is not handed what was appended on it
  scene.couple.sam.go_online();
  scene.world.run_for(60'000);
  EXPECT_FALSE(scene.left.empty());
  scene.honest_again();
}

/// Whatever was under way for one link is over with it.
TEST(Slot, OfOneLinkIsNotPutUnderTheNext) {
  const Set small(log::planted().slot_piece, 4096);
  SlotScene scene(226);
  scene.a_life();
  scene.watch();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* answer = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    const bool third = answer != nullptr && scene.put_requests.size() == 3 && answer->request == scene.put_requests[2];
    if (&to == &scene.couple.sam && third) return {};
    return scene.holding_the_log()(to, bytes);
  });
  scene.let_in();
  ASSERT_EQ(scene.left.size(), 3U);
  scene.tablet.must("space.decline");
  scene.world.settle();
  scene.world.meddle({});
  scene.world.run_for(60'000);
  ASSERT_EQ(scene.couple.sam.see("invitation")["state"], "ended");
  Device& laptop = scene.world.add("Laptop");
  Letting next{.world = scene.world, .first = scene.couple.sam, .tablet = laptop};
  next.until_words(next.link());
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const bool of_the_log = message && std::holds_alternative<wire::Records>(*message);
    if (&to == &laptop && of_the_log) return {};
    return {bytes};
  });
  tap_same(scene.couple.sam, "invitation");
  tap_same(laptop, "joining");
  scene.world.run_for(60'000);
  EXPECT_EQ(laptop.see("app")["sync"]["coming"]["checking"], true);
  EXPECT_EQ(laptop.see("cherish"), scene.couple.sam.see("cherish"));
}

/// Another of the person's devices has put something of its own there: that stays.
TEST(Slot, OfAnotherDeviceIsNotEmptied) {
  SlotScene scene(227);
  scene.a_life();
  scene.watch();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* answer = message ? std::get_if<wire::Stored>(&*message) : nullptr;
    const bool of_slot = answer != nullptr && &to == &scene.couple.sam && !scene.put_requests.empty() &&
                         answer->request == scene.put_requests.back();
    if (!of_slot) return scene.holding_the_log()(to, bytes);
    return {wire::encode(wire::FromRelay(wire::Refused{.request = answer->request, .code = wire::kSlotPiece.number}))};
  });
  scene.let_in();
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(scene.put_requests.size(), 1U);
  EXPECT_FALSE(scene.world.store().state().slots.empty());
  EXPECT_TRUE(scene.asked.empty());
  scene.honest_again();
  scene.all_is_well();
}

}  // namespace
}  // namespace attune::sim
