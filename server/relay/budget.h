// Memory that many share: what waits to be stored, what is being read or sent. Safe to use from several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace attune::server {

class Budget {
 public:
  explicit Budget(std::uint64_t bytes) : most_(bytes) {}

  /// False: there is not so much left, and nothing was taken.
  bool take(std::uint64_t bytes) {
    std::uint64_t used = used_.load();
    do {
      if (bytes > most_ - used) return false;
    } while (!used_.compare_exchange_weak(used, used + bytes));
    return true;
  }
  void give(std::uint64_t bytes) { used_ -= bytes; }
  [[nodiscard]] std::uint64_t used() const { return used_; }

 private:
  const std::uint64_t most_;
  std::atomic<std::uint64_t> used_ = 0;
};

/// A part of a budget, given back when it ends. The budget outlives it.
class Share {
 public:
  explicit Share(Budget& budget) : budget_(&budget) {}
  ~Share() { resize(0); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  /// False: the budget has no room for so much; the share stays as it was.
  bool resize(std::uint64_t bytes) {
    if (bytes > bytes_ && !budget_->take(bytes - bytes_)) return false;
    if (bytes < bytes_) budget_->give(bytes_ - bytes);
    bytes_ = bytes;
    return true;
  }

 private:
  Budget* budget_;
  std::uint64_t bytes_ = 0;
};

}  // namespace attune::server
