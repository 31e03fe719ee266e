// Time and what is made of many measured times.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace attune::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}
inline double ms_since(Clock::time_point from) { return seconds_between(from, Clock::now()) * 1000; }

/// The value that `percent` of them do not exceed. Zero if there are none.
inline double percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  const auto place = static_cast<std::size_t>(static_cast<double>(values.size() - 1) * percent / 100);
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(place));
  return values[place];
}

}  // namespace attune::bench
