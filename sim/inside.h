// What lies on a device's disk, opened with its own keys: what its owner could read, or a modified client of theirs.
#pragma once

#include "attune/client/rows.h"
#include "attune/crypto/keys.h"
#include "attune/log/stream.h"
#include "attune/log/writer.h"
#include "sim/world.h"

namespace attune::sim {

struct Inside {
  client::Profile profile;
  crypto::DeviceKeys keys;
  std::unique_ptr<log::Stream> mine;
  std::unique_ptr<log::Stream> ours;  ///< null: not paired

  /// 0 or 1 in *ours*.
  [[nodiscard]] std::uint8_t person() const;
};

/// Ends the program if the disk is not one of a device that has begun.
Inside look_inside(const Device& device);

/// Any stream that lies there, such as one that *ours* continues.
std::unique_ptr<log::Stream> look_at_stream(const Device& device, const StreamId& id, const crypto::DeviceKeys& keys);

/// One event as it was said: its skeleton's JSON and, if it is still there, its content's.
struct Said {
  std::uint64_t position = 0;
  std::uint8_t person = 0;
  SignKey author;
  std::string id;
  std::string kind;
  Json fields;
  Json content;  ///< null: gone
};

/// Everything the stream says that its keys open, in order.
std::vector<Said> everything_said(const log::Stream& stream, wire::StreamKind kind);
/// Everything that the holder of these keys can read of *ours*, as one text.
std::string readable_text(const Inside& inside);

}  // namespace attune::sim
