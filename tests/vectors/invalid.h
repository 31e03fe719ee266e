// The invalid table: one row for every check that wire/ makes, natively and in WebAssembly alike.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace attune::tests {

struct Row {
  const ErrorCode& code;     ///< what the broken input must be refused with
  std::string_view what;     ///< what is broken
  /// With false the same input without the fault, which must be accepted: so the row is about its fault only.
  std::function<Result<>(bool broken)> check;
};

const std::vector<Row>& invalid_table();

/// One line for each row that did not behave; empty when all is well.
std::vector<std::string> check_rows(const std::vector<Row>& rows);
std::vector<std::string> check_invalid_table();

/// Codes of errors.h that no wire function gives: they are of the server's (or a reader's) own checks.
const std::vector<const ErrorCode*>& given_elsewhere();

}  // namespace attune::tests
