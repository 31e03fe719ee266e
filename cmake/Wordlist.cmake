# The 2,048 words of the recovery phrase (BIP-39, English), turned into one string
# with a space behind each: #include "attune/bip39_words.inc" where a literal may stand.

set(words "${ATTUNE_GENERATED_DIR}/attune/bip39_words.inc")
add_custom_command(
  OUTPUT "${words}"
  COMMAND "${PROJECT_SOURCE_DIR}/scripts/node.sh" "${PROJECT_SOURCE_DIR}/tools/wordlist/wordlist.mjs" "${words}"
  DEPENDS "${PROJECT_SOURCE_DIR}/tools/wordlist/wordlist.mjs" "${PROJECT_SOURCE_DIR}/tools/package-lock.json"
  COMMENT "Writing the table of recovery words" VERBATIM)
add_custom_target(attune_wordlist DEPENDS "${words}")
