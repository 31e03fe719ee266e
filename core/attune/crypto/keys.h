// The keys of a device (a recovery phrase is one) and the boxes stream keys travel in (PROTOCOL.md 5, 10).
#pragma once

#include "attune/crypto/seal.h"
#include "attune/crypto/secret.h"
#include "wire/control.h"

namespace attune::crypto {

inline constexpr ErrorCode kBadBox{102, "bad-box", "The box does not hold the key it should."};

/// An Ed25519 signing key and an X25519 box key, made on the device, never leaving it.
struct DeviceKeys {
  SignKey sign;
  BoxKey box;
  Secret<64> sign_secret;  ///< libsodium's form: seed ‖ public key
  Secret<32> box_secret;

  /// From the two 32-byte secrets that are stored.
  static DeviceKeys from(ByteView sign_seed, ByteView box_secret);
  static DeviceKeys random(const Entropy& entropy);
  [[nodiscard]] ByteView sign_seed() const { return sign_secret.view().first(32); }
  [[nodiscard]] DeviceKeys clone() const;
};

/// H("key-id"; stream, epoch, K). For a genesis `stream` is zeros.
KeyId key_id(const StreamId& stream, std::uint32_t epoch, ByteView key);

/// crypto_box_seal(K ‖ H("box"; stream, epoch, recipient)) with the ephemeral key from the entropy handed in.
wire::Box seal_key(const SignKey& recipient, const BoxKey& recipient_box, const StreamId& stream, std::uint32_t epoch,
                   ByteView key, const Entropy& entropy);
/// Errors: kBadBox (not for me, or for another stream or epoch, or not the key named by `id`).
Result<Key> open_key(const wire::Box& box, const DeviceKeys& me, const StreamId& stream, std::uint32_t epoch,
                     const KeyId& id);

/// The epoch record's way back: K_e under KDF(K_{e+1}, "prev-key"; stream, e).
decltype(wire::NewEpoch::old_key) seal_old_key(ByteView new_key, const StreamId& stream, std::uint32_t old_epoch,
                                               ByteView old_key, const Entropy& entropy);
Result<Key> open_old_key(const wire::NewEpoch& epoch, ByteView new_key, const StreamId& stream);

}  // namespace attune::crypto
