// Described types in the words of JSON Schema (2020-12).
#pragma once

#include "attune/schema/types.h"

namespace attune::schema {

/// JSON whose members stay in the order in which they were put in: a document is read by people, too.
using Document = nlohmann::ordered_json;

/// A named type is a reference to `#/$defs/<name>`. Whole numbers carry their width as `format`, bytes and ids are
/// base64url without padding.
Document document(const Type& type);

/// What stands under `$defs`. Every field is there: one that has no value is null.
Document document(const Named& named);

/// Arguments of a command or a view, fields or content of an event: an optional field may be missing.
Document document_of_fields(const std::vector<Field>& fields);

}  // namespace attune::schema
