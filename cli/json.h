// Reading JSON without exceptions: what is missing or of another type reads as empty.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace attune::cli {

/// Keeps the order of keys, so that what is printed is what the core said.
using Json = nlohmann::ordered_json;

/// Discarded (is_discarded()) if the text is no JSON.
inline Json parse_json(std::string_view text) { return Json::parse(text.begin(), text.end(), nullptr, false); }

inline const Json& at(const Json& from, std::string_view key) {
  static const Json kNothing;
  if (!from.is_object()) return kNothing;
  const auto found = from.find(std::string(key));
  return found == from.end() ? kNothing : *found;
}
inline std::string text_at(const Json& from, std::string_view key) {
  const Json& value = at(from, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}
inline std::int64_t number_at(const Json& from, std::string_view key) {
  const Json& value = at(from, key);
  return value.is_number() ? value.get<std::int64_t>() : 0;
}
inline bool flag_at(const Json& from, std::string_view key) {
  const Json& value = at(from, key);
  return value.is_boolean() && value.get<bool>();
}
/// The list, empty if there is none.
inline const Json& list_at(const Json& from, std::string_view key) {
  static const Json kEmpty = Json::array();
  const Json& value = at(from, key);
  return value.is_array() ? value : kEmpty;
}

}  // namespace attune::cli
