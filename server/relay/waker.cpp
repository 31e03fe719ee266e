#include "server/relay/waker.h"

#include <array>

namespace attune::server {

namespace {

constexpr std::int64_t kMinute = 60 * 1000;
// Before each further try; then it is given up.
constexpr std::array kPauses = {kMinute, 5 * kMinute, 25 * kMinute};
constexpr std::int64_t kLongestPause = 60 * kMinute;

}  // namespace

void Waker::ask(const SignKey& device, bool surely, Time now) {
  const std::lock_guard lock(mutex_);
  if (turns_.size() >= kMostWaiting && !turns_.contains(device)) return;
  Turn& turn = turns_[device];
  turn.asked = now;
  turn.surely = turn.surely || surely;
  if (turn.due) {
    if (surely && turn.failed == 0) turn.due = std::min(*turn.due, std::max(now, turn.called + kApartMs));
    return;
  }
  const bool wait = !surely && presence_.heard(device);
  const Time called = std::min(turn.called, now);  // the clock may have been set back
  turn.due = std::max(now + (wait ? kGraceMs : 0), called + kApartMs);
}

std::vector<SignKey> Waker::due(Time now, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Time, SignKey>> found;
  for (auto& [device, turn] : turns_) {
    if (turn.calling || !turn.due || *turn.due > now) continue;
    const std::optional<Time> heard = presence_.heard(device);
    if (!turn.surely && heard && *heard > turn.asked) {
      turn.due.reset();
    } else {
      found.emplace_back(*turn.due, device);
    }
  }
  std::erase_if(turns_, [&](const auto& one) {
    const Turn& turn = one.second;
    return !turn.due && !turn.calling && now - turn.called >= kApartMs;
  });
  std::ranges::sort(found);
  found.resize(std::min(found.size(), most));
  std::vector<SignKey> out;
  for (const auto& [time, device] : found) {
    Turn& turn = turns_[device];
    turn.due.reset();
    turn.calling = true;
    turn.called = now;
    out.push_back(device);
  }
  return out;
}

void Waker::answered(const SignKey& device, Answer answer, Time now, std::int64_t wait_ms) {
  const std::lock_guard lock(mutex_);
  const auto found = turns_.find(device);
  if (found == turns_.end()) return;
  Turn& turn = found->second;
  turn.calling = false;
  if (answer == Answer::gone && !turn.due) {
    turns_.erase(found);
  } else if (answer != Answer::later || turn.failed == kPauses.size()) {
    turn.failed = 0;
    turn.surely = turn.surely && turn.due;
  } else {
    const Time again = now + std::clamp(wait_ms, kPauses[turn.failed], kLongestPause);
    turn.due = std::max(turn.due.value_or(again), again);
    ++turn.failed;
  }
}

}  // namespace attune::server
