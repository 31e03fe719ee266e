#include "attune/practices/feelings/state.h"

namespace attune::feelings {

void fold(State& state, const log::Event& event) {
  if (log::fields_of<Shared>(event)) {
    state.shared.add(event);
  } else if (const auto answer = log::fields_of<Answered>(event)) {
    state.shared.answer(event, answer->of);
  } else if (log::fields_of<Noted>(event)) {
    state.noted.push_back({.id = event.id, .pending = event.pending});
  }
}

}  // namespace attune::feelings
