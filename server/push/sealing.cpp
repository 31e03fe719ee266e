#include "server/push/sealing.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <cassert>

namespace attune::server {

namespace {

constexpr std::size_t kKey = 16;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;
constexpr std::uint32_t kRecordSize = 4096;

void must(bool done) {
  if (!done) throw CryptoTrouble{};
}

/// HKDF with SHA-256 (RFC 5869), both steps.
Bytes derive(ByteView salt, ByteView input_key, ByteView purpose, std::size_t size) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
  must(kdf != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  must(context != nullptr);
  // OpenSSL's parameters are not const; it only reads them.
  const auto octets = [](const char* name, ByteView value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(value.data()), value.size());
  };
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                   octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_KEY, input_key),
                                   octets(OSSL_KDF_PARAM_INFO, purpose), OSSL_PARAM_construct_end()};
  Bytes out(size);
  must(EVP_KDF_derive(context.get(), out.data(), out.size(), parameters) == 1);
  return out;
}

/// The purposes of the RFCs end in a zero byte.
Bytes purpose_of(std::string_view name, std::initializer_list<ByteView> more = {}) {
  Writer out;
  out.bytes(as_bytes(name)).number(std::uint8_t{0});
  for (const ByteView part : more) out.bytes(part);
  return std::move(out).take();
}

Bytes encrypt(ByteView key, ByteView nonce, ByteView plaintext) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               EVP_CIPHER_CTX_free);
  Bytes out(plaintext.size() + kTag);
  int size = 0;
  int rest = 0;
  must(cipher != nullptr &&
       EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, key.data(), nonce.data()) == 1 &&
       EVP_EncryptUpdate(cipher.get(), out.data(), &size, plaintext.data(), static_cast<int>(plaintext.size())) == 1 &&
       EVP_EncryptFinal_ex(cipher.get(), out.data() + size, &rest) == 1 &&
       EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, out.data() + plaintext.size()) == 1);
  return out;
}

}  // namespace

Bytes seal_record(ByteView input_key, ByteView salt, ByteView id, ByteView plaintext, std::size_t padded) {
  assert(salt.size() == kPushSalt && plaintext.size() < padded && padded + kTag <= kRecordSize && id.size() < 256);
  Bytes record(plaintext.begin(), plaintext.end());
  record.push_back(2);  // the last record
  record.resize(padded);
  const Bytes key = derive(salt, input_key, purpose_of("Content-Encoding: aes128gcm"), kKey);
  const Bytes nonce = derive(salt, input_key, purpose_of("Content-Encoding: nonce"), kNonce);
  Writer out;
  out.bytes(salt);
  for (int shift = 24; shift >= 0; shift -= 8) out.number(static_cast<std::uint8_t>(kRecordSize >> shift));
  out.number(static_cast<std::uint8_t>(id.size())).bytes(id).bytes(encrypt(key, nonce, record));
  return std::move(out).take();
}

std::optional<Bytes> seal_for(const Subscription& to, const P256Pair& once, ByteView salt, ByteView plaintext,
                              std::size_t padded) {
  const std::optional<Bytes> shared = once.agree(to.p256dh);
  if (!shared) return std::nullopt;
  const ByteView own = once.public_key().view();
  const Bytes input_key = derive(to.auth.view(), *shared, purpose_of("WebPush: info", {to.p256dh.view(), own}), 32);
  return seal_record(input_key, salt, own, plaintext, padded);
}

}  // namespace attune::server
