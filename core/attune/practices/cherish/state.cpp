#include "attune/practices/cherish/state.h"

namespace attune::cherish {

void fold(State& state, const log::Event& event) {
  if (const auto fields = log::fields_of<Thanked>(event)) {
    state.at.emplace(event.id, static_cast<std::uint32_t>(state.thanks.size()));
    state.thanks.push_back({.id = event.id,
                            .person = event.person,
                            .pending = event.pending,
                            .edits = {},
                            .answer = std::nullopt,
                            .kept = fields->kept,
                            .touched = event.position});
    if (fields->kept) state.sent.insert({event.person, *fields->kept});
  } else if (const auto edit = log::fields_of<Edited>(event)) {
    const auto at = state.at.find(edit->of);
    if (at == state.at.end() || state.thanks[at->second].person != event.person) return;
    state.thanks[at->second].edits.push_back(event.id);
    state.thanks[at->second].touched = event.position;
  } else if (const auto answer = log::fields_of<Answered>(event)) {
    const auto at = state.at.find(answer->of);
    if (at == state.at.end() || state.thanks[at->second].person == event.person) return;
    state.thanks[at->second].answer = event.id;
    state.thanks[at->second].touched = event.position;
  } else if (const auto kept = log::fields_of<Kept>(event)) {
    state.kept.push_back({.id = event.id, .pending = event.pending, .offer = kept->offer});
  } else if (const auto hidden = log::fields_of<SpanHidden>(event)) {
    state.hidden.push_back({.item = event.id, .from = hidden->from, .to = hidden->to});
  } else if (const auto shown = log::fields_of<SpanShown>(event)) {
    std::erase_if(state.hidden, [&](const Span& span) { return span.item == shown->of; });
  }
}

}  // namespace attune::cherish
