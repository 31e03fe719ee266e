#include "attune/practices/gestures/state.h"

namespace attune::gestures {

namespace {

void say(std::vector<Entry>& menu, const log::Event& event, const Said::Fields& fields) {
  if (fields.gesture && fields.own) return;
  if (fields.gesture && !practices::check_content_id(*fields.gesture)) return;
  const bool first = !fields.gesture && !fields.own;
  const auto entry = std::ranges::find_if(
      menu, [&](const Entry& each) { return !first && each.gesture == fields.gesture && each.own == fields.own; });
  if (entry != menu.end()) {
    entry->said = event.id;
    entry->pending = event.pending;
    return;
  }
  // A changed app may name what was never there, or more than anybody would read.
  if (fields.own || menu.size() == kMostEntries) return;
  menu.push_back({.gesture = fields.gesture,
                  .own = first ? std::optional(event.id) : std::nullopt,
                  .said = event.id,
                  .pending = event.pending});
}

}  // namespace

const Entry* find(const std::vector<Entry>& menu, const std::optional<std::string>& gesture,
                  const std::optional<EventId>& own) {
  const auto found =
      std::ranges::find_if(menu, [&](const Entry& each) { return each.gesture == gesture && each.own == own; });
  return found == menu.end() ? nullptr : &*found;
}

void fold(State& state, const log::Event& event) {
  if (const auto said = log::fields_of<Said>(event)) {
    say(state.menus[event.person], event, *said);
    if (said->kept) state.shown.insert({event.person, *said->kept});
  } else if (const auto kept = log::fields_of<Kept>(event)) {
    say(state.kept, event, *kept);
  }
}

}  // namespace attune::gestures
