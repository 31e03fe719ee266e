// What must hold of listening sessions whatever happens, walked along the log of people who changed nothing in their
// apps: there every event counts. One sentence for every violation found.
#pragma once

#include "sim/invariants.h"

namespace attune::sim {

/// Nobody's turn ended, and nobody was thanked, before the speaker's yes to the last piece of that turn.
Violations gone_past_a_yes(const Device& device, const Inside& inside);
/// What somebody wants to talk about goes out with their own "now is good", and not before the other has agreed.
Violations topics_out_early(const Device& device, const Inside& inside);
/// Once everything rests: the pieces of a typed session that is over are gone, from this disk and from the relay's,
/// unless both wanted to keep them; those of one that is open, or was kept, are there.
Violations pieces_out_of_place(const Device& device, const Inside& inside, const server::MemoryStore::State& relay);

/// How many sessions came to what: "a typed session was finished", "after a time-out it went on", …
std::map<std::string, std::size_t> listened_to(const Inside& inside);

/// All of the violations.
Violations wrong_in_listening(const Device& device, const Inside& inside, const server::MemoryStore::State& relay);

}  // namespace attune::sim
