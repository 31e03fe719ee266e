#include "attune/client/slot_bytes.h"

#include "attune/crypto/seal.h"
#include "wire/tagged.h"

namespace attune::client {

namespace {

constexpr std::string_view kSlot = "slot";

Vault slot_vault(const crypto::Key& key, const StreamId& stream, std::uint32_t epoch) {
  Writer e;
  e.number(epoch);
  return Vault(crypto::derive(key.view(), "snapshot", {stream.view(), e.view()}));
}

}  // namespace

Bytes encode(const SlotState& state) {
  Writer out;
  out.sized(state.fold).number(static_cast<std::uint32_t>(state.records.size()));
  for (const auto& [place, record] : state.records) {
    out.number(static_cast<std::uint8_t>(place.first)).number(place.second).sized(record);
  }
  return std::move(out).take();
}

std::optional<SlotState> decode_slot_state(ByteView bytes) {
  Reader in(bytes);
  const auto sized = [&] {
    const ByteView raw = in.bytes(in.number<std::uint32_t>());
    return Bytes(raw.begin(), raw.end());
  };
  SlotState out;
  out.fold = sized();
  for (auto count = in.number<std::uint32_t>(); count > 0 && !in.failed(); --count) {
    const auto kind = in.number<std::uint8_t>();
    const SlotState::Place place(static_cast<wire::StreamKind>(kind), in.number<std::uint64_t>());
    const bool rises = out.records.empty() || out.records.rbegin()->first < place;
    if (kind > 1 || !rises) return std::nullopt;
    out.records[place] = sized();
  }
  return in.finished() ? std::optional(std::move(out)) : std::nullopt;
}

Hash state_hash(ByteView state) { return wire::tagged_hash("state", {state}); }

Bytes seal_slot(const crypto::Key& key, const StreamId& stream, std::uint32_t epoch, const crypto::DeviceKeys& author,
                ByteView state, const Entropy& entropy) {
  Writer plain;
  plain.fixed(author.sign)
      .fixed(wire::tagged_sign(author.sign_secret.view(), "snapshot", {stream.view(), state_hash(state).view()}))
      .bytes(state);
  const std::string_view text = as_text(plain.view());
  const Bytes padded = crypto::pad(text, crypto::ours_content_size(text.size()) - crypto::kTagSize);
  return slot_vault(key, stream, epoch).seal_long(kSlot, padded, entropy);
}

Result<Bytes> open_slot(const crypto::Key& key, const StreamId& stream, std::uint32_t epoch, const SignKey& author,
                        Bytes sealed) {
  const auto padded = slot_vault(key, stream, epoch).open_long(kSlot, std::move(sealed));
  if (!padded) return refuse(crypto::kUnsealable);
  const auto text = crypto::unpadded(*padded);
  if (!text) return refuse(crypto::kUnsealable);
  Reader in(as_bytes(*text));
  const auto by = in.fixed<SignKey>();
  const auto signature = in.fixed<Signature>();
  const ByteView state = in.bytes(in.left());
  const bool signed_by_author =
      !in.failed() && by == author &&
      wire::tagged_verify(by, signature, "snapshot", {stream.view(), state_hash(state).view()});
  if (!signed_by_author) return refuse(crypto::kUnsealable);
  return Bytes(state.begin(), state.end());
}

std::vector<Row> rows_of(const SlotState& state, const Profile& of, const Entropy& entropy) {
  const Vault vault(crypto::random_key(entropy));
  Profile profile;
  profile.sign_seed = of.sign_seed;
  profile.box_secret = of.box_secret;
  profile.mine = of.mine;
  profile.ours = of.ours;
  Local local;
  Writer format;
  format.number(std::uint32_t{1});
  std::vector<Row> out;
  for (const auto& [place, record] : state.records) {
    const auto& [kind, position] = place;
    const auto& stream = kind == wire::StreamKind::ours ? of.ours : of.mine;
    if (!stream) continue;
    if (kind == wire::StreamKind::ours) local.looked = position + 1;  // its person has looked at it elsewhere
    out.push_back({.key = record_row(*stream, position), .value = record});
  }
  out.push_back({.key = "format", .value = std::move(format).take()});
  out.push_back({.key = "wrap", .value = Bytes(vault.key().view().begin(), vault.key().view().end())});
  out.push_back({.key = "profile", .value = vault.seal("profile", schema::to_json(profile), entropy)});
  out.push_back({.key = "local", .value = vault.seal("local", schema::to_json(local), entropy)});
  out.push_back({.key = "snapshot", .value = vault.seal_long("snapshot", state.fold, entropy)});
  return out;
}

}  // namespace attune::client
