// What must hold whatever happens, checked from outside: on the relay's disk and on the devices', with their keys.
// Each function gives one sentence for every violation found; none is as it should be.
#pragma once

#include "sim/inside.h"

namespace attune::sim {

using Violations = std::vector<std::string>;

/// Every record on a device's disk is signed by its author, who has a seat in the stream.
Violations unsigned_records(const Device& device);
/// What the relay has acknowledged to a device lies on the relay's disk.
Violations lost_by_the_relay(const Device& device, const server::MemoryStore::State& relay);
/// Nothing that belongs to one person alone was said in *ours*.
Violations private_in_ours(const Device& device);
/// No answer was opened before both had sealed theirs.
Violations opened_early(const Device& device);

}  // namespace attune::sim
