// A new phone shows what the one that lets it in has seen, while all of it comes and is checked. It shows it, and does
// nothing on the strength of it; and a snapshot that is not the one vouched for is not even shown.
#include "attune/client/slot_bytes.h"

#include <gtest/gtest.h>

#include <bit>
#include <ranges>

#include "attune/client/shown.h"
#include "sim/agreement.h"
#include "sim/beginnings.h"
#include "sim/inside.h"
#include "sim/random_couple.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 3'600'000;

/// Every view of what was said but the list of devices, which says which is this one.
std::map<std::string, Json> all_that_was_said(Device& device) {
  std::map<std::string, Json> out;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::ViewsOfTheSaid>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        if (V::kName != "devices") out[std::string(V::kName)] = device.see(V::kName);
      });
  return out;
}

/// As a person sees it in the list of two.
Json key_of_the_other(Device& device) {
  for (const Json& each : device.see("devices")["devices"]) {
    if (each["this_one"] == false) return each["key"];
  }
  return nullptr;
}

struct Scene {
  explicit Scene(std::uint64_t seed, unsigned from = 1) : couple(seed) {
    slot_from.emplace(log::planted().slot_from, from);
  }

  Pair couple;
  std::optional<Set> slot_from;
  World& world = couple.world;
  Device& tablet = world.add("Tablet");
  Letting letting{.world = world, .first = couple.sam, .tablet = tablet};
  std::string link;
  std::vector<wire::SlotPut> left;        ///< what Sam's phone has put, as the relay saw it
  std::vector<std::uint8_t> asked;        ///< pieces that the tablet asked for
  std::size_t appended = 0;               ///< by the tablet
  std::vector<std::uint32_t> put_requests;

  void watch() {
    world.watch([this](const Device& from, ByteView bytes) {
      const auto message = wire::decode_from_device(bytes);
      if (!message) return;
      if (const auto* put = std::get_if<wire::SlotPut>(&*message); put != nullptr && &from == &couple.sam) {
        if (put->count != 0) left.push_back(*put);
        put_requests.push_back(put->request);
      }
      if (&from != &tablet) return;
      if (const auto* get = std::get_if<wire::SlotGet>(&*message)) asked.push_back(get->piece);
      if (std::holds_alternative<wire::Append>(*message)) ++appended;
    });
  }
  void a_life() {
    for (int i = 0; i < 12; ++i)
      couple.thank(i % 2 == 0 ? couple.sam : couple.noa, "Thanks number " + std::to_string(i));
    couple.sam.must("cherish.keep", {{"did", "For me alone"}, {"says", ""}, {"felt", ""}});
    world.run_for(2 * kHour);
  }
  /// No record reaches the tablet, and what the relay says of its slot is what `slot` makes of it.
  using Slots = std::function<std::vector<wire::Slot>(const wire::Slot&)>;
  Meddling holding_the_log(Slots slots = {}) {
    return [this, slots = std::move(slots)](const Device& to, Bytes bytes) -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      if (&to != &tablet || !message) return {bytes};
      if (std::holds_alternative<wire::Records>(*message)) return {};
      const auto* slot = std::get_if<wire::Slot>(&*message);
      if (slot == nullptr || !slots) return {bytes};
      std::vector<Bytes> out;
      for (const wire::Slot& each : slots(*slot)) out.push_back(wire::encode(wire::FromRelay(each)));
      return out;
    };
  }
  void let_in() {
    link = letting.link();
    letting.until_words(link);
    tap_same(couple.sam, "invitation");
    tap_same(tablet, "joining");
    world.run_for(60'000);
  }
  void honest_again() {
    world.meddle({});
    tablet.go_offline();
    tablet.go_online();
    world.run_for(3 * kHour);
  }
  Json coming() { return tablet.see("app")["sync"]["coming"]; }
  [[nodiscard]] bool shows_ahead() { return tablet.see("app")["phase"] == "paired" && tablet.disk().contains("ahead"); }
  void all_is_well() {
    EXPECT_TRUE(coming().is_null());
    EXPECT_FALSE(tablet.disk().contains("ahead"));
    EXPECT_EQ(couple.sam.see("invitation")["state"], "joined");
    world.run_for(25 * kHour);  // what nobody has taken the relay takes away after a day
    world.relay().tidy(server::Time{world.now().ms});
    world.settle();
    EXPECT_TRUE(world.store().state().slots.empty());
    for (Device* device : {&couple.sam, &couple.noa, &tablet}) {
      EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
      EXPECT_EQ(unlike_the_second_fold(*device), Violations{}) << device->name();
    }
    EXPECT_EQ(tablet.see("cherish"), couple.sam.see("cherish"));
  }
};

