// Described types as TypeScript.
#pragma once

#include "attune/schema/types.h"

namespace attune::schema {

/// `string | null`, `Device[]`, …
std::string typescript(const Type& type);

/// An exported declaration: an interface, a union of words, or an alias of string for an id.
std::string typescript(const Named& named);

/// The same fields as arguments, in one line: an optional one may be left out. No fields: an object without any.
std::string typescript_arguments(const std::vector<Field>& fields);

}  // namespace attune::schema
