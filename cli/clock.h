// The terminal's clock. `--clock` starts it at another moment, from which it runs on.
#pragma once

#include <chrono>
#include <ctime>
#include <optional>
#include <string_view>

#include "attune/shell.h"
#include "cli/trouble.h"

namespace attune::cli {

class Clock {
 public:
  /// The machine's own time and zone.
  Clock() = default;
  /// "MS" or "MS+offset" or "MS-offset": milliseconds since 1970 UTC, offset in minutes. Trouble: "bad-clock".
  static Outcome<Clock> starting_at(std::string_view text);

  [[nodiscard]] Now now() const;
  /// A moment as this machine's calendar has it.
  [[nodiscard]] std::tm local(std::int64_t ms) const;
  /// The zone's offset at that moment, in minutes.
  [[nodiscard]] std::int32_t offset_at(std::int64_t ms) const;
  /// A moment still to come, as this machine's calendar names it: "21:30" is the next time the clock shows that,
  /// "2026-12-01 21:30" that day. None: it is neither, or has passed.
  [[nodiscard]] std::optional<std::int64_t> named(std::string_view text) const;
  /// A day as this machine's calendar names it, "2026-12-01", from its first millisecond to its last; past or to come.
  struct Day {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };
  [[nodiscard]] std::optional<Day> day(std::string_view text) const;
  /// When the clock will show `ms`.
  [[nodiscard]] std::chrono::steady_clock::time_point when(std::int64_t ms) const;

 private:
  struct Start {
    Now now;
    std::chrono::steady_clock::time_point at;
  };
  /// When this machine's clocks show so many minutes of that day.
  [[nodiscard]] std::int64_t moment(std::chrono::sys_days date, int minute) const;
  std::optional<Start> start_;
};

}  // namespace attune::cli
