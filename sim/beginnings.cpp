#include "sim/beginnings.h"

namespace attune::sim {

namespace {

/// From a link to the same words, tapped on both.
void take_up(World& world, const Json& link, Device& inviter, Device& guest, std::string_view guests_name) {
  world.settle();
  guest.must("space.join", {{"link", link}});
  world.settle();
  guest.must("space.accept", {{"name", guests_name}});
  world.settle();
  inviter.must("space.same-words", {{"words", inviter.see("invitation")["words"]}});
  guest.must("space.same-words", {{"words", guest.see("joining")["words"]}});
}

}  // namespace

void become_a_couple(World& world, Device& inviter, std::string_view inviters_app, Device& guest,
                     std::string_view guests_name) {
  take_up(world, inviter.must("space.invite", {{"app", inviters_app}})["link"], inviter, guest, guests_name);
  world.settle();
}

void let_in(World& world, Device& first, std::string_view app, Device& fresh, std::string_view name) {
  take_up(world, first.must("space.add-device", {{"app", app}})["link"], first, fresh, name);
}

Json key_of(Device& device) {
  for (const Json& each : device.see("devices")["devices"]) {
    if (each["this_one"] == true) return each["key"];
  }
  return nullptr;
}

bool come_back(World& world, Device& fresh, const std::string& words, const Json& keep) {
  fresh.must("space.recover", {{"words", words}, {"relay", world.relay_address()}});
  world.settle();
  if (fresh.see("recovering")["state"] == "devices") {
    fresh.must("space.recover-finish", {{"keep", keep}});
    world.settle();
  }
  if (fresh.see("app")["phase"] == "paired") return true;
  fresh.stop();
  return false;
}

}  // namespace attune::sim
