// "Are we in step?": two people compare where their histories stand (PROTOCOL.md 6).
#pragma once

#include "attune/log/reading.h"
#include "attune/space/errors.h"
#include "attune/space/words.h"

namespace attune::space {

/// The first 44 bits of H("step"; stream ‖ position u64 ‖ R).
std::vector<std::string> step_words(const log::Place& place);
/// "attune-step." ‖ base64url(stream ‖ position u64 ‖ R)
std::string step_code(const log::Place& place);
/// Errors: kBadStepCode.
Result<log::Place> read_step_code(std::string_view text);

}  // namespace attune::space
