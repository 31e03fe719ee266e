// Byte strings and the small reader and writer every fixed layout is made with.
//
// Integers are little-endian. A Reader never reads past its end: after the first short read it stays failed
// and hands out zeros, so that a decoder may read a whole struct and ask once.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace attune {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// N bytes that mean one thing. Two kinds of id or key of the same length never meet.
template <std::size_t N, class Tag>
struct Fixed {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  auto operator<=>(const Fixed&) const = default;
  /// Eight bytes at a time: every record of a log is compared with several. Not for secrets.
  bool operator==(const Fixed& other) const {
    std::size_t at = 0;
    for (; at + 8 <= N; at += 8) {
      std::uint64_t one = 0;
      std::uint64_t two = 0;
      std::memcpy(&one, bytes.data() + at, 8);
      std::memcpy(&two, other.bytes.data() + at, 8);
      if (one != two) return false;
    }
    for (; at < N; ++at) {
      if (bytes[at] != other.bytes[at]) return false;
    }
    return true;
  }

  [[nodiscard]] ByteView view() const { return ByteView{bytes}; }
  [[nodiscard]] bool zero() const {
    return std::ranges::all_of(bytes, [](std::uint8_t b) { return b == 0; });
  }
  /// The first N bytes of `from`, which must be at least that long.
  static Fixed copy_of(ByteView from) {
    Fixed out;
    std::copy_n(from.begin(), N, out.bytes.begin());
    return out;
  }
};

using Hash = Fixed<32, struct HashTag>;              ///< BLAKE2b-256
using StreamId = Fixed<32, struct StreamIdTag>;      ///< R(0) of its genesis
using SignKey = Fixed<32, struct SignKeyTag>;        ///< Ed25519 public key
using BoxKey = Fixed<32, struct BoxKeyTag>;          ///< X25519 public key
using Signature = Fixed<64, struct SignatureTag>;    ///< Ed25519
using Nonce = Fixed<24, struct NonceTag>;            ///< XChaCha20-Poly1305
using KeyId = Fixed<32, struct KeyIdTag>;            ///< H("key-id"; stream, epoch, K)
using MailboxId = Fixed<32, struct MailboxIdTag>;    ///< KDF(s, "mailbox")
using BlobId = Fixed<32, struct BlobIdTag>;
using Challenge = Fixed<32, struct ChallengeTag>;    ///< a nonce of the authentication
using P256Key = Fixed<65, struct P256KeyTag>;        ///< public key of web push: 4 ‖ x ‖ y
using PushSecret = Fixed<16, struct PushSecretTag>;  ///< "auth" of a push subscription (RFC 8291)

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

class Writer {
 public:
  template <class Integer>
    requires std::is_integral_v<Integer>
  Writer& number(Integer value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i, rest >>= 8) {
      out_.push_back(static_cast<std::uint8_t>(rest));
    }
    return *this;
  }
  Writer& bytes(ByteView value) {
    out_.insert(out_.end(), value.begin(), value.end());
    return *this;
  }
  template <std::size_t N, class Tag>
  Writer& fixed(const Fixed<N, Tag>& value) {
    return bytes(value.view());
  }
  /// u32 length, then the bytes.
  Writer& sized(ByteView value) {
    number(static_cast<std::uint32_t>(value.size()));
    return bytes(value);
  }
  void reserve(std::size_t size) { out_.reserve(size); }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] ByteView view() const { return out_; }
  [[nodiscard]] Bytes take() && { return std::move(out_); }

 private:
  Bytes out_;
};

class Reader {
 public:
  explicit Reader(ByteView in) : in_(in) {}

  template <class Integer>
  Integer number() {
    std::uint64_t value = 0;
    const ByteView raw = bytes(sizeof(Integer));
    for (std::size_t i = raw.size(); i-- > 0;) value = value << 8 | raw[i];
    return static_cast<Integer>(value);
  }
  /// The next n bytes, or an empty view and a failed reader.
  ByteView bytes(std::size_t n) {
    if (failed_ || n > in_.size()) {
      failed_ = true;
      return {};
    }
    const ByteView out = in_.first(n);
    in_ = in_.subspan(n);
    return out;
  }
  template <class F>
  F fixed() {
    const ByteView raw = bytes(F::kSize);
    return failed_ ? F{} : F::copy_of(raw);
  }
  /// u32 length, then that many bytes; fails if the length is over `most`.
  ByteView sized(std::size_t most) {
    const auto n = number<std::uint32_t>();
    if (n > most) failed_ = true;
    return bytes(n);
  }
  [[nodiscard]] std::size_t left() const { return in_.size(); }
  [[nodiscard]] bool failed() const { return failed_; }
  /// Nothing failed and nothing is left over.
  [[nodiscard]] bool finished() const { return !failed_ && in_.empty(); }

 private:
  ByteView in_;
  bool failed_ = false;
};

}  // namespace attune
