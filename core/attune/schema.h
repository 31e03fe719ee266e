// The one schema: every event, command, view and refusal, as the structs in the core describe them. For programs that
// print it (`attune schema`, the build); a shell needs only core.h.
#pragma once

#include <string>

namespace attune {

/// A document in the words of JSON Schema: `$defs`, `events`, `commands`, `views`, `errors` (schema/SCHEMA.md).
std::string schema_json();

/// The same as TypeScript: interfaces and unions, and the maps `Views`, `Commands`, `ErrorCode`.
std::string schema_typescript();

}  // namespace attune
