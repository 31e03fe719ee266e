// What one network address may still make here. Shared by its connections; safe to use from several threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>

#include "server/time.h"
#include "wire/limits.h"

namespace attune::server {

/// So many at once, and as many again over `refill`: a bucket that fills steadily.
class Bucket {
 public:
  Bucket(std::uint32_t size, std::int64_t refill_ms) : size_(size), refill_ms_(refill_ms), left_(full()) {}

  /// False: there is not so much in it for now, and nothing was taken.
  bool take(Time now, std::uint32_t tokens = 1) {
    if (now > last_) {
      // Only so much time can be worth anything; this also keeps the product small.
      const std::int64_t passed = last_.ms == 0 ? refill_ms_ : std::min(now - last_, refill_ms_);
      left_ = std::min(full(), left_ + passed * size_);
      last_ = now;
    }
    if (left_ < tokens * refill_ms_) return false;
    left_ -= tokens * refill_ms_;
    return true;
  }

 private:
  // Counted in size-milliseconds: one token is refill_ms, so that no fraction is lost.
  [[nodiscard]] std::int64_t full() const { return size_ * refill_ms_; }
  std::int64_t size_;
  std::int64_t refill_ms_;
  std::int64_t left_;
  Time last_;
};

class Allowance {
 public:
  Allowance(std::uint32_t streams_a_day, std::uint32_t mailboxes_a_day)
      : streams_(streams_a_day, kDay), mailboxes_(mailboxes_a_day, kDay) {}
  bool take_stream(Time now) {
    const std::lock_guard lock(mutex_);
    return streams_.take(now);
  }
  bool take_mailbox(Time now) {
    const std::lock_guard lock(mutex_);
    return mailboxes_.take(now);
  }
  /// So many bytes of a slot's piece: one whole slot at once, then a piece every five seconds. A slot is written over
  /// again and again, so nothing else bounds what is written to the disk.
  bool take_slot_bytes(std::size_t bytes, Time now) {
    const std::lock_guard lock(mutex_);
    return slot_bytes_.take(now, static_cast<std::uint32_t>(bytes));
  }

 private:
  static constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;
  std::mutex mutex_;
  Bucket streams_;
  Bucket mailboxes_;
  Bucket slot_bytes_{wire::kMaxSlotPieces * wire::kMaxSlotPiece, wire::kMaxSlotPieces * 5'000};
};

}  // namespace attune::server
