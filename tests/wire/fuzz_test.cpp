#include "fuzz/bodies.h"
#include "fuzz/corpora.h"

namespace attune::tests {
namespace {

TEST(Fuzzing, WhatIsKeptInTheCorporaBreaksNoPromise) { feed_what_is_kept(kFuzzTargets, 10); }

}  // namespace
}  // namespace attune::tests
