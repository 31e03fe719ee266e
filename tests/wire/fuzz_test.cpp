// The corpora that fuzzing left behind, through the same bodies: what once broke a decoder does not do so again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/bodies.h"

namespace attune::tests {
namespace {

TEST(Fuzzing, WhatIsKeptInTheCorporaBreaksNoPromise) {
  for (const FuzzTarget& target : kFuzzTargets) {
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(ATTUNE_SOURCE_DIR "/tests/fuzz/corpus/") + target.name)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      target.body(bytes);
      ++files;
    }
    EXPECT_GE(files, 10u) << target.name;
  }
}

}  // namespace
}  // namespace attune::tests
