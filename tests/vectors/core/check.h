// The vectors of vectors.json against the core's crypto, log and space, natively and in WebAssembly alike.
#pragma once

#include "vectors/check.h"

namespace attune::tests {

/// `json` is the text of tests/vectors/vectors.json.
Outcome check_core_vectors(std::string_view json);

}  // namespace attune::tests
