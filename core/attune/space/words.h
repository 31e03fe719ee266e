// The 2,048 English words of BIP-39, used for recovery phrases and for words two people compare.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"

namespace attune::space {

std::string_view word(std::uint16_t index);
/// Case and surrounding marks do not matter; none: not in the list.
std::optional<std::uint16_t> word_index(std::string_view text);

/// The first 44 bits of a hash as four words: what two people read to each other.
std::vector<std::string> four_words(const Hash& hash);

}  // namespace attune::space
