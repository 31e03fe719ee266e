// Bugs that the simulator's build can switch on, to prove that its tests would notice them. In every other build this
// is a constant full of `false`, and the compiler removes the branches.
#pragma once

namespace attune::server {

struct PlantedBugs {
  bool acknowledge_before_commit = false;
  bool accept_any_signature = false;  ///< of records
  bool accept_any_proof = false;      ///< of who a connection is
  bool append_anywhere = false;       ///< a record need not follow the newest
  bool let_anybody_write = false;     ///< whoever has, or had, a place
  bool keep_erased = false;           ///< an erase drops nothing
};

#ifdef ATTUNE_PLANTED_BUGS
inline PlantedBugs planted_bugs;
#else
inline constexpr PlantedBugs planted_bugs{};
#endif

}  // namespace attune::server
