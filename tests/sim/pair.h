// Two people who have just become a couple, for tests that begin there.
#pragma once

#include <gtest/gtest.h>

#include "sim/world.h"

namespace attune::sim {

struct Pair {
  World world;
  Device& sam;
  Device& noa;

  explicit Pair(std::uint64_t seed, server::MemoryStore::Commit commit = server::MemoryStore::Commit::at_once);

  /// Sam's twelve words, confirmed and on the relay.
  std::string sams_words();
  /// A question Sam offers; its item.
  std::string offer(std::string_view prompt = "ou-001");
  void thank(Device& from, std::string_view did);
  /// The state and texts of the question, as this device shows it.
  Json question(Device& device, const std::string& item);
};

/// What the newest thank-you thanks for, its envelope opened.
std::string opened_thanks(Device& device);
/// Codes of all notices a device shows.
std::vector<std::string> notices(Device& device);
bool named(Device& device, std::string_view code);

}  // namespace attune::sim
