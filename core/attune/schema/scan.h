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
  bool value(void* into, const Layout& layout);
  template <class T>
  bool value(T& into) {
    return value(&into, kLayout<T>);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Reads a described struct from a JSON object's text, as parse() and read() would. `into` is as it was made.
/// Quickly: false, if there is more to it than what this program writes itself; `into` may have changed then.
bool scan_fields(std::string_view text, void* into, const Layout& layout);
template <class T>
bool read_text(std::string_view text, T& into) {
  if (scan_fields(text, &into, kLayout<T>)) return true;
  into = T{};
  const auto json = parse(text);
  return json && read(*json, into);
}

}  // namespace attune::schema