TEST(Slot, ShowsWhatTheOtherPhoneSawBeforeAnyOfTheLogHasCome) {
  Scene scene(201);
  scene.a_life();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_FALSE(scene.left.empty());
  const Json app = scene.tablet.see("app");
  EXPECT_EQ(app["phase"], "paired");
  EXPECT_EQ(app["name"], "Sam");
  EXPECT_EQ(app["partner"], "Noa");
  EXPECT_EQ(app["sync"]["coming"]["done"], 0);
  const Inside sam = look_inside(scene.couple.sam);
  EXPECT_GE(app["sync"]["coming"]["total"].get<std::uint64_t>(), sam.mine->next());
  for (const auto& [name, view] : all_that_was_said(scene.couple.sam)) {
    if (name != "today") EXPECT_EQ(scene.tablet.see(name), view) << name;
  }
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), 12U);
  EXPECT_EQ(scene.tablet.see("today")["since"].size(), 0U) << "its person has seen it elsewhere";
  EXPECT_TRUE(scene.world.store().state().slots.empty()) << "it has been read";
  scene.honest_again();
  scene.all_is_well();
}

TEST(Slot, IsShownAndNothingElse) {
  Scene scene(202);
  const std::string item = scene.couple.offer();
  scene.a_life();
  scene.couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's answer"}});
  scene.world.settle();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  scene.couple.sam.stop();
  scene.couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's answer"}});
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(scene.appended, 0U) << "no event, no opening, no control record, no epoch";
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", "Too early"}, {"says", ""}, {"felt", ""}})["code"],
            "still-coming");
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", ""}, {"says", ""}, {"felt", ""}})["ok"], false);
  EXPECT_EQ(scene.tablet.command("cherish.thank", {{"did", 5}})["code"], "bad-arguments");
  EXPECT_EQ(schema::text(scene.tablet.see("openup")).find("Noa's answer"), std::string::npos);
  EXPECT_EQ(scene.tablet.see("unsent")["refused"].size(), 0U);
  EXPECT_EQ(scene.appended, 0U);
  scene.couple.sam.restart();
  scene.honest_again();
  EXPECT_NE(schema::text(scene.couple.question(scene.couple.noa, item)).find("Sam's answer"), std::string::npos);
  scene.all_is_well();
}

TEST(Slot, IsShownAfterARestartToo) {
  Scene scene(203);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  scene.tablet.restart();
  EXPECT_TRUE(scene.shows_ahead());
  EXPECT_EQ(scene.tablet.see("cherish"), scene.couple.sam.see("cherish"));
  EXPECT_FALSE(scene.coming().is_null());
  scene.honest_again();
  scene.all_is_well();
}

