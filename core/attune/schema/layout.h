// A described type as data: what one small interpreter (json.cpp) goes by, where a function for every type would be
// most of the module that a phone has to fetch.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "wire/bytes.h"

namespace attune::schema {

using Json = nlohmann::json;

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

/// What a value is. whole: a number of `size` bytes · fixed: `size` bytes as they are · choice: one of an enum ·
/// fields: a described struct
enum class Form : std::uint8_t { json, text, flag, whole, bytes, fixed, optional, list, choice, fields };

struct Layout;

struct Member {
  const char* name;
  void* (*in)(void*);  ///< the member of this object
  const Layout* layout;
};

/// An enumerator as C++ spells it.
struct Choice {
  const char* name;
  std::uint8_t value;
};

/// Where a list's items lie.
struct Items {
  void* first = nullptr;
  std::size_t count = 0;
};

struct Layout {
  Form form = Form::json;
  bool is_signed = false;          ///< of a whole number
  std::uint32_t size = 0;          ///< bytes of a whole number, of what is fixed, of an item of a list
  const Layout* of = nullptr;      ///< what an optional or a list holds
  const void* parts = nullptr;     ///< Member or Choice
  std::uint32_t count = 0;         ///< so many parts
  void* (*inside)(void*) = nullptr;   ///< of an optional; null: it is empty
  void* (*grow)(void*) = nullptr;     ///< makes room in an optional, or for one more behind a list's others
  void (*clear)(void*) = nullptr;     ///< of an optional or a list
  Items (*items)(void*) = nullptr;    ///< of a list
  void (*bound)(void*) = nullptr;     ///< brings what was read into what it can be; may be missing
};

inline std::span<const Member> members(const Layout& layout) {
  return {static_cast<const Member*>(layout.parts), layout.count};
}

template <class Integer, class From>
bool put_as(From from, void* into) {
  const auto value = static_cast<Integer>(from);
  std::memcpy(into, &value, sizeof(value));
  return std::in_range<Integer>(from);
}

/// Puts a whole number where one of this layout stands. False: it has no room there.
template <class From>
bool put_whole(From from, void* into, const Layout& layout) {
  switch (layout.size) {
    case 1: return layout.is_signed ? put_as<std::int8_t>(from, into) : put_as<std::uint8_t>(from, into);
    case 2: return layout.is_signed ? put_as<std::int16_t>(from, into) : put_as<std::uint16_t>(from, into);
    case 4: return layout.is_signed ? put_as<std::int32_t>(from, into) : put_as<std::uint32_t>(from, into);
    default: return layout.is_signed ? put_as<std::int64_t>(from, into) : put_as<std::uint64_t>(from, into);
  }
}

template <class T>
constexpr Layout layout_of();

/// The one layout of each type.
template <class T>
inline constexpr Layout kLayout = layout_of<T>();

template <class T, auto kMember>
void* member_of(void* object) {
  return &(static_cast<T*>(object)->*kMember);
}

template <class T>
inline constexpr auto kMembers = []<template <class...> class List, class... Field>(List<Field...>) {
  return std::array<Member, sizeof...(Field) + 1>{
      Member{Field::name, &member_of<T, Field::pointer>,
             &kLayout<std::remove_cvref_t<decltype(std::declval<T&>().*Field::pointer)>>}...,
      Member{nullptr, nullptr, nullptr}};
}(Fields<T>{});

template <class T>
inline constexpr auto kChoices = []<template <class...> class List, class... One>(List<One...>) {
  return std::array<Choice, sizeof...(One)>{Choice{One::name, static_cast<std::uint8_t>(One::value)}...};
}(boost::describe::describe_enumerators<T>{});

template <class T>
constexpr Layout layout_of() {
  Layout out;
  if constexpr (std::is_same_v<T, Json>) {
    out.form = Form::json;
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.form = Form::text;
  } else if constexpr (std::is_same_v<T, bool>) {
    out.form = Form::flag;
  } else if constexpr (std::is_integral_v<T>) {
    out.form = Form::whole;
    out.is_signed = std::is_signed_v<T>;
    out.size = sizeof(T);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    out.form = Form::bytes;
  } else if constexpr (IsFixed<T>::value) {
    static_assert(sizeof(T) == T::kSize);
    out.form = Form::fixed;
    out.size = T::kSize;
  } else if constexpr (IsOptional<T>::value) {
    out.form = Form::optional;
    out.of = &kLayout<typename T::value_type>;
    out.inside = [](void* value) -> void* {
      auto& optional = *static_cast<T*>(value);
      return optional ? &*optional : nullptr;
    };
    out.grow = [](void* value) -> void* { return &static_cast<T*>(value)->emplace(); };
    out.clear = [](void* value) { static_cast<T*>(value)->reset(); };
  } else if constexpr (IsList<T>::value) {
    out.form = Form::list;
    out.size = sizeof(typename T::value_type);
    out.of = &kLayout<typename T::value_type>;
    out.grow = [](void* value) -> void* { return &static_cast<T*>(value)->emplace_back(); };
    out.clear = [](void* value) { static_cast<T*>(value)->clear(); };
    out.items = [](void* value) {
      auto& list = *static_cast<T*>(value);
      return Items{.first = list.data(), .count = list.size()};
    };
  } else if constexpr (std::is_enum_v<T>) {
    static_assert(sizeof(T) == 1);
    out.form = Form::choice;
    out.parts = kChoices<T>.data();
    out.count = kChoices<T>.size();
  } else {
    out.form = Form::fields;
    out.parts = kMembers<T>.data();
    out.count = kMembers<T>.size() - 1;
    if constexpr (requires(T value) { value.bound(); }) {
      out.bound = [](void* value) { static_cast<T*>(value)->bound(); };
    }
  }
  return out;
}

/// How one of them is made where nothing but its layout is known.
struct Made {
  const Layout* layout;
  std::size_t size;
  void (*make)(void*);
  void (*end)(void*);
};
template <class T>
inline constexpr Made kMade{.layout = &kLayout<T>,
                            .size = sizeof(T),
                            .make = [](void* at) { new (at) T{}; },
                            .end = [](void* at) { static_cast<T*>(at)->~T(); }};

}  // namespace attune::schema
