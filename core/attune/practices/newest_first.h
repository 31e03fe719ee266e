// Views list what happened newest first. Sorted by one small key, whatever is listed: a sort for every type would be a
// tenth of what a phone has to fetch for the core.
#pragma once

#include <algorithm>
#include <vector>

#include "attune/log/event.h"

namespace attune::practices {

/// What orders two things: when it was by its author's clock, and, where that is equal, an id that only it has.
struct Order {
  std::int64_t ms = 0;
  log::EventId id;
  std::size_t index = 0;
};

/// Newest first.
void sort(std::vector<Order>& order);

template <class T, class Key>
void newest_first(std::vector<T>& list, Key key) {
  std::vector<Order> order;
  order.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) order.push_back({list[i].at.ms, key(list[i]), i});
  sort(order);
  std::vector<T> out;
  out.reserve(list.size());
  for (const Order& each : order) out.push_back(std::move(list[each.index]));
  list = std::move(out);
}

}  // namespace attune::practices
