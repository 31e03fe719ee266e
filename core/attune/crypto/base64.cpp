#include "attune/crypto/base64.h"

#include <sodium.h>

#include <array>

namespace attune::crypto {

namespace {
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> out{};
  out.fill(0xFF);
  for (std::size_t i = 0; i < kLetters.size(); ++i) {
    out[static_cast<std::uint8_t>(kLetters[i])] = static_cast<std::uint8_t>(i);
  }
  return out;
}();
}  // namespace

std::string to_base64(ByteView bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kVariant);
  out.pop_back();  // libsodium ends it with a zero
  return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
  Bytes out(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end, kVariant) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  out.resize(length);
  return out;
}

bool from_base64(std::string_view text, std::span<std::uint8_t> into) {
  if (text.size() != (into.size() * 4 + 2) / 3) return false;
  std::uint32_t bits = 0;
  unsigned have = 0;
  std::size_t at = 0;
  for (const char letter : text) {
    const std::uint8_t value = kValues[static_cast<std::uint8_t>(letter)];
    if (value == 0xFF) return false;
    bits = bits << 6 | value;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    into[at++] = static_cast<std::uint8_t>(bits >> have);
  }
  return (bits & ((1U << have) - 1)) == 0;  // the bits that are left over are zero, or another text would say the same
}

}  // namespace attune::crypto
