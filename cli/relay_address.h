// A relay's address as text, taken apart for dialling.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attune::cli {

struct RelayAddress {
  bool tls = false;
  std::string host;       ///< a name or an address; an IPv6 address without its brackets
  std::string port;       ///< always given
  std::string host_line;  ///< as the HTTP Host header has it
};

/// https://host[:port] anywhere; http:// only for localhost, 127.0.0.1 and [::1]. None: not an address of a relay.
std::optional<RelayAddress> parse_relay_address(std::string_view text);

}  // namespace attune::cli
