// An append that is stored: what followers who are connected are handed without reading it back.
#pragma once

#include <memory>

#include "server/relay/append.h"
#include "server/relay/budget.h"

namespace attune::server {

/// Events alone: a control record may change who reads, or take back what is in here. And with nothing shown with them.
struct Appended {
  explicit Appended(Budget& budget) : share(budget) {}

  After after;
  std::shared_ptr<const Proposal> proposal;
  Share share;  ///< of the memory that appends waiting for their followers may take

  [[nodiscard]] std::uint64_t first() const { return proposal->records.front().header.position; }
};

}  // namespace attune::server
