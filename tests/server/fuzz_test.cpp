#include "fuzz/corpora.h"
#include "fuzz/server_bodies.h"

namespace attune::tests {
namespace {

TEST(ServerFuzzing, WhatIsKeptInTheCorporaBreaksNoPromise) { feed_what_is_kept(kServerFuzzTargets, 4); }

}  // namespace
}  // namespace attune::tests
