// What the events of this device's streams add up to, kept so that opening begins there and not at the genesis.
#pragma once

#include "attune/client/client.h"

namespace attune::client {

/// As read from its row: whole, and of this version of the fold. Whether it is of the records that are stored here
/// shows when the streams are filled.
struct Client::Snapshot {
  std::vector<log::Gone> streams;  ///< *mine*, then *ours* if there is one
  History history;

  [[nodiscard]] const log::Gone* of(const StreamId& stream) const {
    const auto at = std::ranges::find(streams, stream, &log::Gone::stream);
    return at == streams.end() ? nullptr : &*at;
  }
  [[nodiscard]] std::uint64_t records() const {
    std::uint64_t out = 0;
    for (const log::Gone& gone : streams) out += gone.next;
    return out;
  }
};

}  // namespace attune::client
