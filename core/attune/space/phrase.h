// The recovery phrase: 16 random bytes as 12 BIP-39 words. It is a device whose keys derive from the words (PROTOCOL.md
// 10).
#pragma once

#include "attune/crypto/keys.h"
#include "attune/space/errors.h"
#include "attune/space/words.h"

namespace attune::space {

using Seed = crypto::Secret<16>;

/// Twelve words (mnemonic.h).
std::vector<std::string> phrase_words(const Seed& seed);
/// Errors: kWordCount, kUnknownWord, kWordChecksum.
Result<Seed> read_phrase(std::string_view text);
/// K = H("phrase"; seed); Ed25519 seed KDF(K, "phrase-sign"), X25519 secret KDF(K, "phrase-box").
crypto::DeviceKeys phrase_keys(const Seed& seed);

}  // namespace attune::space
