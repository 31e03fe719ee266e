// The parts of the invalid table; see invalid.h.
#pragma once

#include "vectors/invalid.h"
#include "wire/errors.h"

namespace attune::tests {

void add_record_rows(std::vector<Row>& rows);
void add_control_rows(std::vector<Row>& rows);
void add_founding_rows(std::vector<Row>& rows);
void add_member_rows(std::vector<Row>& rows);
void add_frame_rows(std::vector<Row>& rows);

/// Forgets the value of a result.
template <class T>
Result<> outcome(const Result<T>& result) {
  if (!result) return std::unexpected(result.error());
  return {};
}

}  // namespace attune::tests
