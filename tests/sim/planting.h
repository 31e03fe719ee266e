// Bugs that the simulator's build can switch on.
#pragma once

#include <utility>

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

/// One of the simulator's numbers is another one, for one scene.
class Set {
 public:
  Set(unsigned& number, unsigned to) : number_(number), before_(std::exchange(number, to)) {}
  ~Set() { number_ = before_; }
  Set(const Set&) = delete;
  Set& operator=(const Set&) = delete;

 private:
  unsigned& number_;
  unsigned before_;
};

}  // namespace attune::sim
