#include "attune/practices/goodnews/state.h"

namespace attune::goodnews {

namespace {

void tell_tonight(State& state, const log::Event& event, const Tonight::Fields& fields) {
  practices::Given* shared = state.shared.find(fields.of);
  if (shared == nullptr) return;
  Since& since = state.since[state.shared.at.find(fields.of)->second];
  if (fields.talked) {
    if (since.evening != Evening::wanted) return;
    since.evening = Evening::talked;
  } else {
    if (shared->person == event.person || since.evening != Evening::none) return;
    since.evening = Evening::wanted;
    since.wanted = event.id;
  }
  shared->touched = event.position;
}

}  // namespace

void fold(State& state, const log::Event& event) {
  if (log::fields_of<Shared>(event)) {
    state.shared.add(event);
    state.since.emplace_back();
  } else if (const auto asked = log::fields_of<Asked>(event)) {
    state.shared.answer(event, asked->of);
  } else if (const auto told = log::fields_of<Told>(event)) {
    practices::Given* shared = state.shared.find(told->of);
    if (shared == nullptr || shared->person != event.person || !shared->answer) return;
    state.since[state.shared.at.find(told->of)->second].told.push_back(event.id);
    shared->touched = event.position;
  } else if (const auto tonight = log::fields_of<Tonight>(event)) {
    tell_tonight(state, event, *tonight);
  } else if (const auto felt = log::fields_of<FeltGood>(event)) {
    if (felt->good) state.felt_good.insert(felt->of);
  }
}

}  // namespace attune::goodnews
