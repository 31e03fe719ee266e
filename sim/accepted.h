// What screens have accepted: in the end it is in the log, or its writer was told.
#pragma once

#include <array>

#include "sim/deeds.h"
#include "sim/invariants.h"

namespace attune::sim {

class Accepted {
 public:
  /// What a person has just asked of a device, and what came of it.
  void note(std::size_t person, const Device& device, const Done& done);
  /// What is nowhere although everything has come to rest. `insides`: of each person, the first device's.
  [[nodiscard]] Violations nowhere(const std::array<const Inside*, 2>& insides) const;
  void forget() { given_.clear(); }

 private:
  struct Given {
    std::size_t person = 0;
    const Device* on = nullptr;
    std::string id;
    Asked asked;
  };
  std::vector<Given> given_;
};

}  // namespace attune::sim
