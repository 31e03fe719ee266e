// What lies in the slot of a *mine*, as bytes (PROTOCOL.md 11).
//
//   slot   = sealed in pieces of 64 KiB (Vault::seal_long, name "slot") under KDF(K_e of *mine*, "snapshot"; stream ‖ e
//            u32), of length u32 ‖ author 32 ‖ sign("snapshot"; stream ‖ state hash) 64 ‖ state ‖ zeros (Padmé)
//   state  = length u32 ‖ what the row "snapshot" holds, its fold version in front ‖ count u32 ‖
//            (kind u8 ‖ position u64 ‖ length u32 ‖ record)…, rising
//   state hash = H("state"; state)
#pragma once

#include <map>

#include "attune/client/rows.h"
#include "attune/crypto/keys.h"

namespace attune::client {

/// What the events of a device's streams add up to, and the records that views need of it now.
struct SlotState {
  using Place = std::pair<wire::StreamKind, std::uint64_t>;
  Bytes fold;
  std::map<Place, Bytes> records;
};

Bytes encode(const SlotState& state);
/// None: these are no such bytes.
std::optional<SlotState> decode_slot_state(ByteView bytes);

Hash state_hash(ByteView state);

/// `key` is that of the epoch.
Bytes seal_slot(const crypto::Key& key, const StreamId& stream, std::uint32_t epoch, const crypto::DeviceKeys& author,
                ByteView state, const Entropy& entropy);
/// The state, if it is by this author. Whether it is the one that was vouched for its hash says. Errors: unsealable.
Result<Bytes> open_slot(const crypto::Key& key, const StreamId& stream, std::uint32_t epoch, const SignKey& author,
                        Bytes sealed);

/// The rows of a device that has stored this state and nothing else: `of` may be another one of the same person.
std::vector<Row> rows_of(const SlotState& state, const Profile& of, const Entropy& entropy);

}  // namespace attune::client
