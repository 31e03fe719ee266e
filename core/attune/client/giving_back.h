// History the relay has lost, in appends it can take (PROTOCOL.md 3).
//
// An append holds 64 records and 1 MiB. Where it depends on what only a later one will bring, that is shown with it:
// the `erase` of each content that is gone, and the `members` by which whoever erased came in.
#pragma once

#include <vector>

#include "attune/log/stream.h"

namespace attune::client {

struct GivenBack {
  std::vector<wire::Record> records;
  std::vector<wire::Record> ahead;
};

/// The next records from position `from` on.
GivenBack give_back(const log::Stream& stream, std::uint64_t from);

}  // namespace attune::client
