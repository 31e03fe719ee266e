#include "server/push_device.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "server/push/vapid.h"
#include "vectors/couple.h"

namespace attune::tests {

namespace {

Bytes hmac(ByteView key, ByteView message) {
  Bytes out(32);
  unsigned size = 32;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), out.data(), &size);
  return out;
}

Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// RFC 5869, where one block is enough.
Bytes hkdf(ByteView salt, ByteView input, std::string_view name, ByteView more, std::size_t size) {
  const Bytes zero = {0};
  const Bytes one = {1};
  Bytes out = hmac(hmac(salt, input), joined({as_bytes(name), zero, more, one}));
  out.resize(size);
  return out;
}

std::optional<Bytes> decrypt(const Bytes& key, const Bytes& nonce, ByteView sealed) {
  if (sealed.size() < 16) return std::nullopt;
  Bytes out(sealed.size() - 16);
  Bytes tag(sealed.end() - 16, sealed.end());
  int size = 0;
  EVP_CIPHER_CTX* cipher = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(cipher, EVP_aes_128_gcm(), nullptr, key.data(), nonce.data());
  EVP_DecryptUpdate(cipher, out.data(), &size, sealed.data(), static_cast<int>(out.size()));
  EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, 16, tag.data());
  const bool sound = EVP_DecryptFinal_ex(cipher, out.data() + size, &size) == 1;
  EVP_CIPHER_CTX_free(cipher);
  return sound ? std::optional(out) : std::nullopt;
}

}  // namespace

Bytes from_base64url(std::string_view text) {
  Bytes out(text.size());
  std::size_t size = 0;
  if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return {};
  }
  out.resize(size);
  return out;
}

PushSecret PushDevice::auth() const { return all<PushSecret>(0x5a); }

std::optional<std::string> PushDevice::open(ByteView body) const {
  if (body.size() < 21 + 65 || body[20] != 65) return std::nullopt;
  const ByteView salt = body.first(16);
  const auto sender = P256Key::copy_of(body.subspan(21));
  const auto shared = keys_.agree(sender);
  if (!shared) return std::nullopt;
  const Bytes both = joined({keys_.public_key().view(), sender.view()});
  const Bytes input = hkdf(auth().view(), *shared, "WebPush: info", both, 32);
  const auto record = decrypt(hkdf(salt, input, "Content-Encoding: aes128gcm", {}, 16),
                              hkdf(salt, input, "Content-Encoding: nonce", {}, 12), body.subspan(21 + 65));
  if (!record) return std::nullopt;
  std::string out(as_text(*record));
  while (out.ends_with('\0')) out.pop_back();
  if (!out.ends_with('\x02')) return std::nullopt;
  out.pop_back();
  return out;
}

std::optional<std::string> vouched_contact(std::string_view header, const P256Key& key, std::string_view origin,
                                           std::uint64_t seconds) {
  const std::string end = ", k=" + server::base64url(key.view());
  if (!header.starts_with("vapid t=") || !header.ends_with(end)) return std::nullopt;
  const std::string_view token = header.substr(8, header.size() - 8 - end.size());
  const std::size_t last = token.rfind('.');
  const std::size_t middle = token.find('.');
  if (last == middle || last == std::string_view::npos) return std::nullopt;
  if (!server::verify(key, from_base64url(token.substr(last + 1)), as_bytes(token.substr(0, last))))
    return std::nullopt;
  const auto claims = nlohmann::json::parse(as_text(from_base64url(token.substr(middle + 1, last - middle - 1))));
  const auto expires = claims.at("exp").get<std::uint64_t>();
  if (claims.at("aud") != origin || expires <= seconds || expires > seconds + 24 * 60 * 60) return std::nullopt;
  return claims.value("sub", "");
}

}  // namespace attune::tests
