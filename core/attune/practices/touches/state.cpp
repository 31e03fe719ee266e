#include "attune/practices/touches/state.h"

namespace attune::touches {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

}  // namespace

std::int64_t day_of(std::int64_t ms, std::int32_t offset) {
  At at{.ms = ms, .offset = offset};
  at.bound();
  const std::int64_t local = at.ms + at.offset * kMinute;
  return local / kDay - (local % kDay < 0 ? 1 : 0);
}

const TouchOne* within_the_minute(const State& state, std::uint8_t person, std::int64_t ms) {
  const auto found = std::ranges::find_if(state.sent, [&](const TouchOne& one) {
    return one.person == person && one.ms - kLeastBetween < ms && ms < one.ms + kLeastBetween;
  });
  return found == state.sent.end() ? nullptr : &*found;
}

std::size_t sent_on(const State& state, std::uint8_t person, std::int64_t day) {
  return static_cast<std::size_t>(
      std::ranges::count_if(state.sent, [&](const TouchOne& one) { return one.person == person && one.day == day; }));
}

void fold(State& state, const log::Event& event) {
  if (const auto sent = log::fields_of<Sent>(event)) {
    At at{.ms = sent->ms, .offset = sent->offset};
    at.bound();
    const std::int64_t day = day_of(at.ms, at.offset);
    // More than that is what only a changed app writes: it is as if it had not been sent.
    if (within_the_minute(state, event.person, at.ms) != nullptr) return;
    if (sent_on(state, event.person, day) >= kMostADay) return;
    if (state.sent.size() == kRemembered) state.sent.erase(state.sent.begin());
    state.sent.push_back({.id = event.id, .person = event.person, .pending = event.pending, .ms = at.ms, .day = day});
  } else if (const auto felt = log::fields_of<Felt>(event)) {
    state.felt.insert(felt->of);
  } else if (const auto muted = log::fields_of<Muted>(event)) {
    state.muted_until = muted->until;
  }
}

}  // namespace attune::touches
