#include "attune/crypto/seal.h"

#include <sodium.h>

#include <bit>

#include "wire/tagged.h"

namespace attune::crypto {

void wipe(std::span<std::uint8_t> memory) { sodium_memzero(memory.data(), memory.size()); }

bool equal(ByteView a, ByteView b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

Key random_key(const Entropy& entropy) {
  Key key;
  entropy(key.writable());
  return key;
}

Key derive(ByteView key, std::string_view tag, std::initializer_list<ByteView> parts) {
  return Key(wire::tagged_kdf(key, tag, parts).view());
}

Bytes seal_with(ByteView key, const Nonce& nonce, ByteView associated, ByteView plaintext) {
  Bytes out(plaintext.size() + kTagSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), associated.data(),
                                             associated.size(), nullptr, nonce.bytes.data(), key.data());
  return out;
}

Result<Bytes> open_with(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed) {
  if (sealed.size() < kTagSize) return refuse(kUnsealable);
  Bytes out(sealed.size() - kTagSize);
  TRY_VOID(open_into(out, key, nonce, associated, sealed));
  return out;
}

Result<> open_into(std::span<std::uint8_t> out, ByteView key, const Nonce& nonce, ByteView associated,
                   ByteView sealed) {
  if (sealed.size() < kTagSize || out.size() != sealed.size() - kTagSize) return refuse(kUnsealable);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                 associated.data(), associated.size(), nonce.bytes.data(),
                                                 key.data()) != 0) {
    return refuse(kUnsealable);
  }
  return {};
}

Bytes seal(ByteView key, ByteView associated, ByteView plaintext, const Entropy& entropy) {
  const auto nonce = random_fixed<Nonce>(entropy);
  Writer out;
  out.fixed(nonce).bytes(seal_with(key, nonce, associated, plaintext));
  return std::move(out).take();
}

Result<Bytes> open(ByteView key, ByteView associated, ByteView sealed) {
  if (sealed.size() < kNonceSize) return refuse(kUnsealable);
  return open_with(key, Nonce::copy_of(sealed), associated, sealed.subspan(kNonceSize));
}

Bytes pad(std::string_view text, std::size_t size) {
  Writer writer;
  writer.sized(attune::as_bytes(text));
  Bytes out = std::move(writer).take();
  out.resize(size);
  return out;
}

Result<std::string_view> unpadded(ByteView padded) {
  Reader in(padded);
  const ByteView text = in.sized(padded.size());
  if (in.failed()) return refuse(kBadPadding);
  for (const std::uint8_t byte : in.bytes(in.left())) {
    if (byte != 0) return refuse(kBadPadding);
  }
  return as_text(text);
}

Result<std::string> unpad(ByteView padded) {
  TRY(text, unpadded(padded));
  return std::string(text);
}

std::size_t ours_content_size(std::size_t text_bytes) {
  const std::size_t need = text_bytes + 4 + kTagSize;
  for (const std::size_t size : {256, 2048, 8192}) {
    if (need <= size) return size;
  }
  const auto exponent = static_cast<unsigned>(std::bit_width(need) - 1);
  const auto low_bits = exponent - static_cast<unsigned>(std::bit_width(exponent));
  const std::size_t mask = (std::size_t{1} << low_bits) - 1;
  return (need + mask) & ~mask;
}

}  // namespace attune::crypto
