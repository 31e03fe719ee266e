#include "cli/relay_address.h"

#include <algorithm>
#include <charconv>

namespace attune::cli {

namespace {

bool host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}
bool address_character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool valid_port(std::string_view port) {
  unsigned number = 0;
  const auto [rest, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc{} && rest == port.data() + port.size() && number >= 1 && number <= 65535;
}

}  // namespace

std::optional<RelayAddress> parse_relay_address(std::string_view text) {
  RelayAddress out;
  if (text.starts_with("https://")) {
    out.tls = true;
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  out.host_line = text;
  if (text.starts_with("[")) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    out.host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (out.host.empty() || !std::ranges::all_of(out.host, address_character)) return std::nullopt;
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    out.host = text.substr(0, end);
    text.remove_prefix(end);
    if (out.host.empty() || !std::ranges::all_of(out.host, host_character)) return std::nullopt;
  }
  if (text.empty()) {
    out.port = out.tls ? "443" : "80";
  } else {
    if (!text.starts_with(":") || !valid_port(text.substr(1))) return std::nullopt;
    out.port = text.substr(1);
  }
  const bool here = out.host == "localhost" || out.host == "127.0.0.1" || out.host == "::1";
  if (!out.tls && !here) return std::nullopt;
  return out;
}

}  // namespace attune::cli
