// Key pairs of P-256, by OpenSSL: agreement for sealing (RFC 8291), signatures for naming oneself (RFC 8292).
#pragma once

#include <memory>
#include <optional>

#include "wire/bytes.h"

using EVP_PKEY = struct evp_pkey_st;

namespace attune::server {

/// OpenSSL could not do what it always can: out of memory or of randomness.
struct CryptoTrouble {};

class P256Pair {
 public:
  /// Throws CryptoTrouble.
  static P256Pair make();
  /// None: not 32 bytes, or not the secret half of a key.
  static std::optional<P256Pair> from_secret(ByteView secret);

  [[nodiscard]] const P256Key& public_key() const { return public_key_; }
  /// 32 bytes, most significant first.
  [[nodiscard]] Bytes secret() const;
  /// The x of the shared point; none: `other` is no point of the curve.
  [[nodiscard]] std::optional<Bytes> agree(const P256Key& other) const;
  /// ES256 (RFC 7518, 3.4): r ‖ s, 64 bytes.
  [[nodiscard]] Bytes sign(ByteView message) const;

 private:
  P256Pair(std::shared_ptr<EVP_PKEY> pair, const P256Key& public_key)
      : pair_(std::move(pair)), public_key_(public_key) {}

  std::shared_ptr<EVP_PKEY> pair_;
  P256Key public_key_;
};

/// Is this the signature of the message under the key?
bool verify(const P256Key& key, ByteView signature, ByteView message);

}  // namespace attune::server
