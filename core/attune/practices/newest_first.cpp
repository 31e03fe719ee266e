#include "attune/practices/newest_first.h"

namespace attune::practices {

void sort(std::vector<Order>& order) {
  std::ranges::sort(order, [](const Order& a, const Order& b) {
    return std::tuple(b.ms, b.id, a.index) < std::tuple(a.ms, a.id, b.index);
  });
}

}  // namespace attune::practices
