#include "attune/schema/scan.h"

#include <algorithm>

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

bool Scan::value(void* into, const Layout& layout) {
  std::string_view found;
  switch (layout.form) {
    case Form::text:
      if (!text(found)) return false;
      *static_cast<std::string*>(into) = found;
      return true;
    case Form::flag: {
      const bool yes = take("true");
      *static_cast<bool*>(into) = yes;
      return yes || take("false");
    }
    case Form::whole: {
      std::uint64_t whole = 0;
      return number(whole) && put_whole(whole, into, layout);
    }
    case Form::fixed: return text(found) && crypto::from_base64(found, {static_cast<std::uint8_t*>(into), layout.size});
    case Form::optional: layout.clear(into); return take("null") || value(layout.grow(into), *layout.of);
    default: return false;
  }
}

bool scan_fields(std::string_view text, void* into, const Layout& layout) {
  const std::span<const Member> all = members(layout);
  Scan scan(text);
  std::uint64_t seen = 0;
  std::size_t found = 0;
  if (all.size() > 64 || !scan.take('{')) return false;
  if (!scan.take('}')) {
    do {
      std::string_view key;
      if (!scan.text(key) || !scan.take(':')) return false;
      const auto at = std::ranges::find_if(all, [&](const Member& member) { return key == member.name; });
      const std::uint64_t bit = std::uint64_t{1} << static_cast<std::size_t>(at - all.begin()) % 64;
      if (at == all.end() || (seen & bit) != 0 || !scan.value(at->in(into), *at->layout)) return false;
      seen |= bit;
      ++found;
    } while (scan.take(','));
    if (!scan.take('}')) return false;
  }
  if (!scan.finished() || found != all.size()) return false;
  if (layout.bound != nullptr) layout.bound(into);
  return true;
}

}  // namespace attune::schema
