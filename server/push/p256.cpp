#include "server/push/p256.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace attune::server {

namespace {

constexpr std::size_t kScalar = 32;
constexpr const char* kCurve = "prime256v1";

template <class T, auto Free>
struct Freed {
  void operator()(T* value) const { Free(value); }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

using Number = Owned<BIGNUM, BN_clear_free>;
using Group = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Context = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Digest = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Ecdsa = Owned<ECDSA_SIG, ECDSA_SIG_free>;

void must(bool done) {
  if (!done) throw CryptoTrouble{};
}

/// A key of OpenSSL's from its halves; null: the public half is no point of the curve.
Key import(const P256Key& public_key, const BIGNUM* secret) {
  const Builder builder(OSSL_PARAM_BLD_new());
  must(builder != nullptr &&
       OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0) == 1 &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, public_key.bytes.data(),
                                        public_key.bytes.size()) == 1 &&
       (secret == nullptr || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1));
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  must(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* out = nullptr;
  const int parts = secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(context.get(), &out, parts, parameters.get()) != 1) return nullptr;
  return Key(out);
}

}  // namespace

P256Pair P256Pair::make() {
  const Key made(EVP_EC_gen(kCurve));
  must(made != nullptr);
  BIGNUM* raw = nullptr;
  must(EVP_PKEY_get_bn_param(made.get(), OSSL_PKEY_PARAM_PRIV_KEY, &raw) == 1);
  const Number secret(raw);
  std::array<std::uint8_t, kScalar> bytes{};
  must(BN_bn2binpad(secret.get(), bytes.data(), kScalar) == kScalar);
  const auto out = from_secret(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  must(out.has_value());
  return *out;
}

std::optional<P256Pair> P256Pair::from_secret(ByteView secret) {
  if (secret.size() != kScalar) return std::nullopt;
  const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Number number(BN_secure_new());
  must(group != nullptr && number != nullptr);
  must(BN_bin2bn(secret.data(), static_cast<int>(secret.size()), number.get()) != nullptr);
  if (BN_is_zero(number.get()) == 1 || BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0) return std::nullopt;
  const Point point(EC_POINT_new(group.get()));
  P256Key public_key;
  must(point != nullptr && EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
  must(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, public_key.bytes.data(),
                          public_key.bytes.size(), nullptr) == public_key.bytes.size());
  Key pair = import(public_key, number.get());
  must(pair != nullptr);
  return P256Pair(std::shared_ptr<EVP_PKEY>(pair.release(), EVP_PKEY_free), public_key);
}

Bytes P256Pair::secret() const {
  BIGNUM* raw = nullptr;
  must(EVP_PKEY_get_bn_param(pair_.get(), OSSL_PKEY_PARAM_PRIV_KEY, &raw) == 1);
  const Number secret(raw);
  Bytes out(kScalar);
  must(BN_bn2binpad(secret.get(), out.data(), kScalar) == kScalar);
  return out;
}

std::optional<Bytes> P256Pair::agree(const P256Key& other) const {
  const Key peer = import(other, nullptr);
  if (peer == nullptr) return std::nullopt;
  const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, pair_.get(), nullptr));
  must(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
  if (EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1) return std::nullopt;
  Bytes out(kScalar);
  std::size_t size = out.size();
  must(EVP_PKEY_derive(context.get(), out.data(), &size) == 1 && size == out.size());
  return out;
}

Bytes P256Pair::sign(ByteView message) const {
  const Digest digest(EVP_MD_CTX_new());
  must(digest != nullptr && EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, pair_.get()) == 1);
  std::size_t size = 0;
  must(EVP_DigestSign(digest.get(), nullptr, &size, message.data(), message.size()) == 1);
  Bytes der(size);
  must(EVP_DigestSign(digest.get(), der.data(), &size, message.data(), message.size()) == 1);
  const std::uint8_t* at = der.data();
  const Ecdsa both(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  Bytes out(2 * kScalar);
  must(both != nullptr && BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out.data(), kScalar) == kScalar &&
       BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out.data() + kScalar, kScalar) == kScalar);
  return out;
}

bool verify(const P256Key& key, ByteView signature, ByteView message) {
  const Key imported = import(key, nullptr);
  if (imported == nullptr || signature.size() != 2 * kScalar) return false;
  const Ecdsa both(ECDSA_SIG_new());
  Number r(BN_bin2bn(signature.data(), kScalar, nullptr));
  Number s(BN_bin2bn(signature.data() + kScalar, kScalar, nullptr));
  must(both != nullptr && r != nullptr && s != nullptr && ECDSA_SIG_set0(both.get(), r.release(), s.release()) == 1);
  std::uint8_t* raw = nullptr;
  const int size = i2d_ECDSA_SIG(both.get(), &raw);
  must(size > 0);
  const Bytes der(raw, raw + size);
  OPENSSL_free(raw);
  const Digest digest(EVP_MD_CTX_new());
  must(digest != nullptr && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, imported.get()) == 1);
  return EVP_DigestVerify(digest.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

}  // namespace attune::server
