// The view `listen`, worked out a second time: the events about each session are gone through in their order, and where
// a session stands is found each time by walking its moves from the first on, along a table of what may follow what.
// It shares no code with the practice it is compared to.
#pragma once

#include "sim/inside.h"

namespace attune::sim {

/// {"open": …, "held": […], "ideas": […]} as the view shows it, without `where` and `can_take_back`; all of it
/// safe. `person`: who looks, 0 or 1.
Json second_listening(const std::vector<Said>& ours, const std::vector<Said>& mine, int person);

/// Where a session's events lead to, event by event: "void" for one that counts for nothing, otherwise the stage behind
/// it. By event id; of every kind of event that names a session.
std::map<std::string, std::string> stages_behind(const std::vector<Said>& ours);

}  // namespace attune::sim
