// What must hold whatever happens, checked from outside: on the relay's disk and on the devices', with their keys.
// Each function gives one sentence for every violation found; none is as it should be.
#pragma once

#include "sim/inside.h"

namespace attune::sim {

using Violations = std::vector<std::string>;

/// Every record on a device's disk is signed by its author, who has a seat in the stream.
Violations unsigned_records(const Device& device, const Inside& inside);
/// What the relay has acknowledged to a device lies on the relay's disk.
Violations lost_by_the_relay(const Device& device, const Inside& inside, const server::MemoryStore::State& relay);
/// Nothing that belongs to one person alone was said in *ours*.
Violations private_in_ours(const Device& device, const Inside& inside);
/// No answer was opened before both had sealed theirs.
Violations opened_early(const Device& device, const Inside& inside);
/// Nothing was said twice: every event has an id of its own.
Violations said_twice(const Device& device, const Inside& inside);

inline Violations unsigned_records(const Device& device) { return unsigned_records(device, look_inside(device)); }
inline Violations lost_by_the_relay(const Device& device, const server::MemoryStore::State& relay) {
  return lost_by_the_relay(device, look_inside(device), relay);
}
inline Violations private_in_ours(const Device& device) { return private_in_ours(device, look_inside(device)); }
inline Violations opened_early(const Device& device) { return opened_early(device, look_inside(device)); }

}  // namespace attune::sim
