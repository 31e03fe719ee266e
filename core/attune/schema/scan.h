// Reading described structs from text without building a document first.
//
// What this program writes itself is compact: no spaces, no escapes, plain numbers. `Scan` reads exactly that and gives
// up on anything else, which the strict parser (schema/json.h) then decides on; so both never disagree on what a text
// says.
#pragma once

#include <array>

#include "attune/schema/json.h"

namespace attune::schema {

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  bool take(char c);
  bool take(std::string_view word);
  /// A text of printable ASCII without escapes.
  bool text(std::string_view& into);
  /// A whole number that is not negative, of at most 18 digits.
  bool number(std::uint64_t& into);
  /// Any one text, number, true, false or null.
  bool plain_value();
  /// An object of plain values; `into` is its text.
  bool flat_object(std::string_view& into);
  [[nodiscard]] bool finished() const { return at_ == text_.size(); }

  /// A value of a described struct's field. False: it stands there in another way, or the type is one for the parser.
  template <class T>
  bool value(T& into) {
    if constexpr (std::is_same_v<T, std::string>) {
      std::string_view found;
      if (!text(found)) return false;
      into = found;
      return true;
    } else if constexpr (std::is_same_v<T, bool>) {
      into = take("true");
      return into || take("false");
    } else if constexpr (std::is_integral_v<T>) {
      std::uint64_t found = 0;
      if (!number(found) || !std::in_range<T>(found)) return false;
      into = static_cast<T>(found);
      return true;
    } else if constexpr (IsFixed<T>::value) {
      std::string_view found;
      return text(found) && crypto::from_base64(found, into.bytes);
    } else if constexpr (IsOptional<T>::value) {
      into.reset();
      return take("null") || value(into.emplace());
    } else {
      return false;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Reads a described struct from a JSON object's text, as parse() and read() would.
template <class T>
bool read_text(std::string_view text, T& into) {
  constexpr std::size_t kFields = boost::mp11::mp_size<Fields<T>>::value;
  const auto quick = [&] {
    Scan scan(text);
    std::size_t found = 0;
    std::array<bool, kFields + 1> seen{};
    if (!scan.take('{')) return false;
    if (scan.take('}')) return kFields == 0 && scan.finished();
    do {
      std::string_view key;
      bool known = false;
      if (!scan.text(key) || !scan.take(':')) return false;
      std::size_t index = 0;
      boost::mp11::mp_for_each<Fields<T>>([&](auto field) {
        if (!known && !seen[index] && key == field.name && scan.value(into.*field.pointer)) {
          known = seen[index] = true;
          ++found;
        }
        ++index;
      });
      if (!known) return false;
    } while (scan.take(','));
    return scan.take('}') && scan.finished() && found == kFields;
  };
  if (quick()) return true;
  into = T{};
  const auto json = parse(text);
  return json && read(*json, into);
}

}  // namespace attune::schema
