#include "wire/tagged.h"

#include <cassert>

#include <sodium.h>

namespace attune::wire {
namespace {

constexpr std::string_view kPrefix = "attune/v1/";
constexpr std::size_t kLongestTag = 64;

/// len8(tag) ‖ tag, the front of everything hashed or signed here.
struct Front {
  std::array<std::uint8_t, 1 + kLongestTag> bytes{};
  std::size_t size = 0;

  explicit Front(std::string_view tag) {
    assert(kPrefix.size() + tag.size() <= kLongestTag);
    size = 1 + kPrefix.size() + tag.size();
    bytes[0] = static_cast<std::uint8_t>(size - 1);
    std::ranges::copy(as_bytes(kPrefix), bytes.begin() + 1);
    std::ranges::copy(as_bytes(tag), bytes.begin() + 1 + kPrefix.size());
  }
  [[nodiscard]] ByteView view() const { return ByteView{bytes}.first(size); }
};

Hash blake2b(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), key.size(), Hash::kSize);
  const Front front(tag);
  crypto_generichash_update(&state, front.bytes.data(), front.size);
  for (const ByteView part : parts) crypto_generichash_update(&state, part.data(), part.size());
  Hash out;
  crypto_generichash_final(&state, out.bytes.data(), out.bytes.size());  // and wipes what it came from
  return out;
}

/// libsodium signs whole messages only, so the parts are laid one behind the other.
Bytes message(std::string_view tag, std::initializer_list<ByteView> parts) {
  Writer out;
  out.bytes(Front(tag).view());
  for (const ByteView part : parts) out.bytes(part);
  return std::move(out).take();
}

}  // namespace

bool initialise() { return sodium_init() >= 0; }

Hash tagged_hash(std::string_view tag, std::initializer_list<ByteView> parts) { return blake2b({}, tag, parts); }

Hash tagged_kdf(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts) {
  assert(key.size() == Hash::kSize);
  return blake2b(key, tag, parts);
}

Signature tagged_sign(ByteView secret, std::string_view tag, std::initializer_list<ByteView> parts) {
  assert(secret.size() == crypto_sign_SECRETKEYBYTES);
  const Bytes signed_bytes = message(tag, parts);
  Signature out;
  crypto_sign_detached(out.bytes.data(), nullptr, signed_bytes.data(), signed_bytes.size(), secret.data());
  return out;
}

bool tagged_verify(const SignKey& key, const Signature& signature, std::string_view tag,
                   std::initializer_list<ByteView> parts) {
  const Bytes signed_bytes = message(tag, parts);
  return crypto_sign_verify_detached(signature.bytes.data(), signed_bytes.data(), signed_bytes.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace attune::wire
