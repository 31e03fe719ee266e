#include "vectors/expect.h"

namespace attune::tests {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

Bytes from_hex(std::string_view text) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const auto high = kDigits.find(text[i]);
    const auto low = kDigits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string to_hex(ByteView bytes) {
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

void Expect::that(bool met, std::string_view what) {
  if (met) {
    ++outcome_.passed;
  } else {
    outcome_.failures.push_back(place_ + ": " + std::string(what));
  }
}

void Expect::same(ByteView made, ByteView wanted, std::string_view what) {
  const bool equal = std::ranges::equal(made, wanted);
  that(equal, equal ? std::string(what) : std::string(what) + " is " + to_hex(made) + ", not " + to_hex(wanted));
}

const Json& Entry::find(const char* name) const {
  static const Json nothing;
  const auto found = json_.is_object() ? json_.find(name) : json_.end();
  if (found == json_.end()) {
    expect_->that(false, std::string("has no ") + name);
    return nothing;
  }
  return *found;
}

std::string Entry::text(const char* name) const {
  const Json& value = find(name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::uint64_t Entry::number(const char* name) const {
  const Json& value = find(name);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

bool Entry::flag(const char* name) const {
  const Json& value = find(name);
  return value.is_boolean() ? value.get<bool>() : number(name) != 0;
}

bool Entry::none(const char* name) const {
  return !json_.is_object() || !json_.contains(name) || json_[name].is_null();
}

std::vector<Bytes> Entry::byte_list(const char* name) const {
  std::vector<Bytes> out;
  for (const std::string& text : text_list(name)) out.push_back(from_hex(text));
  return out;
}

std::vector<std::uint64_t> Entry::number_list(const char* name) const {
  std::vector<std::uint64_t> out;
  for (const Json& item : find(name)) out.push_back(item.is_number_unsigned() ? item.get<std::uint64_t>() : 0);
  return out;
}

std::vector<std::string> Entry::text_list(const char* name) const {
  std::vector<std::string> out;
  for (const Json& item : find(name)) out.push_back(item.is_string() ? item.get<std::string>() : std::string());
  return out;
}

}  // namespace attune::tests
