#include "attune/practices/openup/state.h"

namespace attune::openup {

void fold(State& state, const log::Event& event) {
  if (const auto fields = log::fields_of<Offered>(event)) {
    state.at.emplace(event.id, static_cast<std::uint32_t>(state.questions.size()));
    state.questions.push_back({.id = event.id,
                               .person = event.person,
                               .pending = event.pending,
                               .prompt = fields->prompt,
                               .written = fields->written});
    if (fields->written) state.sent.insert({event.person, *fields->written});
  } else if (const auto passed = log::fields_of<Passed>(event)) {
    state.passed.insert(passed->q);
  } else if (const auto written = log::fields_of<Written>(event)) {
    state.written.push_back({.id = event.id, .pending = event.pending, .prompt = written->prompt});
  }
}

}  // namespace attune::openup
