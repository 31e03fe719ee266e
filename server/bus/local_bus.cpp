#include "server/bus/local_bus.h"

#include <algorithm>

namespace attune::server {

void LocalBus::subscribe(const Topic& topic, const std::shared_ptr<Listener>& listener) {
  const std::lock_guard lock(mutex_);
  auto& entries = topics_[topic];
  const bool known = std::ranges::any_of(entries, [&](const Entry& entry) { return entry.key == listener.get(); });
  if (!known) entries.push_back({listener.get(), listener});
}

void LocalBus::unsubscribe(const Topic& topic, const Listener& listener) {
  const std::lock_guard lock(mutex_);
  const auto found = topics_.find(topic);
  if (found == topics_.end()) return;
  std::erase_if(found->second, [&](const Entry& entry) { return entry.key == &listener; });
  if (found->second.empty()) topics_.erase(found);
}

void LocalBus::publish(const Topic& topic, std::shared_ptr<const Appended> appended) {
  for (const auto& listener : listeners(topic)) listener->woken(topic, appended);
}

void LocalBus::hand_on(const Topic& topic, const std::shared_ptr<const wire::Signalled>& signal, const Listener& from) {
  for (const auto& listener : listeners(topic)) {
    if (listener.get() != &from) listener->signalled(signal);
  }
}

// They are called without the lock: a listener may be destroyed by its waking, and then unsubscribes.
std::vector<std::shared_ptr<Listener>> LocalBus::listeners(const Topic& topic) {
  std::vector<std::shared_ptr<Listener>> out;
  const std::lock_guard lock(mutex_);
  const auto found = topics_.find(topic);
  if (found == topics_.end()) return out;
  out.reserve(found->second.size());
  for (const Entry& entry : found->second) {
    if (auto listener = entry.listener.lock()) out.push_back(std::move(listener));
  }
  return out;
}

std::size_t LocalBus::size() {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [topic, entries] : topics_) count += entries.size();
  return count;
}

}  // namespace attune::server
