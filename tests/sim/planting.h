// Bugs that the simulator's build can switch on.
#pragma once

#include "attune/log/planted.h"
#include "server/relay/planted.h"

namespace attune::sim {

/// Switches a bug on for one scene.
class Planted {
 public:
  explicit Planted(bool& bug, bool on) : bug_(bug) { bug_ = on; }
  ~Planted() { bug_ = false; }
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

 private:
  bool& bug_;
};

}  // namespace attune::sim
