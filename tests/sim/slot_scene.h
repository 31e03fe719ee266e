// A couple, and a tablet that Sam's phone lets in while the relay holds the log back: for tests of the snapshot in the
// slot.
#pragma once

#include <gtest/gtest.h>

#include "attune/client/shown.h"
#include "attune/client/slot_bytes.h"
#include "sim/agreement.h"
#include "sim/beginnings.h"
#include "sim/inside.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"

namespace attune::sim {

inline constexpr std::int64_t kHour = 3'600'000;

/// Every view of what was said, without what is of one device: the list of devices says which is this one, an open
/// session whether it is held with this one.
inline std::map<std::string, Json> all_that_was_said(Device& device) {
  std::map<std::string, Json> out;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::ViewsOfTheSaid>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        if (V::kName != "devices") out[std::string(V::kName)] = device.see(V::kName);
      });
  if (Json& open = out["listen"]["open"]; !open.is_null()) open.erase("where");
  return out;
}

/// As a person sees it in the list of two.
inline Json key_of_the_other(Device& device) {
  for (const Json& each : device.see("devices")["devices"]) {
    if (each["this_one"] == false) return each["key"];
  }
  return nullptr;
}

struct SlotScene {
  explicit SlotScene(std::uint64_t seed, unsigned from = 1) : couple(seed) {
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

}  // namespace attune::sim
