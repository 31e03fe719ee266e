// History the relay has lost, in appends it can take (PROTOCOL.md 3).
//
// An append holds 64 records and 1 MiB. Where it depends on what only a later one will bring, that is shown with it:
// the `erase` of each content that is gone, and the `members` by which this device, or whoever erased, came in.
#pragma once

#include <optional>
#include <vector>

#include "attune/log/stream.h"

namespace attune::client {

struct GivenBack {
  std::vector<wire::Record> records;
  std::vector<wire::Record> ahead;
};

/// The next records from position `from` on. `sender`: show how this key came in, too, because the relay may not know
/// it. Ends before a record whose signature is not its author's: the chain vouches for what it says, but the relay
/// would take nothing that holds it. None at all: `from` is such a record.
GivenBack give_back(const log::Stream& stream, std::uint64_t from, const std::optional<SignKey>& sender);

}  // namespace attune::client
