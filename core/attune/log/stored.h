// A value as bytes on this device, from the one list of its fields: what a snapshot is written with.
//
// Numbers little-endian in their width, a flag or an enum one byte, ids as they are, lists with a count u32 in front.
// `shape` names the layout, fields and all: what was written in another shape is not read.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "attune/log/sorted.h"
#include "attune/schema/json.h"

namespace attune::log {

/// Writes values behind one another.
class Put {
 public:
  template <class T>
  void operator()(const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) {
      number(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
      number(value);
    } else if constexpr (requires { T::kSize; }) {
      raw(value.bytes.data(), value.bytes.size());
    } else if constexpr (schema::IsOptional<T>::value) {
      (*this)(value.has_value());
      if (value) (*this)(*value);
    } else if constexpr (boost::describe::has_describe_members<T>::value) {
      boost::mp11::mp_for_each<schema::Fields<T>>([&](auto field) { (*this)(value.*field.pointer); });
    } else if constexpr (requires { value.first; }) {
      (*this)(value.first);
      (*this)(value.second);
    } else {
      number(static_cast<std::uint32_t>(value.size()));
      for (const auto& each : value) (*this)(each);
    }
  }
  [[nodiscard]] Bytes take() && {
    out_.resize(size_);
    return std::move(out_);
  }

 private:
  template <class Integer>
  void number(Integer value) {
    std::array<std::uint8_t, sizeof(Integer)> bytes{};
    auto rest = static_cast<std::uint64_t>(value);
    for (std::uint8_t& byte : bytes) {
      byte = static_cast<std::uint8_t>(rest);
      rest >>= 8;
    }
    raw(bytes.data(), bytes.size());
  }
  void raw(const std::uint8_t* bytes, std::size_t size) {
    if (out_.size() - size_ < size) out_.resize(2 * out_.size() + size + 64);
    std::memcpy(out_.data() + size_, bytes, size);
    size_ += size;
  }

  Bytes out_;
  std::size_t size_ = 0;
};

/// Reads what Put wrote. Whatever else the bytes are, nothing is read beyond them, and `finished` says no.
class Get {
 public:
  explicit Get(ByteView in) : in_(in) {}

  template <class T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      const auto flag = number<std::uint8_t>();
      if (flag > 1) fail();
      value = flag == 1;
    } else if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(number<std::uint8_t>());
    } else if constexpr (std::is_integral_v<T>) {
      value = number<T>();
    } else if constexpr (requires { T::kSize; }) {
      if (const std::uint8_t* bytes = raw(T::kSize)) std::memcpy(value.bytes.data(), bytes, T::kSize);
    } else if constexpr (schema::IsOptional<T>::value) {
      bool there = false;
      (*this)(there);
      value.reset();
      if (there) (*this)(value.emplace());
    } else if constexpr (boost::describe::has_describe_members<T>::value) {
      boost::mp11::mp_for_each<schema::Fields<T>>([&](auto field) { (*this)(value.*field.pointer); });
    } else if constexpr (requires { value.first; }) {
      (*this)(value.first);
      (*this)(value.second);
    } else {
      items(value);
    }
  }
  [[nodiscard]] bool finished() const { return good_ && in_.empty(); }

 private:
  template <class T>
  void items(T& value) {
    const auto count = number<std::uint32_t>();
    if constexpr (requires { value.fill(typename T::value_type{}); }) {  // an array
      if (count != value.size()) return fail();
      for (auto& each : value) (*this)(each);
    } else {
      value = T{};
      // Every item takes a byte at least.
      if constexpr (requires { value.reserve(count); }) value.reserve(std::min<std::size_t>(count, in_.size()));
      for (std::uint32_t i = 0; i < count && good_; ++i) {
        auto each = blank(value);
        (*this)(each);
        add(value, std::move(each));
      }
    }
  }
  template <class T>
  static auto blank(const T&) {
    if constexpr (requires { typename T::mapped_type; }) {
      return std::pair<typename T::key_type, typename T::mapped_type>{};
    } else {
      return std::iter_value_t<typename T::const_iterator>{};
    }
  }
  template <class T, class Each>
  void add(T& value, Each each) {
    if constexpr (requires { value.append(std::move(each)); } && !std::is_same_v<T, std::string>) {
      if (!value.append(std::move(each))) fail();
    } else if constexpr (requires { value.push_back(std::move(each)); }) {
      value.push_back(std::move(each));
    } else {
      value.insert(std::move(each));
    }
  }
  template <class Integer>
  Integer number() {
    std::uint64_t value = 0;
    const std::uint8_t* bytes = raw(sizeof(Integer));
    for (std::size_t i = sizeof(Integer); bytes != nullptr && i-- > 0;) value = value << 8 | bytes[i];
    return static_cast<Integer>(value);
  }
  const std::uint8_t* raw(std::size_t size) {
    if (!good_ || in_.size() < size) {
      fail();
      return nullptr;
    }
    const std::uint8_t* out = in_.data();
    in_ = in_.subspan(size);
    return out;
  }
  void fail() { good_ = false; }

  ByteView in_;
  bool good_ = true;
};

/// The layout of T in words, behind what stands there.
template <class T>
void shape(std::string& out) {
  if constexpr (std::is_same_v<T, bool>) {
    out += "flag";
  } else if constexpr (std::is_enum_v<T>) {
    out += "enum";
  } else if constexpr (std::is_integral_v<T>) {
    out += "number";
    out += static_cast<char>('0' + sizeof(T));
  } else if constexpr (requires { T::kSize; }) {
    out += "fixed" + std::to_string(T::kSize);
  } else if constexpr (schema::IsOptional<T>::value) {
    out += "perhaps ";
    shape<typename T::value_type>(out);
  } else if constexpr (boost::describe::has_describe_members<T>::value) {
    out += '{';
    boost::mp11::mp_for_each<schema::Fields<T>>([&](auto field) {
      out += field.name;
      out += ' ';
      shape<std::remove_cvref_t<decltype(std::declval<T&>().*field.pointer)>>(out);
      out += ';';
    });
    out += '}';
  } else if constexpr (requires(T value) { value.first; }) {
    out += '(';
    shape<std::remove_cv_t<typename T::first_type>>(out);
    out += ',';
    shape<typename T::second_type>(out);
    out += ')';
  } else {
    out += '[';
    shape<std::iter_value_t<typename T::const_iterator>>(out);
    out += ']';
  }
}
template <class T>
std::string shape() {
  std::string out;
  shape<T>(out);
  return out;
}

}  // namespace attune::log
