#include "attune/space/phrase.h"

#include <sodium.h>

#include "wire/tagged.h"

namespace attune::space {

namespace {

std::uint8_t checksum(ByteView seed) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), seed.data(), seed.size());
  return digest[0] >> 4;
}

}  // namespace

std::vector<std::string> phrase_words(const Seed& seed) {
  std::array<bool, 132> bits{};
  for (std::size_t i = 0; i < 128; ++i) bits[i] = (seed.view()[i / 8] >> (7 - i % 8) & 1) != 0;
  for (std::size_t i = 0; i < 4; ++i) bits[128 + i] = (checksum(seed.view()) >> (3 - i) & 1) != 0;
  std::vector<std::string> out;
  for (std::size_t w = 0; w < 12; ++w) {
    std::uint16_t index = 0;
    for (std::size_t b = 0; b < 11; ++b) index = static_cast<std::uint16_t>(index << 1 | (bits[w * 11 + b] ? 1 : 0));
    out.emplace_back(word(index));
  }
  return out;
}

Result<Seed> read_phrase(std::string_view text) {
  std::vector<std::uint16_t> indices;
  std::string current;
  std::size_t words = 0;
  bool unknown = false;
  const auto flush = [&] {
    if (current.empty()) return;
    ++words;
    const auto index = word_index(current);
    unknown = unknown || !index;
    indices.push_back(index.value_or(0));
    current.clear();
  };
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit_or_mark = (c >= '0' && c <= '9') || c == '.' || c == ')';  // "1. apple" from a sheet
    if (letter) {
      current.push_back(c);
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      current.push_back('?');  // a letter no word has: counted, unknown
      unknown = true;
    } else if (!digit_or_mark || !current.empty()) {
      flush();
    }
  }
  flush();
  if (words != 12) return refuse(kWordCount);
  if (unknown) return refuse(kUnknownWord);
  Seed seed;
  for (std::size_t i = 0; i < 128; ++i) {
    if ((indices[i / 11] >> (10 - i % 11) & 1) != 0) {
      seed.writable()[i / 8] = static_cast<std::uint8_t>(seed.writable()[i / 8] | 1U << (7 - i % 8));
    }
  }
  if ((indices[11] & 0xF) != checksum(seed.view())) return refuse(kWordChecksum);
  return seed;
}

crypto::DeviceKeys phrase_keys(const Seed& seed) {
  const Hash wide = wire::tagged_hash("phrase", {seed.view()});
  const crypto::Key key(wide.view());
  return crypto::DeviceKeys::from(crypto::derive(key.view(), "phrase-sign").view(),
                                  crypto::derive(key.view(), "phrase-box").view());
}

}  // namespace attune::space
