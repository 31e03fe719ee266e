// One description, nothing typed twice: a struct's fields are listed once (Boost.Describe) and from that list come its
// JSON, its strict parser and (schema/typescript.h) the TypeScript types and the schema document.
//
// Fields may be text, bool, whole numbers, bytes (base64url), lists, optionals (null), described enums (their
// enumerators in kebab-case, a trailing underscore dropped) and described structs.
#pragma once

#include "attune/crypto/base64.h"
#include "attune/schema/layout.h"
#include "wire/result.h"

namespace attune::schema {

inline constexpr ErrorCode kBadJson{103, "bad-json", "The JSON is not of the form the schema describes."};

std::string kebab(std::string_view name);

/// The value at this place, which has this layout.
Json to_json(const void* value, const Layout& layout);
template <class T>
Json to_json(const T& value) {
  return to_json(&value, kLayout<T>);
}

bool read(const Json& from, void* into, const Layout& layout);
/// Reads `from` into `into`. A field that is missing keeps its default only if it is optional; unknown fields are
/// passed over (a newer version may have written them). A struct with bound() is told to bring what was read into what
/// it can be. False: not of this form.
template <class T>
bool read(const Json& from, T& into) {
  return read(from, &into, kLayout<T>);
}

template <class T>
Result<T> from_json(const Json& json) {
  T out{};
  if (!read(json, out)) return refuse(kBadJson);
  return out;
}

/// What of `from` a value made like this takes up: what else stands there is left out. Errors: kBadJson.
Result<Json> only_known(const Json& from, const Made& made);

/// No described struct nests deeper. Copying and writing a value takes stack for each level, so that somebody else's
/// brackets alone could end a program, in WebAssembly after a few thousand.
inline constexpr int kMaxDepth = 32;

/// Does the text nest lists and objects no deeper than kMaxDepth?
bool shallow(std::string_view text);

/// Strict: one JSON value, nothing behind it, valid UTF-8, nested no deeper than kMaxDepth. Errors: kBadJson.
Result<Json> parse(std::string_view text);

/// Text of a value. What is not valid UTF-8 has been refused where it came in.
std::string text(const Json& json);

}  // namespace attune::schema
