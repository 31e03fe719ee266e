// Parts of core/check.cpp.
#pragma once

#include "attune/crypto/keys.h"
#include "vectors/expect.h"

namespace attune::tests {

/// Entropy that hands out exactly these bytes, in this order, and zeros when they are used up.
inline Entropy entropy_of(Bytes bytes) {
  return [bytes = std::move(bytes), at = std::size_t{0}](std::span<std::uint8_t> out) mutable {
    for (std::uint8_t& byte : out) byte = at < bytes.size() ? bytes[at++] : std::uint8_t{0};
  };
}

/// Bytes that must be there in this size, so that what reads a fixed number of them may.
template <std::size_t N>
Bytes exactly(const Entry& entry, const char* name) {
  const auto fixed = entry.fixed<Fixed<N, struct AnyTag>>(name);
  return Bytes(fixed.bytes.begin(), fixed.bytes.end());
}

inline crypto::DeviceKeys device_keys(const Entry& entry, const char* seed, const char* box_secret) {
  return crypto::DeviceKeys::from(exactly<32>(entry, seed), exactly<32>(entry, box_secret));
}

inline Bytes flipped(Bytes bytes, std::size_t bit) {
  bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  return bytes;
}

void check_sealing(const Json& core, Expect& expect);
void check_streams(const Json& wire, Expect& expect);
void check_space(const Json& core, Expect& expect);

}  // namespace attune::tests
