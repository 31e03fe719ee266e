#include "attune/practices/noticed/state.h"

namespace attune::noticed {

void fold(State& state, const log::Event& event) {
  if (log::fields_of<Sent>(event)) {
    state.sent.add(event);
  } else if (const auto answer = log::fields_of<Answered>(event)) {
    state.sent.answer(event, answer->of);
  } else if (log::fields_of<EffortAdded>(event)) {
    state.own.push_back({.id = event.id, .pending = event.pending, .listed = true});
  } else if (const auto listed = log::fields_of<EffortListed>(event)) {
    if (listed->own) {
      const auto own = std::ranges::find(state.own, *listed->own, &OwnEffort::id);
      if (own != state.own.end()) own->listed = listed->listed;
    }
    if (!listed->effort) return;
    const auto place = std::ranges::lower_bound(state.hidden, *listed->effort);
    const bool hidden = place != state.hidden.end() && *place == *listed->effort;
    if (listed->listed && hidden) state.hidden.erase(place);
    if (!listed->listed && !hidden) state.hidden.insert(place, *listed->effort);
  }
}

}  // namespace attune::noticed
