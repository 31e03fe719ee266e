// Making the control records that decide who belongs to a stream (PROTOCOL.md 5, 9, 10).
#pragma once

#include "attune/crypto/keys.h"
#include "attune/log/stream.h"
#include "wire/control.h"

namespace attune::space {

/// A key of mine as a member of a stream, its join signed by the key itself.
wire::Member own_member(const crypto::DeviceKeys& keys, wire::Role role, const StreamId& self, std::uint8_t person);

/// *mine* with one device in it.
wire::Genesis found_mine(const crypto::DeviceKeys& me, const Entropy& entropy);

/// *ours*: everyone in `members` (persons set, joins made), a fresh key boxed for each.
wire::Genesis found_ours(std::vector<wire::Member> members, const Hash& pairing, const Entropy& entropy);

/// What binds a successor to the one stream, and the one place in it, that it continues (PROTOCOL.md 6):
/// H("successor"; pairing of the earlier stream ‖ stream ‖ position ‖ R).
Hash successor_pairing(const Hash& earlier, const wire::Continues& continues);
/// *ours* again, behind `continues`: the same persons under the same numbers, a fresh key.
wire::Genesis found_successor(std::vector<wire::Member> members, const Hash& earlier, const wire::Continues& continues,
                              const Entropy& entropy);

/// Adds members under the current key, which must be known.
wire::Members add_members(const log::Stream& stream, std::vector<wire::Member> adds, const Hash& pairing,
                          const Entropy& entropy);

/// Adds and removes in one record, with the new epoch a removal needs. The current key must be known.
wire::Members replace_members(const log::Stream& stream, std::vector<wire::Member> adds, std::vector<SignKey> removes,
                              const Entropy& entropy);

}  // namespace attune::space