/// *Mine* is here, *ours* is not: what is said is kept here, shown on top, and sent when all has come.
TEST(Slot, IsWrittenOnOnceMineIsHere) {
  Scene scene(204);
  scene.a_life();
  scene.watch();
  const StreamId ours = look_inside(scene.couple.sam).ours->id();
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    const auto message = wire::decode_from_relay(bytes);
    const auto* records = message ? std::get_if<wire::Records>(&*message) : nullptr;
    if (&to == &scene.tablet && records != nullptr && records->stream == ours && !records->records.empty()) {
      wire::Records some = *records;
      some.records.resize(std::min<std::size_t>(2, some.records.size()));
      return {wire::encode(wire::FromRelay(some))};
    }
    return {bytes};
  });
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  const std::size_t before = scene.couple.sam.see("cherish")["thanks"].size();
  scene.tablet.must("cherish.thank", {{"did", "Written while it came"}, {"says", ""}, {"felt", ""}});
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), before + 1);
  EXPECT_EQ(scene.tablet.see("app")["sync"]["on_this_phone"], 1);
  // Of something that only the snapshot knows.
  const Json theirs = scene.couple.sam.see("cherish")["thanks"][before - 1];
  EXPECT_EQ(scene.tablet.command("space.open-item", {{"item", theirs["item"]}})["code"], "still-coming");
  scene.world.run_for(2 * kHour);
  EXPECT_EQ(scene.couple.sam.see("cherish")["thanks"].size(), before);
  scene.honest_again();
  EXPECT_EQ(opened_thanks(scene.couple.noa), "Written while it came");
  scene.world.run_for(2 * kHour);
  scene.all_is_well();
}

TEST(Slot, ComesToTheSameAsWithoutOne) {
  Scene scene(205);
  scene.a_life();
  scene.let_in();
  scene.world.run_for(3 * kHour);
  Device& laptop = scene.world.add("Laptop");
  {
    const Set none(log::planted().slot_from, 1'000'000);
    Letting{.world = scene.world, .first = scene.couple.sam, .tablet = laptop}.let_in();
  }
  scene.a_life();
  scene.world.run_for(3 * kHour);
  for (Device* device : {&scene.couple.sam, &scene.tablet, &laptop}) device->must("space.looked");
  EXPECT_EQ(all_that_was_said(scene.tablet), all_that_was_said(laptop));
  EXPECT_EQ(all_that_was_said(scene.tablet), all_that_was_said(scene.couple.sam));
  scene.all_is_well();
}

