#include "attune/space/words.h"

namespace attune::space {

namespace {

// One string and no table: where each of them stands would take more of the module than the words do.
constexpr std::string_view kWords =
#include "attune/bip39_words.inc"
    ;
constexpr std::uint16_t kCount = 2048;

/// Takes the first word off the rest.
std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size() + 1);
  return word;
}

}  // namespace

std::string_view word(std::uint16_t index) {
  std::string_view rest = kWords;
  for (int before = index % kCount; before > 0; --before) take_word(rest);
  return take_word(rest);
}

std::optional<std::uint16_t> word_index(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') plain.push_back(c);
    if (c >= 'A' && c <= 'Z') plain.push_back(static_cast<char>(c - 'A' + 'a'));
  }
  std::string_view rest = kWords;
  for (std::uint16_t index = 0; index < kCount; ++index) {
    if (take_word(rest) == plain) return index;
  }
  return std::nullopt;
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
