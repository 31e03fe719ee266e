// What a person should see, worked out a second time in the simplest way: from the decrypted events in their order,
// searching through all of them for every question. It shares no code with the folds and views it is compared to.
#pragma once

#include "sim/inside.h"

namespace attune::sim {

/// {"cherish": …, "openup": …, "listen": …} as the views of these names, and "awaiting": pairs of kind and item,
/// sorted. True only of a device on which nothing waits to be sent.
Json second_fold(const Inside& inside, std::int64_t now_ms);

}  // namespace attune::sim