TEST(Slot, ComesInPiecesAndGoesOnWhereTheLineBroke) {
  const Set small(log::planted().slot_piece, 4096);
  Scene scene(206);
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

TEST(Slot, IsLeftOnlyForADeviceThatComesInAndOnlyOfALongLog) {
  Scene scene(207, 1'000);
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

TEST(Slot, HasASizeOfFewBits) {
  Scene scene(208);
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
void expect_passed_over(std::uint64_t seed, const Scene::Slots& slots) {
  Scene scene(seed);
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
  Scene scene(215);
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
  Scene scene(216);
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
  Scene scene(217);
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
  Scene scene(218);
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
  Scene scene(219);
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
  Scene scene(220);
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
  Scene scene(221);
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

/// Something is erased while the relay does not take the first piece, or has not said that it has the last one.
void expect_no_putting_over_an_erase(bool first) {
  const Set small(log::planted().slot_piece, 16 * 1024);
  Scene scene(222);
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
  Scene scene(223);
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
  Scene scene(225);
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
  Scene scene(226);
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
  Scene scene(227);
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

/// A relay that has kept what lay in the slot hands it out once more, to a phone that was turned out of *ours* and is
/// not told so in *mine*.
TEST(Slot, IsNotShownAgainOnceItIsGone) {
  Scene scene(229);
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

/// The other phone knew more of *ours* when it made the snapshot than when it let this one in.
TEST(Slot, IsWaitedForToItsLastRecord) {
  Scene scene(228, 1'000'000);
  scene.a_life();
  const StreamId ours = look_inside(scene.couple.sam).ours->id();
  scene.watch();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  const std::uint64_t seated = look_inside(scene.couple.sam).ours->next();
  scene.couple.thank(scene.couple.noa, "One more");
  scene.world.run_for(60'000);
  ASSERT_EQ(look_inside(scene.couple.sam).ours->next(), seated + 1);
  scene.slot_from.emplace(log::planted().slot_from, 1);
  scene.couple.sam.must("space.looked");
  scene.world.run_for(60'000);
  ASSERT_TRUE(scene.shows_ahead());
  // Now the log comes, as if there were nothing behind the record that brought the tablet in.
  scene.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
    auto message = wire::decode_from_relay(bytes);
    if (&to != &scene.tablet || !message) return {bytes};
    const auto cut = [&](wire::Known& known) {
      if (known.stream != ours) return;
      known.head = seated - 1;
      known.history = look_inside(scene.couple.sam).ours->history_at(seated - 1);
    };
    if (auto* welcome = std::get_if<wire::Welcome>(&*message)) std::ranges::for_each(welcome->streams, cut);
    if (auto* joined = std::get_if<wire::Joined>(&*message)) cut(joined->stream);
    auto* records = std::get_if<wire::Records>(&*message);
    if (records != nullptr && records->stream == ours) {
      const auto first = records->records.empty() ? seated : wire::decode_record(records->records[0])->header.position;
      records->records.resize(std::min<std::size_t>(records->records.size(), seated - std::min(first, seated)));
      records->head = seated - 1;
      records->history = look_inside(scene.couple.sam).ours->history_at(seated - 1);
    }
    return {wire::encode(*message)};
  });
  scene.tablet.go_offline();
  scene.tablet.go_online();
  scene.world.run_for(3 * kHour);
  EXPECT_EQ(look_inside(scene.tablet).ours->next(), seated);
  EXPECT_FALSE(scene.coming().is_null()) << "that it knew more is not forgotten";
  EXPECT_TRUE(scene.shows_ahead());
  scene.honest_again();
  EXPECT_TRUE(scene.coming().is_null());
  EXPECT_EQ(scene.tablet.see("cherish")["thanks"].size(), 13U);
}

/// Nothing that is shown can be begun anew here.
TEST(Slot, IsNotStartedAnewOn) {
  Scene scene(224);
  scene.a_life();
  scene.world.meddle(scene.holding_the_log());
  scene.let_in();
  ASSERT_TRUE(scene.shows_ahead());
  for (const auto& [command, args] : std::vector<std::pair<std::string, Json>>{
           {"space.invite", {{"app", "https://app.example"}}},
           {"space.add-device", {{"app", "https://app.example"}}},
           {"space.close", Json::object()},
           {"space.remove-device", {{"key", key_of_the_other(scene.couple.sam)}}}}) {
    EXPECT_EQ(scene.tablet.command(command, args)["code"], "still-coming") << command;
  }
  scene.honest_again();
  scene.all_is_well();
}

/// Anything may happen meanwhile, to anybody.
TEST(Slot, InAnyLifeComesToTheSame) {
  for (const std::uint64_t seed : {31U, 32U, 33U, 34U}) {
    SCOPED_TRACE(seed);
    const Set from(log::planted().slot_from, 1);
    const Set small(log::planted().slot_piece, 16 * 1024);
    RandomCouple couple(seed);
    couple.live(40);
    const std::size_t whom = seed % 2;
    Device& first = *couple.people[whom][0];
    Device& laptop = couple.world.add("Laptop");
    if (first.offline()) first.go_online();
    couple.world.run_for(60'000);
    couple.world.duplicates(0);
    const std::string link = first.must("space.add-device", {{"app", "https://app.example"}})["link"];
    couple.world.run_for(60'000);
    laptop.must("space.join", {{"link", link}});
    couple.world.run_for(60'000);
    laptop.must("space.accept", {{"name", "Laptop"}});
    couple.world.run_for(60'000);
    couple.world.duplicates(15);
    tap_same(first, "invitation");
    tap_same(laptop, "joining");
    couple.people[whom].push_back(&laptop);
    couple.live(40);
    couple.rest();
    EXPECT_EQ(laptop.see("app")["phase"], "paired");
    EXPECT_FALSE(laptop.disk().contains("ahead"));
    EXPECT_EQ(all_that_was_said(laptop), all_that_was_said(first));
    const Violations wrong = everything_wrong(couple);
    EXPECT_TRUE(wrong.empty()) << wrong.size() << ", the first: " << wrong.front();
  }
}

}  // namespace
}  // namespace attune::sim
