#include "server/push/vapid.h"

#include <sodium.h>

namespace attune::server {

std::string base64url(ByteView bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kVariant);
  out.pop_back();  // the zero at its end
  return out;
}

std::string authorization(const P256Pair& key, std::string_view origin, std::uint64_t expires,
                          std::string_view contact) {
  // Both texts have been read with rules that leave nothing in them to be escaped.
  std::string claims = "{\"aud\":\"" + std::string(origin) + "\",\"exp\":" + std::to_string(expires);
  if (!contact.empty()) claims += ",\"sub\":\"" + std::string(contact) + "\"";
  claims += "}";
  const std::string said = base64url(as_bytes(R"({"typ":"JWT","alg":"ES256"})")) + "." + base64url(as_bytes(claims));
  return "vapid t=" + said + "." + base64url(key.sign(as_bytes(said))) + ", k=" + base64url(key.public_key().view());
}

}  // namespace attune::server
