#include "attune/schema/scan.h"

namespace attune::schema {

bool Scan::take(char c) {
  if (at_ == text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool Scan::take(std::string_view word) {
  if (!text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool Scan::text(std::string_view& into) {
  if (!take('"')) return false;
  const std::size_t begin = at_;
  for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    const char c = text_[at_];
    if (c < ' ' || c > '~' || c == '\\') return false;
  }
  into = text_.substr(begin, at_ - begin);
  return take('"');
}

bool Scan::number(std::uint64_t& into) {
  const std::size_t begin = at_;
  into = 0;
  for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
    into = into * 10 + static_cast<std::uint64_t>(text_[at_] - '0');
  }
  const std::size_t digits = at_ - begin;
  if (digits == 0 || digits > 18 || (digits > 1 && text_[begin] == '0')) return false;
  // A fraction or an exponent would make it another number.
  return at_ == text_.size() || text_[at_] == ',' || text_[at_] == '}' || text_[at_] == ']';
}

bool Scan::plain_value() {
  std::string_view passed;
  std::uint64_t number_passed = 0;
  if (at_ == text_.size()) return false;
  switch (text_[at_]) {
    case '"': return text(passed);
    case 't': return take("true");
    case 'f': return take("false");
    case 'n': return take("null");
    default: return number(number_passed);
  }
}

bool Scan::flat_object(std::string_view& into) {
  const std::size_t begin = at_;
  if (!take('{')) return false;
  if (!take('}')) {
    std::string_view key;
    do {
      if (!text(key) || !take(':') || !plain_value()) return false;
    } while (take(','));
    if (!take('}')) return false;
  }
  into = text_.substr(begin, at_ - begin);
  return true;
}

}  // namespace attune::schema
