// Secrets wipe themselves, are never copied by accident, printed or compared in variable time.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "wire/bytes.h"

namespace attune::crypto {

/// Overwrites memory in a way the compiler keeps.
void wipe(std::span<std::uint8_t> memory);
/// Equality in constant time; false for different lengths.
bool equal(ByteView a, ByteView b);

template <std::size_t N>
class Secret {
 public:
  Secret() = default;
  explicit Secret(ByteView from) { std::copy_n(from.begin(), N, bytes_.begin()); }
  ~Secret() { wipe(bytes_); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  /// A copy on purpose.
  [[nodiscard]] Secret clone() const { return Secret(view()); }
  [[nodiscard]] ByteView view() const { return ByteView{bytes_}; }
  [[nodiscard]] std::span<std::uint8_t> writable() { return bytes_; }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

using Key = Secret<32>;  ///< a symmetric key

}  // namespace attune::crypto
