// How the relay names itself to a push service: RFC 8292. The service learns that one and the same server calls, and
// whom to write to if it misbehaves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/push/p256.h"

namespace attune::server {

/// The value of the header Authorization, for the service at `origin`, good until `expires` (seconds since 1970, at
/// most 24 hours ahead). `contact` is a mailto: or https: address; empty: none is named.
std::string authorization(const P256Pair& key, std::string_view origin, std::uint64_t expires,
                          std::string_view contact);

/// Without padding (RFC 4648, 5).
std::string base64url(ByteView bytes);

}  // namespace attune::server
