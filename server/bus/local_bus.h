// The bus of a single process. Safe to use from several threads.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "server/bus/bus.h"

namespace attune::server {

class LocalBus final : public Bus {
 public:
  void subscribe(const Topic& topic, const std::shared_ptr<Listener>& listener) override;
  void unsubscribe(const Topic& topic, const Listener& listener) override;
  void publish(const Topic& topic, std::shared_ptr<const Appended> appended = nullptr) override;
  void hand_on(const Topic& topic, const std::shared_ptr<const wire::Signalled>& signal, const Listener& from) override;
  /// How many subscriptions there are (for tests: none may be left behind).
  [[nodiscard]] std::size_t size();

 private:
  struct Entry {
    const Listener* key;
    std::weak_ptr<Listener> listener;
  };
  std::vector<std::shared_ptr<Listener>> listeners(const Topic& topic);

  std::mutex mutex_;
  std::map<Topic, std::vector<Entry>> topics_;
};

}  // namespace attune::server
