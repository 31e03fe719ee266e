// Sealing: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, as libsodium's crypto_aead_xchacha20poly1305_ietf) and
// padding.
#pragma once

#include <string>
#include <string_view>

#include "attune/crypto/secret.h"
#include "attune/shell.h"
#include "wire/result.h"

namespace attune::crypto {

inline constexpr ErrorCode kUnsealable{100, "unsealable", "The bytes can not be opened with this key."};
inline constexpr ErrorCode kBadPadding{101, "bad-padding", "The padding is not length, text and zeros."};

inline constexpr std::size_t kNonceSize = 24;
inline constexpr std::size_t kTagSize = 16;

/// 32 fresh bytes as a key.
Key random_key(const Entropy& entropy);
template <class F>
F random_fixed(const Entropy& entropy) {
  F out;
  entropy(out.bytes);
  return out;
}

/// BLAKE2b-256 keyed: KDF(K, tag; parts) as a key.
Key derive(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts = {});

/// Ciphertext of plaintext size + 16.
Bytes seal_with(ByteView key, const Nonce& nonce, ByteView associated, ByteView plaintext);
/// Errors: kUnsealable.
Result<Bytes> open_with(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed);

/// Into memory of exactly sealed size − 16. Errors: kUnsealable.
Result<> open_into(std::span<std::uint8_t> out, ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed);

/// A random nonce of 24 bytes in front; plaintext size + 40.
Bytes seal(ByteView key, ByteView associated, ByteView plaintext, const Entropy& entropy);
/// Errors: kUnsealable.
Result<Bytes> open(ByteView key, ByteView associated, ByteView sealed);

/// length u32 ‖ text ‖ zeros, `size` bytes in all, which must be ≥ text + 4.
Bytes pad(std::string_view text, std::size_t size);
/// Errors: kBadPadding.
Result<std::string> unpad(ByteView padded);
/// The text where it lies. Errors: kBadPadding.
Result<std::string_view> unpadded(ByteView padded);

/// The sizes of parts on the wire, the 16-byte tag included (PROTOCOL.md 2).
inline constexpr std::size_t kOursSkeleton = 256;
inline constexpr std::size_t kSealedContent = 8192;  ///< sealed commits and openings
inline constexpr std::size_t kMineSkeleton = 1024;
inline constexpr std::size_t kMineContent = 3072;
/// What a text of n bytes takes as content of *ours*: 256, 2 K, 8 K, then Padmé (Nikitin et al., PETS 2019, section 4).
std::size_t ours_content_size(std::size_t text_bytes);

}  // namespace attune::crypto
