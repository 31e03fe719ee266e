// Addresses that the relay may call because a device asked it to. A device is anybody: without rules it could have the
// relay speak to whatever the relay's own network holds. So a push goes to https on port 443 of the open internet, and
// to nothing else; the name is checked here, the address it leads to again before each connection (transport/).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace attune::server {

struct Endpoint {
  bool secure = true;  ///< https
  std::string host;    ///< a name in small letters, or an address without brackets
  std::string port;
  std::string target;  ///< path and query
  std::string origin;  ///< as browsers write it
};

/// None: not an address that may be called. With `local`, which is for trials on one machine, also this machine and its
/// network, any port, and there without https.
std::optional<Endpoint> read_endpoint(std::string_view address, bool local);

/// Is this address (4 or 16 bytes) one of the open internet? Not: loopback, private, link-local, shared, multicast,
/// reserved (RFC 6890), nor an IPv6 address that leads to such an IPv4 one.
bool is_public(std::span<const std::uint8_t> address);

}  // namespace attune::server
