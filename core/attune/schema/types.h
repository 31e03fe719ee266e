// The described structs as data, so that types and documents can be printed from them. Walked once, when the schema is
// asked for; nothing of it is needed to run.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "attune/schema/json.h"

namespace attune::schema {

/// What a value looks like in JSON.
struct Type {
  enum class Kind : std::uint8_t { text, truth, number, bytes, anything, list, optional, named };
  Kind kind = Kind::anything;
  std::string name;      ///< named: which; number: uint8 … int64
  std::vector<Type> of;  ///< list, optional: of what (one)
};

struct Field {
  std::string name;
  Type type;
};

/// A type with a name of its own: a struct, an enum, or an id.
struct Named {
  enum class Kind : std::uint8_t { structure, words, id };
  std::string name;           ///< in TypeScript and in the document
  std::string_view cpp;       ///< the C++ type it is
  Kind kind = Kind::structure;
  std::vector<Field> fields;  ///< structure
  std::vector<std::string> words;
  std::size_t bytes = 0;      ///< id
};

/// All named types met so far, in the order in which they can be read: what a type uses stands before it. Two C++ types
/// of the same name both stand here; a test keeps that from happening.
using Catalogue = std::vector<Named>;

/// "attune::client::AppView"
template <class T>
constexpr std::string_view cpp_name() {
  constexpr std::string_view kMarker = "T = ";
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find(kMarker) + kMarker.size());
  return name.substr(0, name.find_first_of(";]"));
}

/// The name of a type outside of C++: without namespaces, and for ids their tag's, without "Tag".
template <class T>
struct NameOf {
  static constexpr std::string_view value() {
    const std::string_view name = cpp_name<T>();
    return name.substr(name.rfind(':') + 1);
  }
};
template <std::size_t N, class Tag>
struct NameOf<Fixed<N, Tag>> {
  static constexpr std::string_view value() {
    const std::string_view tag = NameOf<Tag>::value();
    return tag.substr(0, tag.size() - std::string_view("Tag").size());
  }
};

template <class T>
std::vector<Field> fields_of(Catalogue& catalogue);

template <class T>
void add_named(Catalogue& catalogue) {
  if (std::ranges::find(catalogue, cpp_name<T>(), &Named::cpp) != catalogue.end()) return;
  Named named{.name = std::string(NameOf<T>::value()), .cpp = cpp_name<T>(), .fields = {}, .words = {}};
  if constexpr (IsFixed<T>::value) {
    named.kind = Named::Kind::id;
    named.bytes = T::kSize;
  } else if constexpr (std::is_enum_v<T>) {
    named.kind = Named::Kind::words;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto enumerator) { named.words.push_back(kebab(enumerator.name)); });
  } else {
    named.fields = fields_of<T>(catalogue);
  }
  catalogue.push_back(std::move(named));
}

/// The type of a T; named types it is made of are added to the catalogue.
template <class T>
Type type_of(Catalogue& catalogue) {
  using enum Type::Kind;
  if constexpr (std::is_same_v<T, Json>) {
    return {.kind = anything, .name = {}, .of = {}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = text, .name = {}, .of = {}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.kind = truth, .name = {}, .of = {}};
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return {.kind = bytes, .name = {}, .of = {}};
  } else if constexpr (std::is_integral_v<T>) {
    return {.kind = number, .name = (std::is_signed_v<T> ? "int" : "uint") + std::to_string(8 * sizeof(T)), .of = {}};
  } else if constexpr (IsList<T>::value) {
    return {.kind = list, .name = {}, .of = {type_of<typename T::value_type>(catalogue)}};
  } else if constexpr (IsOptional<T>::value) {
    return {.kind = optional, .name = {}, .of = {type_of<typename T::value_type>(catalogue)}};
  } else {
    add_named<T>(catalogue);
    return {.kind = named, .name = std::string(NameOf<T>::value()), .of = {}};
  }
}

template <class T>
std::vector<Field> fields_of(Catalogue& catalogue) {
  std::vector<Field> out;
  boost::mp11::mp_for_each<Fields<T>>([&](auto field) {
    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*field.pointer)>;
    out.push_back({.name = field.name, .type = type_of<Member>(catalogue)});
  });
  return out;
}

}  // namespace attune::schema
