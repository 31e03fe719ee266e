#include "attune/practices/letters/state.h"

namespace attune::letters {

void fold(State& state, const log::Event& event) {
  if (const auto sealed = log::fields_of<Sealed>(event)) {
    // Two of one's devices may post the same letter: the first counts.
    if (sealed->held && !state.posted.insert({event.person, *sealed->held})) return;
    state.sealed.add(event);
    state.held_before.push_back(sealed->held);
  } else if (const auto held = log::fields_of<Held>(event)) {
    state.held.push_back({.id = event.id, .pending = event.pending, .due = held->due, .withdrawn = false});
  } else if (const auto withdrawn = log::fields_of<Withdrawn>(event)) {
    const auto found = std::ranges::find(state.held, withdrawn->of, &HeldOne::id);
    if (found != state.held.end()) found->withdrawn = true;
  }
}

}  // namespace attune::letters
