#include "attune/space/words.h"

namespace attune::space {

namespace {

constexpr std::array<std::string_view, 2048> kWords = {
#include "attune/bip39_words.inc"
};

}  // namespace

std::string_view word(std::uint16_t index) { return kWords[index % kWords.size()]; }

std::optional<std::uint16_t> word_index(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') plain.push_back(c);
    if (c >= 'A' && c <= 'Z') plain.push_back(static_cast<char>(c - 'A' + 'a'));
  }
  const auto at = std::ranges::lower_bound(kWords, std::string_view(plain));
  if (at == kWords.end() || *at != plain) return std::nullopt;
  return static_cast<std::uint16_t>(at - kWords.begin());
}

std::vector<std::string> four_words(const Hash& hash) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 6; ++i) bits = bits << 8 | hash.bytes[i];
  bits >>= 4;  // 48 → 44
  std::vector<std::string> out;
  for (int shift = 33; shift >= 0; shift -= 11)
    out.emplace_back(word(static_cast<std::uint16_t>(bits >> shift & 0x7FF)));
  return out;
}

}  // namespace attune::space
