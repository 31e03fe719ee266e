// What reaches a session from other threads: answers of the store's writer and wake-ups of the bus. The session's own
// thread takes them out in next().
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "server/bus/bus.h"
#include "server/relay/append.h"

namespace attune::server {

/// An append or a mail has been decided.
struct Answer {
  std::uint32_t request = 0;
  StreamId stream;           ///< zeros for mail
  std::uint64_t first = 0;   ///< position of the first record
  Decision decision;
};

class Inbox final : public Listener {
 public:
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void woken(const Topic& topic) override {
    const std::lock_guard lock(mutex_);
    topics_.insert(topic);
    ring();
  }
  void answer(Answer answer) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(answer));
    ring();
  }
  /// Nobody is woken after this returns.
  void close() {
    const std::lock_guard lock(mutex_);
    wake_ = nullptr;
  }
  std::pair<std::vector<Answer>, std::set<Topic>> take() {
    const std::lock_guard lock(mutex_);
    rung_ = false;
    return {std::exchange(answers_, {}), std::exchange(topics_, {})};
  }

 private:
  void ring() {
    if (rung_ || !wake_) return;
    rung_ = true;
    wake_();
  }
  std::mutex mutex_;
  std::function<void()> wake_;
  bool rung_ = false;  ///< woken since the last take(); once is enough
  std::vector<Answer> answers_;
  std::set<Topic> topics_;
};

}  // namespace attune::server
