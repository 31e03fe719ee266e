// Reading vectors.json and counting what was met. Nothing here throws: the same code runs in WebAssembly.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "vectors/check.h"
#include "wire/bytes.h"

namespace attune::tests {

using Json = nlohmann::json;

Bytes from_hex(std::string_view text);
std::string to_hex(ByteView bytes);

/// Collects expectations; `place` says where in the file they stand.
class Expect {
 public:
  void at(std::string place) { place_ = std::move(place); }
  void that(bool met, std::string_view what);
  void same(ByteView made, ByteView wanted, std::string_view what);
  Outcome take() && { return std::move(outcome_); }

 private:
  std::string place_;
  Outcome outcome_;
};

/// One object of the file. A missing or mistyped field is a failure and reads as nothing.
class Entry {
 public:
  Entry(const Json& json, Expect& expect) : json_(json), expect_(&expect) {}

  [[nodiscard]] Bytes bytes(const char* name) const { return from_hex(text(name)); }
  template <class F>
  F fixed(const char* name) const {
    const Bytes raw = bytes(name);
    expect_->that(raw.size() == F::kSize, name);
    return raw.size() == F::kSize ? F::copy_of(raw) : F{};
  }
  [[nodiscard]] std::string text(const char* name) const;
  [[nodiscard]] std::uint64_t number(const char* name) const;
  template <class Integer>
  Integer small(const char* name) const {
    return static_cast<Integer>(number(name));
  }
  [[nodiscard]] bool flag(const char* name) const;
  /// Absent or null?
  [[nodiscard]] bool none(const char* name) const;
  [[nodiscard]] Entry inside(const char* name) const { return {find(name), *expect_}; }
  /// What `each` makes of the objects of a list.
  template <class Each>
  auto list(const char* name, Each each) const {
    std::vector<decltype(each(*this))> out;
    for (const Json& item : find(name)) out.push_back(each(Entry(item, *expect_)));
    return out;
  }
  /// The strings or numbers of a list.
  [[nodiscard]] std::vector<Bytes> byte_list(const char* name) const;
  [[nodiscard]] std::vector<std::uint64_t> number_list(const char* name) const;
  [[nodiscard]] std::vector<std::string> text_list(const char* name) const;
  [[nodiscard]] const Json& find(const char* name) const;

 private:
  const Json& json_;
  Expect* expect_;
};

/// Calls `each(entry)` for the entries of `section`, naming them in failures; a missing section is a failure.
template <class Each>
void each_of(const Json& part, const char* section, Expect& expect, Each each) {
  const auto found = part.find(section);
  expect.at(section);
  expect.that(found != part.end() && found->is_array() && !found->empty(), "is there");
  if (found == part.end() || !found->is_array()) return;
  std::size_t index = 0;
  for (const Json& item : *found) {
    expect.at(std::string(section) + " " + std::to_string(index++));
    each(Entry(item, expect));
  }
}

}  // namespace attune::tests
