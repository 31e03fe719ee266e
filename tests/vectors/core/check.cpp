#include "vectors/core/check.h"

#include "vectors/core/parts.h"

namespace attune::tests {

Outcome check_core_vectors(std::string_view json) {
  Expect expect;
  const Json all = Json::parse(json.begin(), json.end(), nullptr, false);
  expect.at("vectors.json");
  const bool whole = all.is_object() && all.contains("wire") && all.contains("core");
  expect.that(whole, "is a file of vectors");
  if (!whole) return std::move(expect).take();
  check_sealing(all["core"], expect);
  check_streams(all["wire"], expect);
  check_space(all["core"], expect);
  return std::move(expect).take();
}

}  // namespace attune::tests
