// Planted bugs: single checks that the test build can switch off, to prove that a test notices.
// Outside that build everything here is a constant and costs nothing.
#pragma once

namespace attune::log {

struct Planted {
  bool skip_signatures = false;   ///< a dropped signature check
  bool swap_order = false;        ///< a swapped order in the fold
  bool open_early = false;        ///< the opening is posted before both committed
  bool private_in_ours = false;   ///< a private event goes to the shared stream
};

#ifdef ATTUNE_PLANTED_BUGS
Planted& planted();
#else
constexpr Planted planted() { return {}; }
#endif

}  // namespace attune::log
