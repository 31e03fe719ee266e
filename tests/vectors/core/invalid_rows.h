// The parts of the core's invalid table; see core/invalid.h.
#pragma once

#include "attune/crypto/keys.h"
#include "vectors/core/invalid.h"
#include "vectors/couple.h"

namespace attune::tests {

void add_sealing_rows(std::vector<Row>& rows);
void add_json_rows(std::vector<Row>& rows);
void add_reading_rows(std::vector<Row>& rows);
void add_stream_rows(std::vector<Row>& rows);
void add_key_rows(std::vector<Row>& rows);
void add_space_rows(std::vector<Row>& rows);

/// Forgets the value of a result.
template <class T>
Result<> forget(const Result<T>& result) {
  if (!result) return std::unexpected(result.error());
  return {};
}

/// Entropy that never repeats itself within a row and is the same in each run.
inline Entropy counting() {
  return [number = std::uint8_t{0}](std::span<std::uint8_t> out) mutable {
    for (std::uint8_t& byte : out) byte = ++number;
  };
}

inline crypto::DeviceKeys device(std::uint8_t number) {
  const auto seed = all<Hash>(number);
  return crypto::DeviceKeys::from(seed.view(), seed.view());
}

}  // namespace attune::tests
