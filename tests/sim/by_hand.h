// What a changed client does with the real keys: sealed answers by hand, and what a lost phone goes on writing.
#pragma once

#include "attune/space/sealed.h"
#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {

log::EventId event_id_of(const std::string& text);
space::Sealing sealing_of(const Inside& inside, std::uint8_t person);

/// Sam's keys commit to one answer by hand while Sam's own phone is off.
Hash commit_by_hand(Pair& couple, const std::string& item, std::string_view text);
/// …and open with any text they like, on top of what Noa's phone has.
void open_by_hand(Pair& couple, const std::string& item, std::string_view text, const Bytes& r32);

/// Sam loses a phone and comes back by the words without keeping it.
struct Removed {
  explicit Removed(std::uint64_t seed = 20);

  /// A thank-you in the lost phone's name, behind everything there is, under the newest epoch it has a key of.
  wire::Record late_thanks();

  Pair couple;
  Inside lost;
  std::vector<wire::Record> old_records;
  Device* fresh = nullptr;
};

}  // namespace attune::sim
