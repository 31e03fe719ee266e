// Sealed answers: committed by both before either opens, and nobody can change one after (PROTOCOL.md 8).
//
//   C   = H("sealed"; stream ‖ q 16 ‖ p u8 ‖ r32 ‖ answer)
//   box = XChaCha20-Poly1305 under KDF(K of own *mine*, "sealed-box"; stream ‖ q ‖ p), AAD = C,
//         of r32 ‖ length u16 ‖ answer ‖ zeros, always 4,130 bytes
//
// Security. C binds: no other (r32, answer) gives it. It hides: r32 is 256 random bits, fresh for each commit. The box
// is for the author's own devices, so that any of them can open; whoever has the shared key still can not read it.
#pragma once

#include <functional>

#include "attune/crypto/seal.h"
#include "attune/space/errors.h"
#include "attune/space/events.h"

namespace attune::space {

inline constexpr std::size_t kMaxAnswer = 4096;

/// What sealing needs to know of this device: the couple's stream, who I am in it, and the keys of my *mine*.
struct Sealing {
  StreamId ours;
  std::uint8_t me = 0;
  std::uint32_t mine_epoch = 0;
  std::function<const crypto::Key*(std::uint32_t epoch)> mine_key;
};

Hash commitment(const StreamId& ours, const EventId& q, std::uint8_t person, ByteView r32, ByteView answer);

struct SealedAnswer {
  Hash commitment;
  Committed::Content content;
};
/// Errors: kAnswerTooLong, kTextEmpty.
Result<SealedAnswer> seal_answer(const Sealing& sealing, const EventId& q, std::string_view answer, At at,
                                 const Entropy& entropy);

/// The inside of my own box. Errors: crypto::kUnsealable.
Result<Opened::Content> reopen(const Sealing& sealing, const EventId& q, const Hash& commitment,
                               const Committed::Content& content, At at);

}  // namespace attune::space
