#include "fuzz/core_bodies.h"
#include "fuzz/corpora.h"

namespace attune::tests {
namespace {

TEST(CoreFuzzing, WhatIsKeptInTheCorporaBreaksNoPromise) { feed_what_is_kept(kCoreFuzzTargets, 4); }

}  // namespace
}  // namespace attune::tests
