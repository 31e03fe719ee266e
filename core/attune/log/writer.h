// Makes records: seals events, signs headers, chains them behind the newest confirmed one (PROTOCOL.md 2, 3).
#pragma once

#include "attune/crypto/keys.h"
#include "attune/log/stream.h"

namespace attune::log {

/// The place a record is made for: each record made moves it on.
struct Head {
  StreamId stream;  ///< zeros for a genesis, whose id does not exist before it is made
  std::uint64_t next = 0;
  Hash history;
  std::uint32_t epoch = 0;

  static Head of(const Stream& stream);
};

/// Skeleton and content as JSON text, and the sizes they are padded to on the wire (tag included).
struct Plain {
  std::string skeleton;
  std::string content;
  std::size_t skeleton_size = 0;
  std::size_t content_size = 0;
};

wire::Record seal_event(Head& head, ByteView key, const crypto::DeviceKeys& author, const Plain& plain,
                        const Entropy& entropy);
wire::Record make_control(Head& head, const crypto::DeviceKeys& author, const wire::Control& control);

/// The key that the skeletons of an epoch are sealed with, from the epoch's.
crypto::Key skeleton_key(const StreamId& stream, std::uint32_t epoch, ByteView key);
/// Opens a skeleton with that key; the text lies in `buffer`. Errors: crypto::kUnsealable, crypto::kBadPadding.
Result<std::string_view> open_skeleton_into(Bytes& buffer, const wire::RecordView& record, ByteView skeleton_key);

/// Opens a part of an event record. Errors: crypto::kUnsealable, crypto::kBadPadding.
Result<std::string> open_skeleton(const StreamId& stream, const wire::Record& record, ByteView key);
Result<std::string> open_content(const StreamId& stream, const wire::Record& record, ByteView key);

}  // namespace attune::log
