// What a push service is handed: bytes that only the device can open.
#pragma once

#include <optional>

#include "server/push/p256.h"
#include "server/store/store.h"

namespace attune::server {

inline constexpr std::size_t kPushSalt = 16;

/// The content coding aes128gcm (RFC 8188) with a single record: salt ‖ 4096 ‖ id ‖ AEAD(plaintext ‖ 2 ‖ zeros). The
/// plaintext with what follows it is `padded` bytes, which must be more than it has.
Bytes seal_record(ByteView input_key, ByteView salt, ByteView id, ByteView plaintext, std::size_t padded);

/// Message encryption for web push (RFC 8291). `once` and `salt` must be fresh for each message. None: the
/// subscription's key is no point of the curve.
std::optional<Bytes> seal_for(const Subscription& to, const P256Pair& once, ByteView salt, ByteView plaintext,
                              std::size_t padded);

}  // namespace attune::server
