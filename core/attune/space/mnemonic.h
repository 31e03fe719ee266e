// Secrets as words people can write down and type: BIP-39, "Generating the mnemonic".
#pragma once

#include <span>

#include "attune/space/errors.h"
#include "attune/space/words.h"

namespace attune::space {

/// 16 bytes as twelve words, 32 as twenty-four: the bits and, behind them, the first of their SHA-256 (one for every
/// 32), eleven bits a word.
std::vector<std::string> to_words(ByteView secret);

/// The words of `text` as a person types them or reads them off a sheet, numbered or not, into a secret of this size.
/// Errors: kWordCount, kUnknownWord, kWordChecksum; then `into` says nothing.
Result<> from_words(std::string_view text, std::span<std::uint8_t> into);

}  // namespace attune::space
