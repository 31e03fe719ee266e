// A record: signed header ‖ signature ‖ skeleton ‖ content (PROTOCOL.md 2).
//
//   offset  0 version u8 = 1 · 1 class u8 · 2 zero u16 · 4 stream 32 · 36 position u64 · 44 prev 32 · 76 epoch u32
//          80 author 32 · 112 nonce 24 · 136 skeleton length u32 · 140 content length u32
//         144 skeleton hash 32 · 176 content hash 32 · 208 signature 64 · 272 skeleton · then content
//
// What is not in the header can be erased without breaking the chain: the total length tells which parts are there
// (272 + skeleton + content: whole; 272 + skeleton: content erased; 272: both erased). Content is never there
// without its skeleton. A length of zero means the part never existed.
#pragma once

#include <optional>

#include "wire/bytes.h"
#include "wire/errors.h"
#include "wire/limits.h"

namespace attune::wire {

enum class Class : std::uint8_t { event = 0, control = 1 };

struct Header {
  Class cls = Class::event;
  StreamId stream;
  std::uint64_t position = 0;
  Hash prev;  ///< R(position - 1); zeros in a genesis
  std::uint32_t epoch = 0;
  SignKey author;
  Nonce nonce;
  std::uint32_t skeleton_length = 0;
  std::uint32_t content_length = 0;
  Hash skeleton_hash;
  Hash content_hash;

  bool operator==(const Header&) const = default;
};

struct Record {
  Header header;
  Signature signature;
  std::optional<Bytes> skeleton;  ///< none: erased
  std::optional<Bytes> content;   ///< none: erased (or never there, when content_length is 0)

  bool operator==(const Record&) const = default;
};

/// Exactly kHeaderSize bytes.
Bytes encode(const Header& header);
/// Errors: kTruncated, kVersion, kClass, kReservedBits, kTooLarge.
Result<Header> decode_header(ByteView bytes);

Bytes encode(const Record& record);
/// Layout only: hashes and signature are separate steps. Errors: those of decode_header, kTruncated, kTrailingBytes.
Result<Record> decode_record(ByteView bytes);

/// A record where it lies: its parts are views into the bytes, which must outlive it.
struct RecordView {
  Header header;
  ByteView encoded;  ///< the header's kHeaderSize bytes
  Signature signature;
  std::optional<ByteView> skeleton;
  std::optional<ByteView> content;
};
/// As decode_record, without a copy.
Result<RecordView> view_record(ByteView bytes);
/// Would view_record find a record for this position? Looks at the lengths and what is fixed, nothing else.
bool laid_out(ByteView bytes, std::uint64_t position);

/// R(q) = H("history"; header q). The id of a stream is R of its genesis.
Hash history_hash(const Header& header);
/// The same of a header's kHeaderSize bytes.
Hash history_hash(ByteView encoded_header);
/// The stream this record belongs to: its header's, or R(0) for a genesis (whose field is zeros).
StreamId stream_of(const Header& header);

/// H("skeleton-hash"; bytes) and H("content-hash"; bytes).
Hash skeleton_hash(ByteView skeleton);
Hash content_hash(ByteView content);
/// Both hashes against the parts that are there. Errors: kSkeletonHash, kContentHash.
Result<> check_hashes(const Record& record);
Result<> check_hashes(const RecordView& record);

/// Ed25519 over "attune/v1/record" ‖ header (no length in front of this one tag).
Signature sign_header(ByteView secret, const Header& header);
bool verify_header(const Header& header, const Signature& signature);

}  // namespace attune::wire
