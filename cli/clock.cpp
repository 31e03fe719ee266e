#include "cli/clock.h"

#include <charconv>

namespace attune::cli {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Outcome<Clock> Clock::starting_at(std::string_view text) {
  constexpr std::int32_t kMostMinutes = 18 * 60;
  Now now;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, now.ms);
  if (error == std::errc{} && rest != end && (*rest == '+' || *rest == '-')) {
    // from_chars takes a minus sign but no plus.
    const auto read = std::from_chars(*rest == '+' ? rest + 1 : rest, end, now.offset_minutes);
    rest = read.ptr;
    error = read.ec;
  }
  const bool far = now.offset_minutes > kMostMinutes || now.offset_minutes < -kMostMinutes;
  if (error != std::errc{} || rest != end || now.ms < 0 || far)
    return trouble("bad-clock", {{"text", std::string(text)}});
  Clock clock;
  clock.start_ = Start{now, steady_clock::now()};
  return clock;
}

Now Clock::now() const {
  if (start_) {
    const auto passed = duration_cast<milliseconds>(steady_clock::now() - start_->at).count();
    return {start_->now.ms + passed, start_->now.offset_minutes};
  }
  const auto ms = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return {ms, offset_at(ms)};
}

std::tm Clock::local(std::int64_t ms) const {
  std::tm out{};
  if (start_) {
    const std::time_t shifted = ms / 1000 + start_->now.offset_minutes * 60;
    gmtime_r(&shifted, &out);
  } else {
    const std::time_t seconds = ms / 1000;
    localtime_r(&seconds, &out);
  }
  return out;
}

std::int32_t Clock::offset_at(std::int64_t ms) const {
  if (start_) return start_->now.offset_minutes;
  return static_cast<std::int32_t>(local(ms).tm_gmtoff / 60);
}

steady_clock::time_point Clock::when(std::int64_t ms) const {
  return steady_clock::now() + milliseconds(ms - now().ms);
}

}  // namespace attune::cli
