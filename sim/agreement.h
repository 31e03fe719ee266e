// Do the devices of a couple at rest show what they should, and the same?
#pragma once

#include "sim/invariants.h"
#include "sim/random_couple.h"

namespace attune::sim {

/// Where this device's views differ from the second fold over its own disk.
Violations unlike_the_second_fold(Device& device, const Inside& inside);
inline Violations unlike_the_second_fold(Device& device) { return unlike_the_second_fold(device, look_inside(device)); }
/// Where two devices of one person show different things.
Violations unlike_each_other(Device& one, Device& other);
/// Where what both people can see differs between the two of them. If nothing stands open on both sides, that is wrong
/// as well, unless `least` allows it.
enum class Compared : std::uint8_t { nothing, something };
Violations unlike_the_partner(Device& one, Device& other, Compared least = Compared::something);
/// Notices that accuse somebody, in a world in which nobody did anything wrong.
Violations accusations(Device& device);

/// All of these and the invariants, over everybody.
Violations everything_wrong(RandomCouple& couple);

}  // namespace attune::sim
