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

namespace {

/// Takes a number of so many digits off the front; with `end` behind it, unless that is 0.
std::optional<int> take_number(std::string_view& text, std::size_t digits, char end) {
  int number = 0;
  const std::size_t all = digits + (end == '\0' ? 0 : 1);
  if (text.size() < all) return std::nullopt;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc{} || rest != text.data() + digits || number < 0) return std::nullopt;
  if (end != '\0' && text[digits] != end) return std::nullopt;
  text.remove_prefix(all);
  return number;
}

/// "21:30", and nothing behind it, in minutes.
std::optional<int> minute_of_day(std::string_view text) {
  const auto hour = take_number(text, text.find(':') == 1 ? 1 : 2, ':');
  const auto minute = take_number(text, 2, '\0');
  if (!hour || !minute || !text.empty() || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

/// "2026-12-01", taken off the front with what stands behind it, unless that is 0.
std::optional<std::chrono::year_month_day> take_date(std::string_view& text, char end) {
  using namespace std::chrono;
  const auto y = take_number(text, 4, '-');
  const auto m = y ? take_number(text, 2, '-') : std::nullopt;
  const auto d = m ? take_number(text, 2, end) : std::nullopt;
  if (!d) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

std::int64_t Clock::moment(std::chrono::sys_days date, int minute) const {
  const std::int64_t there =
      duration_cast<milliseconds>((date + std::chrono::minutes(minute)).time_since_epoch()).count();
  // The zone's offset is that of the moment itself, which is found by it: a second look settles it.
  const std::int64_t near = there - std::int64_t{offset_at(there)} * 60'000;
  return there - std::int64_t{offset_at(near)} * 60'000;
}

std::optional<Clock::Day> Clock::day(std::string_view text) const {
  const auto date = take_date(text, '\0');
  if (!date || !text.empty()) return std::nullopt;
  const std::chrono::sys_days first(*date);
  return Day{.from = moment(first, 0), .to = moment(first + std::chrono::days(1), 0) - 1};
}

std::optional<std::int64_t> Clock::named(std::string_view text) const {
  using namespace std::chrono;
  constexpr std::size_t kDate = 11;  // "2026-12-01 "
  const std::int64_t now_ms = now().ms;
  const std::tm today = local(now_ms);
  year_month_day day{year(today.tm_year + 1900), month(static_cast<unsigned>(today.tm_mon + 1)),
                     std::chrono::day(static_cast<unsigned>(today.tm_mday))};
  const bool dated = text.size() > kDate;
  if (dated) {
    const char before_time = text[kDate - 1];
    if (before_time != ' ' && before_time != 'T') return std::nullopt;
    const auto date = take_date(text, before_time);
    if (!date) return std::nullopt;
    day = *date;
  }
  const auto minute = minute_of_day(text);
  if (!minute) return std::nullopt;
  std::int64_t out = moment(sys_days(day), *minute);
  if (!dated && out <= now_ms) out = moment(sys_days(day) + days(1), *minute);
  return out > now_ms ? std::optional(out) : std::nullopt;
}

steady_clock::time_point Clock::when(std::int64_t ms) const {
  return steady_clock::now() + milliseconds(ms - now().ms);
}

}  // namespace attune::cli
