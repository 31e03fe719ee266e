// Who reads a stream without ever having been a member: whoever belongs to one that continues it (PROTOCOL.md 6).
#pragma once

#include "server/store/store.h"

namespace attune::server {

/// The last position of `stream` that `key` may read because a stream it is a member of continues it there, be it over
/// others in between. Only what a member of the earlier one founded counts, and only behind a place that is the relay's
/// own as well. None: it may read nothing by this.
std::optional<std::uint64_t> readable_as_continued(Reading& store, const SignKey& key, const StreamId& stream);

}  // namespace attune::server
