#include "attune/log/plan.h"

#include "wire/tagged.h"

namespace attune::log {

EventId event_id(const EventId& command, std::uint32_t n) {
  if (n == 0) return command;
  Writer number;
  number.number(n);
  return EventId::copy_of(wire::tagged_hash("event-id", {command.view(), number.view()}).view());
}

}  // namespace attune::log
