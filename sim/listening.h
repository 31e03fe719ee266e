// How people hold listening sessions, as a table: each row is one thing to do, and how often it is done where the
// screen offers it.
#pragma once

#include "sim/deeds.h"

namespace attune::sim {

/// What comes next in the session as the `listen` view shows it on this device, or something beside it. None: nothing
/// is done here.
std::optional<Asked> take_a_turn(Person& who);

/// What no screen offers: a step that is over or to come, the other's turn, a session that is over or never was, a
/// number nobody may choose. None: what was thought of is offered.
std::optional<Asked> tap_out_of_turn(Person& who);

/// Something in it was written by a person, and must not be lost.
bool has_words(const Asked& asked);

}  // namespace attune::sim
