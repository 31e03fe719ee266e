// Signals: what two devices in one room say to each other and nobody stores (PROTOCOL.md, Signals).
//
// They tell that somebody is there, or has paused; nothing that must be believed. Bytes on the wire:
//   counter u64 ‖ nonce 24 ‖ XChaCha20-Poly1305 of 64 bytes, AAD = sender's key ‖ counter
// under KDF(K_e, "signal"; R of the session's first record), K_e the current key of *ours*. The 64 bytes:
//   say u8 ‖ sender's token 16 ‖ the token the sender has last heard 16 ‖ zeros
// A token is made each time a device comes into a room. What does not say mine again may be a replay: it proves nothing
// but that I should speak.
#pragma once

#include <boost/describe.hpp>

#include "attune/crypto/seal.h"

namespace attune::space {

/// here: in the room · paused: asked for a moment · away: another app, or the screen is off · left: went out of it
enum class Say : std::uint8_t { here, paused, away, left };
BOOST_DESCRIBE_ENUM(Say, here, paused, away, left)

using SignalToken = Fixed<16, struct SignalTokenTag>;

struct Signal {
  std::uint64_t counter = 0;  ///< rises with each of one run of the app
  Say say = Say::here;
  SignalToken token;
  SignalToken heard;  ///< zeros: none yet
};

inline constexpr std::size_t kSignalPlain = 64;
inline constexpr std::size_t kSignalSize = 8 + crypto::kNonceSize + kSignalPlain + crypto::kTagSize;

crypto::Key signal_key(const crypto::Key& stream_key, const Hash& session);
Bytes seal_signal(const Signal& signal, const crypto::Key& key, const SignKey& sender, const Entropy& entropy);
/// None: not sealed with this key by this sender, or of another form.
std::optional<Signal> open_signal(ByteView bytes, const crypto::Key& key, const SignKey& sender);

}  // namespace attune::space
