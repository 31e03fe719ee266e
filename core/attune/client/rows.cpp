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

}  // namespace

Bytes Vault::seal_bytes(std::string_view row, ByteView bytes, const Entropy& entropy) const {
  return crypto::seal(key_.view(), attune::as_bytes(row), bytes, entropy);
}

Bytes Vault::seal(std::string_view row, const Json& value, const Entropy& entropy) const {
  return seal_bytes(row, attune::as_bytes(schema::text(value)), entropy);
}

Result<Bytes> Vault::open_bytes(std::string_view row, ByteView sealed) const {
  auto bytes = crypto::open(key_.view(), attune::as_bytes(row), sealed);
  if (!bytes) return refuse(kStorageCorrupt);
  return bytes;
}

Result<Json> Vault::open(std::string_view row, ByteView sealed) const {
  TRY(text, open_bytes(row, sealed));
  auto json = schema::parse(as_text(text));
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
