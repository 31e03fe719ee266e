#include "attune/space/phrase.h"

#include "attune/space/mnemonic.h"
#include "wire/tagged.h"

namespace attune::space {

std::vector<std::string> phrase_words(const Seed& seed) { return to_words(seed.view()); }

Result<Seed> read_phrase(std::string_view text) {
  Seed seed;
  TRY_VOID(from_words(text, seed.writable()));
  return seed;
}

crypto::DeviceKeys phrase_keys(const Seed& seed) {
  const Hash wide = wire::tagged_hash("phrase", {seed.view()});
  const crypto::Key key(wide.view());
  return crypto::DeviceKeys::from(crypto::derive(key.view(), "phrase-sign").view(),
                                  crypto::derive(key.view(), "phrase-box").view());
}

}  // namespace attune::space
