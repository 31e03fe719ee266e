// Every refusal there is. Each range stands beside what refuses (wire/errors.h, log/errors.h, …); this is all of them.
#pragma once

#include <span>

#include "wire/result.h"

namespace attune {

/// In the order of their numbers. A number and a name mean one thing, for ever (tests/core/schema_test.cpp).
std::span<const ErrorCode* const> all_error_codes();

}  // namespace attune
