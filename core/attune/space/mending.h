// Going on in another stream of *ours* when one has become two signed histories (PROTOCOL.md 6).
//
//   successor = genesis {continues: stream, position, R; pairing: successor_pairing(…)}   by a device of either person
//               space.continued                                                          by the same device
//               space.continued                                                          by a device of the other
//               person
//
// R(position) is the last place that both have in common. What stands up to there is the beginning of the successor's
// history, whoever wrote it; what one of the two histories says behind it is no part of it any more. Before both have
// said `space.continued`, nothing else in the successor counts.
//
// Security. Nothing is decided by one alone, and nobody comes in by it: the members are those of the earlier stream at
// that place who have not been removed since, each with the very keys, person and join it had there. A reader that does
// not hold R(position) itself refuses, so that nobody can be given another past. The relay decides nothing: of two
// proposals both sides choose the same one by what stands in them.
#pragma once

#include "attune/log/stream.h"
#include "attune/space/errors.h"
#include "attune/space/events.h"

namespace attune::space {

/// None: not a genesis of *ours*, or not here yet.
std::optional<wire::Genesis> genesis_of(const log::Stream& stream);
/// What a stream of *ours* continues. None: it is the first.
std::optional<wire::Continues> continued_by(const log::Stream& stream);

/// Members at a place of the stream who were not removed since, readers left out.
std::vector<wire::Member> members_at(const log::Stream& stream, std::uint64_t position);

/// A stream that continues `earlier` behind `position`, with `members` in it: its genesis and my own yes. The key of
/// that place must be known. Errors: kNothingToMend (that key is not), or what wire/ finds wrong with the genesis.
Result<std::unique_ptr<log::Stream>> found_behind(const log::Stream& earlier, std::uint64_t position,
                                                  std::vector<wire::Member> members, const crypto::DeviceKeys& me,
                                                  At at, const Entropy& entropy);
/// My yes to a proposal, to be sealed on top of it. Its keys must be known.
log::NewEvent yes_to(const wire::Continues& continues, const Continued::Content& content, const log::EventId& id);

/// Who has said yes, by which key, and what was handed on with it. Keys must be known.
struct Agreed {
  std::array<std::optional<SignKey>, 2> by;
  std::optional<Continued::Content> handed_on;  ///< by whoever proposed
  [[nodiscard]] bool both() const { return by[0] && by[1]; }
};
Agreed agreed_in(const log::Stream& successor);

/// fits · not_yet: something is not here yet · another_history: it continues a place that mine contradicts ·
/// unrelated: not about this space, or over · refused: about this space, and not what it should be
enum class Verdict : std::uint8_t { fits, not_yet, another_history, unrelated, refused };
/// Is this a successor of `ours` that can be put to the person? `mine`: the table of my own stream, whose id is `self`.
Verdict judge(const log::Stream& successor, const log::Stream& ours, const wire::Table& mine, const StreamId& self);

/// Of two proposals the one that reaches further back, then the one with the lower id: both sides choose alike, and a
/// proposal that only one of them holds gives way to one that both do.
bool goes_before(const log::Stream& one, const log::Stream& other);

}  // namespace attune::space
