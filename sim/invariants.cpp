#include "sim/invariants.h"

#include <set>

namespace attune::sim {

namespace {

/// Everything that may ever be said in *ours*, written down here once more on purpose.
const std::set<std::string>& shared_kinds() {
  static const std::set<std::string> kinds = {
      "space.named",       "space.taken-back", "sealed.committed", "sealed.opened",     "cherish.thanked",
      "cherish.edited",    "cherish.answered", "openup.offered",   "listen.proposed",   "listen.replied",
      "listen.ready",      "listen.moved",     "listen.timed-out", "listen.stopped",    "listen.thanked",
      "listen.kept",       "listen.here",      "listen.cleared",   "listen.idea-noted", "feelings.shared",
      "feelings.answered", "noticed.sent",     "noticed.answered", "goodnews.shared",   "goodnews.asked",
      "goodnews.told",     "goodnews.tonight", "touches.sent",     "gestures.said",     "letters.sealed"};
  return kinds;
}

std::string where(const Device& device, const log::Stream& stream, std::uint64_t position) {
  const bool mine = stream.table().kind == wire::StreamKind::mine;
  return device.name() + ", " + (mine ? "mine" : "ours") + " at " + std::to_string(position) + ": ";
}

std::vector<const log::Stream*> streams_of(const Inside& inside) {
  std::vector<const log::Stream*> out;
  if (inside.mine) out.push_back(inside.mine.get());
  if (inside.ours) out.push_back(inside.ours.get());
  return out;
}

}  // namespace

Violations unsigned_records(const Device& device, const Inside& inside) {
  Violations out;
  for (const log::Stream* stream : streams_of(inside)) {
    for (const log::Held& held : stream->records()) {
      const wire::Header& header = held.record.header;
      if (stream->table().seat(header.author) == nullptr || !wire::verify_header(header, held.record.signature)) {
        out.push_back(where(device, *stream, header.position) + "nobody of the two signed this");
      }
    }
  }
  return out;
}

Violations lost_by_the_relay(const Device& device, const Inside& inside, const server::MemoryStore::State& relay) {
  Violations out;
  for (const log::Stream* stream : streams_of(inside)) {
    const auto stored = relay.streams.find(stream->id());
    // A genesis is made, and used, before it is posted; everything else comes from the relay or was acknowledged.
    for (std::uint64_t at = 1; at < stream->next(); ++at) {
      const bool there = stored != relay.streams.end() && at < stored->second.rows.size() &&
                         stored->second.rows[at]->header == stream->records()[at].record.header;
      if (!there) out.push_back(where(device, *stream, at) + "called safe, but the relay has lost it");
    }
  }
  return out;
}

Violations private_in_ours(const Device& device, const Inside& inside) {
  Violations out;
  if (!inside.ours) return out;
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    if (!shared_kinds().contains(said.kind)) {
      out.push_back(where(device, *inside.ours, said.position) + said.kind + " is nobody else's business");
    }
  }
  return out;
}

Violations opened_early(const Device& device, const Inside& inside) {
  Violations out;
  if (!inside.ours) return out;
  std::map<std::string, std::array<std::string, 2>> sealed;  // question → each person's sealed answer
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    if (said.kind == "sealed.committed") {
      std::string& own = sealed[said.fields["q"]][said.person];
      if (own.empty()) own = said.id;
    } else if (said.kind == "space.taken-back") {
      for (auto& [question, both] : sealed) {
        if (said.fields["of"] == both[said.person] && both[1 - said.person].empty()) both[said.person].clear();
      }
    } else if (said.kind == "sealed.opened") {
      const auto& both = sealed[said.fields["q"]];
      if (both[0].empty() || both[1].empty()) {
        out.push_back(where(device, *inside.ours, said.position) + "an answer was opened before both were sealed");
      }
    }
  }
  return out;
}

Violations said_twice(const Device& device, const Inside& inside) {
  Violations out;
  for (const log::Stream* stream : streams_of(inside)) {
    std::set<std::string> ids;
    for (const Said& said : everything_said(*stream, stream->table().kind)) {
      if (!ids.insert(said.id).second) out.push_back(where(device, *stream, said.position) + said.kind + " once more");
    }
  }
  return out;
}

}  // namespace attune::sim
