#include "sim/listened.h"

#include "sim/second_listening.h"

namespace attune::sim {

namespace {

std::string where(const Device& device, const Said& said) {
  return device.name() + ", listening, ours at " + std::to_string(said.position) + ": ";
}

/// What was said in each session, by its id.
std::map<std::string, std::vector<Said>> sessions(const Inside& inside) {
  std::map<std::string, std::vector<Said>> out;
  if (!inside.ours) return out;
  for (Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    if (!said.kind.starts_with("listen.")) continue;
    const std::string session = said.kind == "listen.proposed" ? said.id : said.fields["session"].get<std::string>();
    out[session].push_back(std::move(said));
  }
  return out;
}

/// True: over, and not both wanted to keep what was typed.
bool to_be_gone(const std::vector<Said>& session) {
  int yes = 0;
  bool over = false;
  for (const Said& said : session) {
    if (said.kind == "listen.stopped") over = true;
    if (said.kind != "listen.kept") continue;
    if (said.fields["keep"] == true) ++yes;
    if (said.fields["keep"] == false || yes == 2) over = true;
  }
  return over && yes < 2;
}

}  // namespace

Violations gone_past_a_yes(const Device& device, const Inside& inside) {
  Violations out;
  for (const auto& [id, session] : sessions(inside)) {
    bool understood = false;
    int turns = 0;
    for (const Said& said : session) {
      if (said.kind == "listen.thanked" && turns < 2) out.push_back(where(device, said) + "thanked before both turns");
      if (said.kind != "listen.moved") continue;
      const std::string move = said.fields["move"];
      if (move == "piece") understood = false;
      if (move == "yes") understood = true;
      const bool past =
          move != "piece" && move != "said-back" && move != "almost" && move != "not-yet" && move != "smaller";
      if (past && !understood) out.push_back(where(device, said) + move + " without a yes to the last piece");
      if (move != "feels-right" && move != "something-else") continue;
      ++turns;
      understood = false;
    }
  }
  return out;
}

Violations topics_out_early(const Device& device, const Inside& inside) {
  Violations out;
  for (const auto& [id, session] : sessions(inside)) {
    bool agreed = false;
    for (const Said& said : session) {
      if (said.kind == "listen.replied") agreed = said.fields["reply"] == "agreed";
      if (said.kind != "listen.ready" || said.content.is_null() || said.content["about"].is_null()) continue;
      if (said.person != session.front().person) out.push_back(where(device, said) + "a topic of who did not ask");
      if (!agreed) out.push_back(where(device, said) + "a topic before the other agreed");
    }
  }
  return out;
}

Violations pieces_out_of_place(const Device& device, const Inside& inside, const server::MemoryStore::State& relay) {
  Violations out;
  if (!inside.ours) return out;
  const auto stored = relay.streams.find(inside.ours->id());
  if (stored == relay.streams.end()) return {device.name() + ": the relay has lost ours"};
  for (const auto& [id, session] : sessions(inside)) {
    if (session.front().fields["how"] != "typed") continue;
    const bool gone = to_be_gone(session);
    for (const Said& said : session) {
      if (said.kind != "listen.moved" || said.position >= stored->second.rows.size()) continue;
      const bool here = !said.content.is_null();
      const bool there = stored->second.rows[said.position]->content.has_value();
      if (here == gone) out.push_back(where(device, said) + (here ? "a piece is left" : "a piece is missing"));
      if (there == gone)
        out.push_back(where(device, said) + (there ? "the relay keeps a piece" : "the relay lost one"));
    }
  }
  return out;
}

std::map<std::string, std::size_t> listened_to(const Inside& inside) {
  std::map<std::string, std::size_t> out;
  if (!inside.ours) return out;
  const auto stages = stages_behind(everything_said(*inside.ours, wire::StreamKind::ours));
  for (const auto& [id, session] : sessions(inside)) {
    const std::string how = session.front().fields["how"];
    std::string before;
    for (const Said& said : session) {
      const auto found = stages.find(said.id);
      if (found == stages.end() || found->second == "void") continue;
      const std::string& stage = found->second;
      if (stage == "smaller-offered" && said.kind == "listen.moved") ++out["three times it was not yet"];
      if (before == "time-out" && said.kind == "listen.ready" && stage != before) ++out["after a time-out it went on"];
      if (stage == "ended" && said.kind == "listen.stopped") ++out["a session was stopped"];
      if (stage == "ended" && (said.kind == "listen.thanked" || said.kind == "listen.kept")) {
        ++out["a session was finished: " + how];
        if (how == "typed") ++out[to_be_gone(session) ? "what was typed was let go" : "what was typed was kept"];
      }
      before = stage;
    }
  }
  return out;
}

Violations wrong_in_listening(const Device& device, const Inside& inside, const server::MemoryStore::State& relay) {
  Violations out = gone_past_a_yes(device, inside);
  const auto add = [&](Violations more) { out.insert(out.end(), more.begin(), more.end()); };
  add(topics_out_early(device, inside));
  add(pieces_out_of_place(device, inside, relay));
  return out;
}

}  // namespace attune::sim
