#include "wire/record.h"

#include <cassert>

#include <sodium.h>

#include "wire/tagged.h"

namespace attune::wire {
namespace {

constexpr std::size_t kFixedSize = kHeaderSize + kSignatureSize;
constexpr std::string_view kRecordTag = "attune/v1/record";

Bytes signed_bytes(const Header& header) {
  Writer out;
  out.bytes(as_bytes(kRecordTag)).bytes(encode(header));
  return std::move(out).take();
}

}  // namespace

Bytes encode(const Header& header) {
  Writer out;
  out.reserve(kHeaderSize);
  out.number(kRecordVersion)
      .number(static_cast<std::uint8_t>(header.cls))
      .number(std::uint16_t{0})
      .fixed(header.stream)
      .number(header.position)
      .fixed(header.prev)
      .number(header.epoch)
      .fixed(header.author)
      .fixed(header.nonce)
      .number(header.skeleton_length)
      .number(header.content_length)
      .fixed(header.skeleton_hash)
      .fixed(header.content_hash);
  assert(out.size() == kHeaderSize);
  return std::move(out).take();
}

Result<Header> decode_header(ByteView bytes) {
  if (bytes.size() < kHeaderSize) return refuse(kTruncated);
  Reader in(bytes.first(kHeaderSize));
  if (in.number<std::uint8_t>() != kRecordVersion) return refuse(kVersion);
  const auto cls = in.number<std::uint8_t>();
  if (cls > static_cast<std::uint8_t>(Class::control)) return refuse(kClass);
  if (in.number<std::uint16_t>() != 0) return refuse(kReservedBits);
  Header out;
  out.cls = static_cast<Class>(cls);
  out.stream = in.fixed<StreamId>();
  out.position = in.number<std::uint64_t>();
  out.prev = in.fixed<Hash>();
  out.epoch = in.number<std::uint32_t>();
  out.author = in.fixed<SignKey>();
  out.nonce = in.fixed<Nonce>();
  out.skeleton_length = in.number<std::uint32_t>();
  out.content_length = in.number<std::uint32_t>();
  out.skeleton_hash = in.fixed<Hash>();
  out.content_hash = in.fixed<Hash>();
  if (out.skeleton_length > kMaxSkeleton || out.content_length > kMaxContent) return refuse(kTooLarge);
  return out;
}

Bytes encode(const Record& record) {
  Writer out;
  out.reserve(kFixedSize + (record.skeleton ? record.skeleton->size() : 0) +
              (record.content ? record.content->size() : 0));
  out.bytes(encode(record.header)).fixed(record.signature);
  if (record.skeleton) out.bytes(*record.skeleton);
  if (record.content) out.bytes(*record.content);
  return std::move(out).take();
}

Result<RecordView> view_record(ByteView bytes) {
  RecordView out;
  TRY(header, decode_header(bytes));
  out.header = header;
  if (bytes.size() < kFixedSize) return refuse(kTruncated);
  out.encoded = bytes.first(kHeaderSize);
  Reader in(bytes.subspan(kHeaderSize));
  out.signature = in.fixed<Signature>();

  const std::size_t skeleton = header.skeleton_length;
  const std::size_t content = header.content_length;
  if (in.left() > skeleton + content) return refuse(kTrailingBytes);
  const bool whole = in.left() == skeleton + content;
  if (!whole && in.left() != skeleton && in.left() != 0) return refuse(kTruncated);
  if (skeleton > 0 && in.left() > 0) out.skeleton = in.bytes(skeleton);
  if (content > 0 && whole) out.content = in.bytes(content);
  return out;
}

bool laid_out(ByteView bytes, std::uint64_t position) {
  if (bytes.size() < kFixedSize || bytes[0] != kRecordVersion || bytes[2] != 0 || bytes[3] != 0) return false;
  const std::size_t skeleton = Reader(bytes.subspan(136)).number<std::uint32_t>();
  const std::size_t content = Reader(bytes.subspan(140)).number<std::uint32_t>();
  const std::size_t left = bytes.size() - kFixedSize;
  return bytes[1] <= static_cast<std::uint8_t>(Class::control) && skeleton <= kMaxSkeleton && content <= kMaxContent &&
         (left == skeleton + content || left == skeleton || left == 0) &&
         Reader(bytes.subspan(36)).number<std::uint64_t>() == position;
}

Result<Record> decode_record(ByteView bytes) {
  TRY(view, view_record(bytes));
  const auto copied = [](const std::optional<ByteView>& part) {
    return part ? std::optional<Bytes>(std::in_place, part->begin(), part->end()) : std::nullopt;
  };
  return Record{.header = view.header,
                .signature = view.signature,
                .skeleton = copied(view.skeleton),
                .content = copied(view.content)};
}

Hash history_hash(const Header& header) { return history_hash(encode(header)); }
Hash history_hash(ByteView encoded_header) { return tagged_hash("history", {encoded_header}); }

StreamId stream_of(const Header& header) {
  return header.position == 0 ? StreamId::copy_of(history_hash(header).view()) : header.stream;
}

Hash skeleton_hash(ByteView skeleton) { return tagged_hash("skeleton-hash", {skeleton}); }
Hash content_hash(ByteView content) { return tagged_hash("content-hash", {content}); }

namespace {

Result<> check_hashes(const Header& header, const std::optional<ByteView>& skeleton,
                      const std::optional<ByteView>& content) {
  // A part that never existed is an empty one, so that no header field is free to carry anything else.
  const auto part = [](const std::optional<ByteView>& bytes, std::uint32_t length) {
    return bytes || length > 0 ? bytes : std::optional<ByteView>(ByteView{});
  };
  const auto first = part(skeleton, header.skeleton_length);
  if (first && skeleton_hash(*first) != header.skeleton_hash) return refuse(kSkeletonHash);
  const auto second = part(content, header.content_length);
  if (second && content_hash(*second) != header.content_hash) return refuse(kContentHash);
  return {};
}

}  // namespace

Result<> check_hashes(const Record& record) { return check_hashes(record.header, record.skeleton, record.content); }
Result<> check_hashes(const RecordView& record) { return check_hashes(record.header, record.skeleton, record.content); }

Signature sign_header(ByteView secret, const Header& header) {
  assert(secret.size() == crypto_sign_SECRETKEYBYTES);
  const Bytes message = signed_bytes(header);
  Signature out;
  crypto_sign_detached(out.bytes.data(), nullptr, message.data(), message.size(), secret.data());
  return out;
}

bool verify_header(const Header& header, const Signature& signature) {
  const Bytes message = signed_bytes(header);
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     header.author.bytes.data()) == 0;
}

}  // namespace attune::wire
