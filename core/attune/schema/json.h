// One description, nothing typed twice: a struct's fields are listed once (Boost.Describe) and from that list come its
// JSON, its strict parser and (schema/typescript.h) the TypeScript types and the schema document.
//
// Fields may be text, bool, whole numbers, bytes (base64url), lists, optionals (null), described enums (their
// enumerators in kebab-case, a trailing underscore dropped) and described structs.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attune/crypto/base64.h"
#include "wire/result.h"

namespace attune::schema {

using Json = nlohmann::json;

inline constexpr ErrorCode kBadJson{103, "bad-json", "The JSON is not of the form the schema describes."};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <>
struct IsList<Bytes> : std::false_type {};
template <class T>
struct IsFixed : std::false_type {};
template <std::size_t N, class Tag>
struct IsFixed<Fixed<N, Tag>> : std::true_type {};

template <class T>
using Fields = boost::describe::describe_members<T, boost::describe::mod_any_access>;

inline std::string kebab(std::string_view name) {
  std::string out(name);
  if (out.ends_with('_')) out.pop_back();
  std::ranges::replace(out, '_', '-');
  return out;
}

template <class T>
Json to_json(const T& value) {
  if constexpr (std::is_same_v<T, Json> || std::is_same_v<T, std::string> || std::is_same_v<T, bool> ||
                (std::is_integral_v<T>)) {
    return value;
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return crypto::to_base64(value);
  } else if constexpr (IsFixed<T>::value) {
    return crypto::to_base64(value.view());
  } else if constexpr (IsOptional<T>::value) {
    return value ? to_json(*value) : Json(nullptr);
  } else if constexpr (IsList<T>::value) {
    Json out = Json::array();
    for (const auto& item : value) out.push_back(to_json(item));
    return out;
  } else if constexpr (std::is_enum_v<T>) {
    return kebab(boost::describe::enum_to_string(value, "unknown"));
  } else {
    Json out = Json::object();
    boost::mp11::mp_for_each<Fields<T>>([&](auto field) { out[field.name] = to_json(value.*field.pointer); });
    return out;
  }
}

/// Reads `from` into `into`. A field that is missing keeps its default only if it is optional; unknown fields are
/// passed over (a newer version may have written them). A struct with bound() is told to bring what was read into what
/// it can be. False: not of this form.
template <class T>
bool read(const Json& from, T& into) {
  if constexpr (std::is_same_v<T, Json>) {
    into = from;
    return true;
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!from.is_string()) return false;
    into = from.get_ref<const std::string&>();
    return true;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!from.is_boolean()) return false;
    into = from.get<bool>();
    return true;
  } else if constexpr (std::is_integral_v<T>) {
    if (from.is_number_unsigned()) {
      const auto value = from.get<std::uint64_t>();
      into = static_cast<T>(value);
      return std::in_range<T>(value);
    }
    if (!from.is_number_integer()) return false;
    const auto value = from.get<std::int64_t>();
    into = static_cast<T>(value);
    return std::in_range<T>(value);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    if (!from.is_string()) return false;
    auto bytes = crypto::from_base64(from.get_ref<const std::string&>());
    if (!bytes) return false;
    into = std::move(*bytes);
    return true;
  } else if constexpr (IsFixed<T>::value) {
    if (!from.is_string()) return false;
    const auto fixed = crypto::fixed_from_base64<T>(from.get_ref<const std::string&>());
    if (!fixed) return false;
    into = *fixed;
    return true;
  } else if constexpr (IsOptional<T>::value) {
    if (from.is_null()) {
      into.reset();
      return true;
    }
    return read(from, into.emplace());
  } else if constexpr (IsList<T>::value) {
    if (!from.is_array()) return false;
    into.clear();
    for (const auto& item : from) {
      if (!read(item, into.emplace_back())) return false;
    }
    return true;
  } else if constexpr (std::is_enum_v<T>) {
    if (!from.is_string()) return false;
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
      if (kebab(enumerator.name) == from.get_ref<const std::string&>()) {
        into = enumerator.value;
        found = true;
      }
    });
    return found;
  } else {
    if (!from.is_object()) return false;
    bool good = true;
    boost::mp11::mp_for_each<Fields<T>>([&](auto field) {
      auto& member = into.*field.pointer;
      const auto at = from.find(field.name);
      if (at == from.end()) {
        good = good && IsOptional<std::remove_reference_t<decltype(member)>>::value;
      } else {
        good = good && read(*at, member);
      }
    });
    if constexpr (requires { into.bound(); }) into.bound();
    return good;
  }
}

template <class T>
Result<T> from_json(const Json& json) {
  T out{};
  if (!read(json, out)) return refuse(kBadJson);
  return out;
}

/// No described struct nests deeper. Copying and writing a value takes stack for each level, so that somebody else's
/// brackets alone could end a program, in WebAssembly after a few thousand.
inline constexpr int kMaxDepth = 32;

/// Does the text nest lists and objects no deeper than kMaxDepth?
inline bool shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return false;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return true;
}

/// Strict: one JSON value, nothing behind it, valid UTF-8, nested no deeper than kMaxDepth. Errors: kBadJson.
inline Result<Json> parse(std::string_view text) {
  if (!shallow(text)) return refuse(kBadJson);
  Json out = Json::parse(text.begin(), text.end(), nullptr, false);
  if (out.is_discarded()) return refuse(kBadJson);
  return out;
}

/// Text of a value. What is not valid UTF-8 has been refused where it came in.
inline std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace attune::schema
