#include "attune/space/state.h"

#include <algorithm>

namespace attune::space {

namespace {

void fold_taken_back(Ours& ours, const log::Event& event, const EventId& of) {
  const auto target = ours.wrote.find(of);
  if (target == ours.wrote.end() || target->second.person != event.person) return;
  // A question that both have answered is no longer its asker's alone: what each sealed would vanish with it.
  if (const auto asked = ours.sealed.find(of); asked != ours.sealed.end() && asked->second.both_committed()) return;
  for (auto& [question, sealed] : ours.sealed) {
    Side& own = sealed.sides[event.person];
    if (own.commit != of || own.state == Side::State::none) continue;
    const bool other_committed = sealed.sides[1 - event.person].state != Side::State::none;
    if (other_committed) {
      own.late_take_back = true;  // it changes nothing; the answer may still open
      return;
    }
    own = Side{};
    ours.taken_back.emplace(of, event.id);
    return;
  }
  ours.taken_back.emplace(of, event.id);
}

void fold_committed(Ours& ours, const log::Event& event, const Committed::Fields& fields) {
  if (!ours.wrote.contains(fields.q) || ours.taken_back.contains(fields.q)) return;
  if (ours.left_behind(fields.q)) return;
  Side& own = ours.sealed[fields.q].sides[event.person];
  if (own.state != Side::State::none) return;
  own = {.state = Side::State::committed,
         .commit = event.id,
         .commitment = fields.c,
         .opening = {},
         .late_take_back = false};
}

void fold_opened(Ours& ours, const log::Event& event, const Opened::Fields& fields) {
  const auto at = ours.sealed.find(fields.q);
  if (at == ours.sealed.end() || !at->second.both_committed() || ours.left_behind(fields.q)) return;
  Side& own = at->second.sides[event.person];
  if (own.state != Side::State::committed) return;
  own.state = Side::State::opened;
  own.opening = event.id;
}

bool fold_ours(Ours& ours, const log::Event& event) {
  const Wrote wrote{.position = event.position, .person = event.person, .pending = event.pending};
  if (!ours.wrote.emplace(event.id, wrote).second) return false;
  if (!ours.first[event.person]) ours.first[event.person] = event.id;
  if (log::fields_of<Named>(event)) ours.named[event.person] = event.id;
  if (const auto fields = log::fields_of<TakenBack>(event)) fold_taken_back(ours, event, fields->of);
  if (const auto fields = log::fields_of<Committed>(event)) fold_committed(ours, event, *fields);
  if (const auto fields = log::fields_of<Opened>(event)) fold_opened(ours, event, *fields);
  return true;
}

void fold_mine(Mine& mine, const log::Event& event) {
  if (event.pending) mine.pending.insert(event.id);
  if (log::fields_of<Joined>(event) && !mine.joined) mine.joined = event.id;
  if (log::fields_of<MyName>(event)) mine.my_name = event.id;
  if (const auto fields = log::fields_of<DeviceNamed>(event)) mine.device_named[fields->key] = event.id;
  if (const auto fields = log::fields_of<EnvelopeOpened>(event)) mine.opened.insert(fields->of);
  if (const auto fields = log::fields_of<Copied>(event)) mine.copied.emplace(fields->of, event.id);
  if (const auto fields = log::fields_of<KeptToMyself>(event)) mine.kept_to_myself.insert(fields->of);
}

}  // namespace

bool Ours::left_behind(const EventId& question) const {
  const auto asked = wrote.find(question);
  if (asked == wrote.end() || asked->second.pending || asked->second.position >= begins) return false;
  const auto at = sealed.find(question);
  const auto opened = [](const Side& side) { return side.state == Side::State::opened; };
  return at == sealed.end() || !std::ranges::all_of(at->second.sides, opened);
}

void go_on(State& state, const StreamId& earlier, std::uint64_t position) {
  state.ours.begins = position;
  for (const auto& [question, sealed] : state.ours.sealed) state.ours.earlier.emplace(question, earlier);
}

bool fold(State& state, const log::Event& event) {
  if (event.stream == wire::StreamKind::ours) return fold_ours(state.ours, event);
  fold_mine(state.mine, event);
  return true;
}

}  // namespace attune::space
