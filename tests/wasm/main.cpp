// The checks that run natively in wire_tests and core_tests, as a WebAssembly module for run.mjs.
//
//   attune_alloc(n) -> ptr        room for the text of vectors.json
//   attune_run(ptr, n) -> ptr     runs everything; u32 passed, u32 failed. Failures are written to stderr.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "vectors/core/check.h"
#include "vectors/core/invalid.h"
#include "vectors/invalid.h"
#include "wire/tagged.h"

namespace {

struct Counts {
  std::uint32_t passed = 0;
  std::uint32_t failed = 0;

  void add(std::size_t good, const std::vector<std::string>& failures) {
    passed += static_cast<std::uint32_t>(good);
    failed += static_cast<std::uint32_t>(failures.size());
    for (const std::string& failure : failures) std::fprintf(stderr, "%s\n", failure.c_str());
  }
  void add(const attune::tests::Outcome& outcome) { add(outcome.passed, outcome.failures); }
};

Counts counts;

}  // namespace

extern "C" {

__attribute__((export_name("attune_alloc"))) void* attune_alloc(std::size_t size) { return std::malloc(size); }

__attribute__((export_name("attune_run"))) const Counts* attune_run(const char* json, std::size_t size) {
  counts = {};
  if (!attune::wire::initialise()) {
    counts.add(0, {"libsodium does not start"});
    return &counts;
  }
  const std::string_view vectors(json, size);
  counts.add(attune::tests::check_vectors(vectors));
  counts.add(attune::tests::check_core_vectors(vectors));
  for (const auto* table : {&attune::tests::invalid_table(), &attune::tests::core_invalid_table()}) {
    const auto broken = attune::tests::check_rows(*table);
    counts.add(table->size() - broken.size(), broken);
  }
  return &counts;
}

}  // extern "C"
