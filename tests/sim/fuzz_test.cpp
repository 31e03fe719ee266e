#include "fuzz/corpora.h"
#include "fuzz/life_bodies.h"

namespace attune::tests {
namespace {

TEST(LifeFuzzing, WhatIsKeptInTheCorporaBreaksNoPromise) { feed_what_is_kept(kLifeFuzzTargets, 4); }

}  // namespace
}  // namespace attune::tests
