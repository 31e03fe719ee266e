// A listening session of Sam and Noa on real devices, for tests that stop somewhere in it.
#pragma once

#include "sim/inside.h"
#include "tests/sim/pair.h"

namespace attune::sim {

struct Sitting : Pair {
  explicit Sitting(std::uint64_t seed) : Pair(seed) {}

  /// Sam asks; at the table it has begun with that.
  void ask(std::string_view how);
  /// Allowed moves, a yes to every question, up to this stage.
  void until(std::string_view stage);
  /// One of them. False: there is none, it is over.
  bool go_on();
  /// Sam's piece, or Noa's, is not understood three times.
  void misunderstand();

  /// The open session as a device shows it; null: there is none.
  Json open(Device& device) { return device.see("listen")["open"]; }
  /// The newest session that is over.
  Json held(Device& device) { return device.see("listen")["held"][0]; }
  std::string stage() { return open(sam).is_null() ? "ended" : open(sam)["stage"]; }
  /// Gives a command about the session, a move in sight of where it is on this device.
  Json gives(Device& device, std::string_view command, Json more = Json::object());
  void must_give(Device& device, std::string_view command, Json more = Json::object());
  /// Whose turn it is, by their device; at the table Sam's. With nobody's turn Sam's.
  Device& at_turn();

  Json session;
};

/// Whether this device's owner, or a changed app of theirs, finds these words anywhere on its disk. Drafts of what was
/// refused are left out: these are kept on purpose.
bool finds(const Device& device, const std::string& words);

}  // namespace attune::sim
