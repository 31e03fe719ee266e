// Bugs that the simulator's build can switch on, to prove that its tests would notice them. In every other build this
// is a constant full of `false`, and the compiler removes the branches.
#pragma once

namespace attune::server {

struct PlantedBugs {
  bool acknowledge_before_commit = false;
  bool accept_any_signature = false;
};

#ifdef ATTUNE_PLANTED_BUGS
inline PlantedBugs planted_bugs;
#else
inline constexpr PlantedBugs planted_bugs{};
#endif

}  // namespace attune::server
