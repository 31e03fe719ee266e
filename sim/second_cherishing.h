// The small things once more (how I am, I noticed, good news, touches, gestures, letters, the jar), written without the
// core's folds: from everything that was said, by walking through it each time.
#pragma once

#include "sim/inside.h"

namespace attune::sim {

/// What a device of this person shows of them once nothing waits: the views by their names, and what of them awaits the
/// person in Today under "awaiting", as pairs of kind and item.
Json second_cherishing(const std::vector<Said>& ours, const std::vector<Said>& mine, int person, std::int64_t now_ms,
                       const Json& cherish);

}  // namespace attune::sim
