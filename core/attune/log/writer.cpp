#include "attune/log/writer.h"

#include <sodium.h>

#include "wire/tagged.h"

namespace attune::log {

namespace {

crypto::Key part_key(ByteView key, std::string_view tag, const StreamId& stream, std::uint32_t epoch) {
  Writer number;
  number.number(epoch);
  return crypto::derive(key, tag, {stream.view(), number.view()});
}

/// BLAKE2b-192(32 bytes of entropy ‖ header so far ‖ plaintexts): fresh at every sealing, whatever was restored.
Nonce fresh_nonce(const wire::Header& header, ByteView skeleton, ByteView content, const Entropy& entropy) {
  const crypto::Key random = crypto::random_key(entropy);
  const Bytes so_far = wire::encode(header);
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, Nonce::kSize);
  crypto_generichash_update(&state, random.view().data(), random.view().size());
  crypto_generichash_update(&state, so_far.data(), wire::kAssociatedSize - 8 - Nonce::kSize);
  crypto_generichash_update(&state, skeleton.data(), skeleton.size());
  crypto_generichash_update(&state, content.data(), content.size());
  Nonce nonce;
  crypto_generichash_final(&state, nonce.bytes.data(), nonce.bytes.size());
  return nonce;
}

wire::Header blank(const Head& head, const crypto::DeviceKeys& author, wire::Class cls) {
  wire::Header header;
  header.cls = cls;
  header.stream = head.stream;
  header.position = head.next;
  header.prev = head.history;
  header.epoch = head.epoch;
  header.author = author.sign;
  return header;
}

wire::Record finish(Head& head, wire::Header header, Bytes skeleton, Bytes content, const crypto::DeviceKeys& author) {
  header.skeleton_hash = wire::skeleton_hash(skeleton);
  header.content_hash = wire::content_hash(content);
  wire::Record record;
  record.header = header;
  record.signature = wire::sign_header(author.sign_secret.view(), header);
  record.skeleton = std::move(skeleton);
  if (header.content_length > 0) record.content = std::move(content);
  head.stream = wire::stream_of(header);
  head.history = wire::history_hash(header);
  head.next = header.position + 1;
  return record;
}

Result<std::string> open_part(std::string_view tag, const StreamId& stream, const wire::Header& header,
                              const std::optional<Bytes>& part, ByteView key) {
  if (!part) return refuse(crypto::kUnsealable);
  const Bytes encoded = wire::encode(header);
  TRY(plain, crypto::open_with(part_key(key, tag, stream, header.epoch).view(), header.nonce,
                               ByteView(encoded).first(wire::kAssociatedSize), *part));
  return crypto::unpad(plain);
}

}  // namespace

Head Head::of(const Stream& stream) {
  return {.stream = stream.id(), .next = stream.next(), .history = stream.history(), .epoch = stream.table().epoch};
}

wire::Record seal_event(Head& head, ByteView key, const crypto::DeviceKeys& author, const Plain& plain,
                        const Entropy& entropy) {
  wire::Header header = blank(head, author, wire::Class::event);
  header.skeleton_length = static_cast<std::uint32_t>(plain.skeleton_size);
  header.content_length = static_cast<std::uint32_t>(plain.content_size);
  const Bytes skeleton = crypto::pad(plain.skeleton, plain.skeleton_size - crypto::kTagSize);
  const Bytes content = crypto::pad(plain.content, plain.content_size - crypto::kTagSize);
  header.nonce = fresh_nonce(header, skeleton, content, entropy);
  const Bytes encoded = wire::encode(header);
  const ByteView associated = ByteView(encoded).first(wire::kAssociatedSize);
  Bytes sealed_skeleton =
      crypto::seal_with(part_key(key, "skeleton", head.stream, head.epoch).view(), header.nonce, associated, skeleton);
  Bytes sealed_content =
      crypto::seal_with(part_key(key, "content", head.stream, head.epoch).view(), header.nonce, associated, content);
  return finish(head, header, std::move(sealed_skeleton), std::move(sealed_content), author);
}

wire::Record make_control(Head& head, const crypto::DeviceKeys& author, const wire::Control& control) {
  wire::Header header = blank(head, author, wire::Class::control);
  Bytes skeleton = wire::encode(control);
  header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  wire::Record record = finish(head, header, std::move(skeleton), {}, author);
  if (const auto* members = std::get_if<wire::Members>(&control); members != nullptr && members->epoch) {
    head.epoch = members->epoch->epoch;
  }
  return record;
}

crypto::Key skeleton_key(const StreamId& stream, std::uint32_t epoch, ByteView key) {
  return part_key(key, "skeleton", stream, epoch);
}

Result<std::string_view> open_skeleton_into(Bytes& buffer, const wire::RecordView& record, ByteView skeleton_key) {
  if (!record.skeleton || record.skeleton->size() < crypto::kTagSize) return refuse(crypto::kUnsealable);
  buffer.resize(record.skeleton->size() - crypto::kTagSize);
  TRY_VOID(crypto::open_into(buffer, skeleton_key, record.header.nonce, record.encoded.first(wire::kAssociatedSize),
                             *record.skeleton));
  return crypto::unpadded(buffer);
}

Result<std::string> open_skeleton(const StreamId& stream, const wire::Record& record, ByteView key) {
  return open_part("skeleton", stream, record.header, record.skeleton, key);
}

Result<std::string> open_content(const StreamId& stream, const wire::Record& record, ByteView key) {
  return open_part("content", stream, record.header, record.content, key);
}

}  // namespace attune::log
