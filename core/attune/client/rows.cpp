#include "attune/client/rows.h"

#include "attune/client/errors.h"
#include "attune/crypto/seal.h"

namespace attune::client {

namespace {

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = kDigits[value & 15];
  return out;
}

constexpr std::size_t kRandom = 16;
constexpr std::size_t kPiece = 64 * 1024;

Nonce nonce_of(ByteView random, std::uint32_t index, bool last) {
  Writer out;
  out.bytes(random).number(index).number(std::uint32_t{last});
  return Nonce::copy_of(out.view());
}

}  // namespace

Bytes Vault::seal(std::string_view row, const Json& value, const Entropy& entropy) const {
  return crypto::seal(key_.view(), attune::as_bytes(row), attune::as_bytes(schema::text(value)), entropy);
}

Bytes Vault::seal_long(std::string_view row, ByteView bytes, const Entropy& entropy) const {
  Bytes random(kRandom);
  entropy(random);
  Writer out;
  out.bytes(random);
  for (std::uint32_t index = 0; index == 0 || !bytes.empty(); ++index) {
    const ByteView piece = bytes.first(std::min(kPiece, bytes.size()));
    bytes = bytes.subspan(piece.size());
    const Nonce nonce = nonce_of(random, index, bytes.empty());
    out.bytes(crypto::seal_with(key_.view(), nonce, attune::as_bytes(row), piece));
  }
  return std::move(out).take();
}

Result<Bytes> Vault::open_long(std::string_view row, Bytes sealed) const {
  constexpr std::size_t kSealed = kPiece + crypto::kTagSize;
  if (sealed.size() < kRandom + crypto::kTagSize) return refuse(kStorageCorrupt);
  const std::size_t rest = (sealed.size() - kRandom) % kSealed;
  if (rest > 0 && rest < crypto::kTagSize) return refuse(kStorageCorrupt);
  const Bytes random(sealed.begin(), sealed.begin() + kRandom);
  // Each piece is moved to where its text belongs and opened there: fresh memory for all of it would take longer.
  std::size_t from = kRandom;
  std::size_t to = 0;
  for (std::uint32_t index = 0; from < sealed.size(); ++index) {
    const auto piece = std::span(sealed).subspan(to, std::min(kSealed, sealed.size() - from));
    std::memmove(piece.data(), sealed.data() + from, piece.size());
    from += piece.size();
    const auto into = piece.first(piece.size() - crypto::kTagSize);
    const Nonce nonce = nonce_of(random, index, from == sealed.size());
    if (!crypto::open_into(into, key_.view(), nonce, attune::as_bytes(row), piece)) return refuse(kStorageCorrupt);
    to += into.size();
  }
  sealed.resize(to);
  return sealed;
}

Result<Json> Vault::open(std::string_view row, ByteView sealed) const {
  const auto text = crypto::open(key_.view(), attune::as_bytes(row), sealed);
  if (!text) return refuse(kStorageCorrupt);
  auto json = schema::parse(as_text(*text));
  if (!json) return refuse(kStorageCorrupt);
  return std::move(*json);
}

std::string record_row(const StreamId& stream, std::uint64_t position) {
  return "r/" + crypto::to_base64(stream.view()) + "/" + hex(position);
}
std::string in_flight_row(const StreamId& stream) { return "f/" + crypto::to_base64(stream.view()); }
std::string evidence_row(const StreamId& stream) { return "e/" + crypto::to_base64(stream.view()); }
std::string command_row(std::uint64_t number) { return "c/" + hex(number); }

}  // namespace attune::client
