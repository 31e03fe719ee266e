// The corpora that fuzzing left behind, through the same bodies: what once broke a promise does not do so again.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

#include "fuzz/bodies.h"

namespace attune::tests {

inline void feed_what_is_kept(std::span<const FuzzTarget> targets, std::size_t least_files) {
  for (const FuzzTarget& target : targets) {
    std::size_t files = 0;
    const std::string folder = std::string(ATTUNE_SOURCE_DIR "/tests/fuzz/corpus/") + target.name;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      SCOPED_TRACE(entry.path());
      std::ifstream in(entry.path(), std::ios::binary);
      const Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      target.body(bytes);
      ++files;
    }
    EXPECT_GE(files, least_files) << target.name;
  }
}

}  // namespace attune::tests
