// Tagged hashing, signing and verifying: PROTOCOL.md 1. Domain separation lives here and nowhere else.
//
//   H(tag; x)      BLAKE2b-256 over len8(tag) ‖ tag ‖ x          (RFC 7693)
//   KDF(K, tag; x) the same, keyed with K
//   sign(tag; x)   Ed25519 over len8(tag) ‖ tag ‖ x              (RFC 8032)
//
// `tag` is the short name; "attune/v1/" is put in front of it here. Needs sodium_init() to have been called
// (`initialise()`), which both programs do first.
#pragma once

#include <initializer_list>
#include <string_view>

#include "wire/bytes.h"

namespace attune::wire {

/// Prepares libsodium. Safe to call again. False only if libsodium itself can not start.
bool initialise();

Hash tagged_hash(std::string_view tag, std::initializer_list<ByteView> parts);
/// Keyed with exactly 32 bytes.
Hash tagged_kdf(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts);

/// `secret` is libsodium's 64-byte Ed25519 secret key.
Signature tagged_sign(ByteView secret, std::string_view tag, std::initializer_list<ByteView> parts);
bool tagged_verify(const SignKey& key, const Signature& signature, std::string_view tag,
                   std::initializer_list<ByteView> parts);

}  // namespace attune::wire
