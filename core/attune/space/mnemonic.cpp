#include "attune/space/mnemonic.h"

#include <sodium.h>

namespace attune::space {

namespace {

constexpr std::size_t kBitsOfWord = 11;

std::uint8_t checksum_byte(ByteView secret) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), secret.data(), secret.size());
  return digest[0];
}

bool bit_of(std::uint8_t byte, std::size_t at) { return (byte >> (7 - at) & 1) != 0; }

/// The indices of the words in a text; none: a word that is not in the list. Counted either way.
struct Typed {
  std::vector<std::uint16_t> indices;
  bool unknown = false;
};

Typed read(std::string_view text) {
  Typed out;
  std::string current;
  const auto flush = [&] {
    if (current.empty()) return;
    const auto index = word_index(current);
    out.unknown = out.unknown || !index;
    out.indices.push_back(index.value_or(0));
    current.clear();
  };
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit_or_mark = (c >= '0' && c <= '9') || c == '.' || c == ')';  // "1. apple" from a sheet
    if (letter) {
      current.push_back(c);
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      current.push_back('?');  // a letter no word has: counted, unknown
      out.unknown = true;
    } else if (!digit_or_mark || !current.empty()) {
      flush();
    }
  }
  flush();
  return out;
}

}  // namespace

std::vector<std::string> to_words(ByteView secret) {
  const std::uint8_t checksum = checksum_byte(secret);
  const std::size_t bits = secret.size() * 8;
  const auto bit = [&](std::size_t at) {
    return at < bits ? bit_of(secret[at / 8], at % 8) : bit_of(checksum, at - bits);
  };
  std::vector<std::string> out;
  for (std::size_t first = 0; first < bits + bits / 32; first += kBitsOfWord) {
    std::uint16_t index = 0;
    for (std::size_t b = 0; b < kBitsOfWord; ++b) {
      index = static_cast<std::uint16_t>(index << 1 | (bit(first + b) ? 1 : 0));
    }
    out.emplace_back(word(index));
  }
  return out;
}

Result<> from_words(std::string_view text, std::span<std::uint8_t> into) {
  const Typed typed = read(text);
  const std::size_t bits = into.size() * 8;
  const std::size_t check_bits = bits / 32;
  if (typed.indices.size() != (bits + check_bits) / kBitsOfWord) return refuse(kWordCount);
  if (typed.unknown) return refuse(kUnknownWord);
  std::ranges::fill(into, std::uint8_t{0});
  const auto bit = [&](std::size_t at) {
    return (typed.indices[at / kBitsOfWord] >> (kBitsOfWord - 1 - at % kBitsOfWord) & 1) != 0;
  };
  for (std::size_t at = 0; at < bits; ++at) {
    if (bit(at)) into[at / 8] = static_cast<std::uint8_t>(into[at / 8] | 1U << (7 - at % 8));
  }
  const std::uint8_t checksum = checksum_byte(into);
  for (std::size_t at = 0; at < check_bits; ++at) {
    if (bit(bits + at) != bit_of(checksum, at)) return refuse(kWordChecksum);
  }
  return {};
}

}  // namespace attune::space
