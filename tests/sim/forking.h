// A relay that shows two people a history each, both signed.
#pragma once

#include "sim/world.h"

namespace attune::sim {

/// What `one` says next the `other` never gets, and the other way round. `one` stays offline: nobody has noticed yet.
/// `says` is called once for each.
void show_two_histories(World& world, Device& one, Device& other, const std::function<void(Device&)>& says);
/// `one` comes back to the relay, which by now has the other's history.
void meet_again(World& world, Device& one);
/// Both say that they go on together: `one` proposes, the `other` says yes.
void mend(World& world, Device& one, Device& other);

}  // namespace attune::sim
