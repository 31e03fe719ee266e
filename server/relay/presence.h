// Which devices are connected, and when each was last heard from. Safe to use from several threads.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "server/time.h"
#include "wire/bytes.h"

namespace attune::server {

class Presence {
 public:
  void arrive(const SignKey& device, Time now) {
    const std::lock_guard lock(mutex_);
    Here& here = here_[device];
    ++here.connections;
    here.heard = std::max(here.heard, now);
  }
  void hear(const SignKey& device, Time now) {
    const std::lock_guard lock(mutex_);
    if (const auto found = here_.find(device); found != here_.end()) {
      found->second.heard = std::max(found->second.heard, now);
    }
  }
  void leave(const SignKey& device) {
    const std::lock_guard lock(mutex_);
    const auto found = here_.find(device);
    if (found != here_.end() && --found->second.connections == 0) here_.erase(found);
  }
  /// None: not connected.
  std::optional<Time> heard(const SignKey& device) {
    const std::lock_guard lock(mutex_);
    const auto found = here_.find(device);
    return found == here_.end() ? std::nullopt : std::optional(found->second.heard);
  }

 private:
  struct Here {
    std::uint32_t connections = 0;
    Time heard;
  };
  std::mutex mutex_;
  std::map<SignKey, Here> here_;
};

}  // namespace attune::server
