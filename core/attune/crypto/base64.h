// base64url without padding (RFC 4648 section 5): how bytes stand in JSON, links and codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace attune::crypto {

std::string to_base64(ByteView bytes);
/// None: not strictly base64url.
std::optional<Bytes> from_base64(std::string_view text);
/// Exactly as many bytes as `into` has. Not for secrets: its time tells what stands there.
bool from_base64(std::string_view text, std::span<std::uint8_t> into);

template <class F>
std::optional<F> fixed_from_base64(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != F::kSize) return std::nullopt;
  return F::copy_of(*bytes);
}

}  // namespace attune::crypto
