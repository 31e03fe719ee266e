// The core's invalid table: what it makes of broken bytes (seals, boxes, streams, invitations, words, codes, JSON),
// natively and in WebAssembly alike. What a whole device refuses stands in tests/sim/refusals/.
#pragma once

#include "vectors/invalid.h"

namespace attune::tests {

const std::vector<Row>& core_invalid_table();

}  // namespace attune::tests
