// What reaches a session from other threads: answers of the store's writer, wake-ups of the bus, and signals. The
// session's own thread takes them out in next().
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "server/bus/bus.h"
#include "server/relay/appended.h"
#include "server/relay/signals.h"

namespace attune::server {

/// An append or a mail has been decided.
struct Answer {
  std::uint32_t request = 0;
  StreamId stream;           ///< zeros for mail
  std::uint64_t first = 0;   ///< position of the first record
  Decision decision;
};

/// Something has changed. What was appended is that of the newest wake-up, or none.
struct News {
  Topic topic;
  std::shared_ptr<const Appended> appended;
};

class Inbox final : public Listener {
 public:
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void woken(const Topic& topic, const std::shared_ptr<const Appended>& appended) override {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find(news_, topic, &News::topic);
    if (known == news_.end()) {
      news_.push_back({topic, appended});
    } else {
      known->appended = appended;
    }
    ring();
  }
  void signalled(const Signals::Signal& signal) override {
    const std::lock_guard lock(mutex_);
    signals_.add(signal);
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
  std::pair<std::vector<Answer>, std::vector<News>> take() {
    const std::lock_guard lock(mutex_);
    rung_ = false;
    return {std::exchange(answers_, {}), std::exchange(news_, {})};
  }
  /// One signal, or none. They wait here until they can be said, so that a newer one takes the place of an older.
  Signals::Signal take_signal() {
    const std::lock_guard lock(mutex_);
    return signals_.take();
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
  std::vector<News> news_;  ///< one for each topic at most
  Signals signals_;
};

}  // namespace attune::server
