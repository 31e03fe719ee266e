// Points in time as the relay is told them: milliseconds since 1970 UTC. The relay never asks a clock itself, so that
// the simulator can run it in virtual time.
#pragma once

#include <compare>
#include <cstdint>

namespace attune::server {

struct Time {
  std::int64_t ms = 0;
  auto operator<=>(const Time&) const = default;
};

constexpr Time operator+(Time time, std::int64_t milliseconds) { return {time.ms + milliseconds}; }
constexpr std::int64_t operator-(Time later, Time earlier) { return later.ms - earlier.ms; }
constexpr std::uint64_t seconds_of(Time time) { return time.ms < 0 ? 0 : static_cast<std::uint64_t>(time.ms) / 1000; }

}  // namespace attune::server
