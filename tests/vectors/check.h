// The vectors of vectors.json against wire/, natively and in WebAssembly alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attune::tests {

struct Outcome {
  std::size_t passed = 0;
  std::vector<std::string> failures;  ///< one line for each expectation that was not met
};

/// `json` is the text of tests/vectors/vectors.json.
Outcome check_vectors(std::string_view json);

}  // namespace attune::tests
