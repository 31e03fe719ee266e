#include "server/relay/relay.h"

#include <algorithm>

#include "server/relay/mail.h"
#include "server/relay/session.h"

namespace attune::server {

namespace {

// A wake-up time that is later than this is of no use any more.
constexpr std::uint64_t kTooLate = 60 * 60;
constexpr std::size_t kMostAtOnce = 256;
constexpr std::uint64_t kMostHandedOn = 8 * 1024 * 1024;

}  // namespace

Relay::Relay(Store& store, Bus& bus, Policy policy)
    : store_(store),
      bus_(bus),
      policy_(std::move(policy)),
      in_flight_(policy_.bytes_in_flight),
      handed_on_(kMostHandedOn) {}

std::unique_ptr<Session> Relay::connect(Entrance entrance, std::function<void()> wake) {
  return std::make_unique<RelaySession>(*this, std::move(entrance), std::move(wake));
}

void Relay::ring(Time now) {
  const std::uint64_t until = seconds_of(now);
  bool any = false;
  try {
    store_.read([&](Reading& store) { any = !store.due_devices(until, 1).empty(); });
  } catch (const StoreTrouble&) {
    return;  // until the next time
  }
  if (!any) return;
  const auto rung = std::make_shared<std::vector<SignKey>>();
  store_.write(
      [until, rung](Writing& store) {
        rung->clear();
        for (const SignKey& device : store.due_devices(until, kMostAtOnce)) {
          std::vector<std::uint64_t> times = store.wake_times(device);
          const auto later = std::ranges::upper_bound(times, until);
          if (until - *std::prev(later) <= kTooLate && store.subscription(device)) rung->push_back(device);
          times.erase(times.begin(), later);
          store.set_wake_times(device, times);
        }
      },
      [this, now, rung](Outcome outcome) {
        if (outcome != Outcome::committed) return;
        for (const SignKey& device : *rung) waker_.time_came(device, now);
      });
}

void Relay::tidy(Time now) {
  store_.write([now](Writing& store) { store.tidy(now + -kMailboxMs, now + -(kMailboxMs + kRememberedMs)); },
               [](Outcome) {});
}

}  // namespace attune::server
