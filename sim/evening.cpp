// Quiet evenings: everything is repaired and comes to rest, and all that must hold is looked at.
#include "sim/agreement.h"
#include "sim/beginnings.h"
#include "sim/life.h"
#include "sim/listened.h"
#include "sim/words.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::size_t kMostDevices = 3;

bool at_rest(Device* device) {
  const Json sync = device->see("app")["sync"];
  return sync["on_this_phone"] == 0 && sync["resting"] == 0 && sync["connection"] == "online";
}

bool says(Device& device, std::string_view code) {
  for (const Json& notice : device.see("app")["notices"]) {
    if (notice["code"] == code) return true;
  }
  return false;
}

}  // namespace

void Life::quiet_evening() {
  ++happened_["a quiet evening"];
  repair_everything();
  const bool rests = come_to_rest();
  for (Device* device : devices()) {
    look_at(*device);
    if (says(*device, "fork-of-mine")) ++happened_["two histories of what is one's own"];
    if (says(*device, "fork") || says(*device, "fork-of-mine")) over_ = true;
  }
  if (over_) return check_forked();
  if (!rests) {
    for (Device* device : devices()) {
      if (!at_rest(device)) found(device->name() + " does not come to rest: " + device->see("app").dump());
    }
    return;
  }
  check_everything();
  if (!wrong_.empty()) return;
  ledger_.relay_is_whole();
  expected_.clear();
  for (Device* device : devices()) {
    for (const Json& notice : device->see("app")["notices"]) {
      device->must("space.dismiss", {{"notice", notice["id"]}});
    }
  }
  change_devices();
  for (Device* device : devices()) {
    if (choices_.chance(80)) device->stop();
  }
}

void Life::repair_everything() {
  Device& anybody = *devices().front();
  repair_relay(anybody);
  for (Device* device : devices()) {
    device->lose_power_after(std::nullopt);
    device->fill_disk(false);
    device->set_clock(0);
    device->restart();
    device->go_online();
  }
}

bool Life::come_to_rest() {
  for (int round = 0; round < 30; ++round) {
    world.run_for(round < 5 ? 3 * kMinute : kHour);  // copies of what was taken back go into *mine* beat by beat
    if (std::ranges::all_of(devices(), at_rest)) {
      for (Device* device : devices()) device->must("space.looked");
      world.settle();
      if (std::ranges::all_of(devices(), at_rest)) return true;
    }
  }
  return false;
}

/// Where two histories are is only read from here on, and what it shows is still true.
void Life::check_forked() {
  if (!ledger_.put_back()) found("Two histories, and no relay was put back");
  for (Device* device : devices()) {
    const Inside inside = look_inside(*device);
    found(private_in_ours(*device, inside));
    found(opened_early(*device, inside));
    found(said_twice(*device, inside));
  }
}

void Life::check_everything() {
  found(ledger_.wrong());
  found(ledger_.lost());
  std::array<std::vector<Inside>, 2> insides;
  for (std::size_t person = 0; person < people_.size(); ++person) {
    for (Device* device : people_[person].devices) {
      const Inside& inside = insides[person].emplace_back(look_inside(*device));
      found(unlike_the_second_fold(*device, inside));
      found(private_in_ours(*device, inside));
      found(opened_early(*device, inside));
      found(said_twice(*device, inside));
      found(wrong_in_listening(*device, inside, world.store().state()));
    }
    Device& first = *people_[person].devices.front();
    for (Device* other : people_[person].devices) {
      if (other != &first) found(unlike_each_other(first, *other));
    }
  }
  found(unlike_the_partner(*people_[0].devices.front(), *people_[1].devices.front(), Compared::nothing));
  for (const auto& [what, times] : listened_to(insides[0].front())) happened_[what] = times;
  found(accepted_.nowhere({&insides[0].front(), &insides[1].front()}));
  accepted_.forget();
}

/// What happens to devices when everything else works: the words, or one of them, bring further ones, and lost ones are
/// turned out.
void Life::change_devices() {
  const std::size_t person = choices_.below(2);
  const bool room = people_[person].devices.size() < kMostDevices;
  if (choices_.chance(15)) phones_ % 2 == 1 && room ? let_phone_in(person) : get_new_phone(person);
  if (choices_.chance(8)) get_new_words(person);
}

void Life::get_new_phone(std::size_t person) {
  One& one = people_[person];
  if (one.words.empty()) return;
  std::vector<Device*> kept = one.devices;
  if (kept.size() >= kMostDevices || choices_.chance(40)) {
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(choices_.below(kept.size())));
    ++happened_["a phone is lost"];
  }
  Json keys = Json::array();
  for (Device* device : kept) keys.push_back(key_of(*device));
  for (Device* device : one.devices) {
    if (std::ranges::find(kept, device) == kept.end()) device->stop();
  }
  ++happened_["a phone comes by the words"];
  Device& fresh = add(person, "phone " + std::to_string(++phones_));
  if (!come_back(world, fresh, one.words, keys)) return found("The words of " + one.name + " bring nobody back");
  kept.push_back(&fresh);
  one.devices = std::move(kept);
}

/// Both are used, and fail, while the log comes over, or does not.
void Life::let_phone_in(std::size_t person) {
  One& one = people_[person];
  ++happened_["a phone is let in by another"];
  Device& first = some_of(one.devices);
  Device& fresh = add(person, "phone " + std::to_string(++phones_));
  if (choices_.chance(50)) {
    world.meddle([&fresh](const Device& to, Bytes bytes) -> std::vector<Bytes> {
      const auto message = wire::decode_from_relay(bytes);
      const bool of_the_log = message && std::holds_alternative<wire::Records>(*message);
      if (&to == &fresh && of_the_log) return {};
      return {std::move(bytes)};
    });
  }
  let_in(world, first, "https://app.example", fresh, fresh.name());
  one.devices.push_back(&fresh);
  for (Device* at : {&first, &fresh, &fresh, &first, &fresh}) {
    world.run_for(static_cast<std::int64_t>(choices_.below(20'000)));
    const Json coming = fresh.see("app")["sync"]["coming"];
    if (!coming.is_null() && coming["checking"] == true) ++happened_["it shows what the other saw"];
    do_one(person, *at);
    if (!at->running() || choices_.chance(20)) kill(*at);
    if (choices_.chance(25)) hold_line(*at);
  }
  world.meddle({});
  for (Device* device : {&first, &fresh}) {
    device->restart();
    device->go_online();
  }
  if (!come_to_rest()) return found(fresh.name() + " does not come to rest: " + fresh.see("app").dump());
  if (fresh.see("app")["phase"] != "paired") found(fresh.name() + " is not let in");
}

void Life::get_new_words(std::size_t person) {
  ++happened_["new words"];
  Device& device = some_of(people_[person].devices);
  people_[person].words = confirm_words(world, device);
  if (!come_to_rest()) found(device.name() + " does not come to rest with new words");
}

}  // namespace attune::sim
