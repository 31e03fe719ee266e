#include "server/relay/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace attune::server {

namespace {

struct Block {
  std::array<std::uint8_t, 4> first;
  unsigned bits;
};

// RFC 6890 and its registry, IPv4.
constexpr std::array kSpecial = {
    Block{{0, 0, 0, 0}, 8},      Block{{10, 0, 0, 0}, 8},     Block{{100, 64, 0, 0}, 10}, Block{{127, 0, 0, 0}, 8},
    Block{{169, 254, 0, 0}, 16}, Block{{172, 16, 0, 0}, 12},  Block{{192, 0, 0, 0}, 24},  Block{{192, 0, 2, 0}, 24},
    Block{{192, 88, 99, 0}, 24}, Block{{192, 168, 0, 0}, 16}, Block{{198, 18, 0, 0}, 15}, Block{{198, 51, 100, 0}, 24},
    Block{{203, 0, 113, 0}, 24}, Block{{224, 0, 0, 0}, 4},    Block{{240, 0, 0, 0}, 4},
};

bool begins_with(std::span<const std::uint8_t> address, std::span<const std::uint8_t> first, unsigned bits) {
  for (unsigned bit = 0; bit < bits; ++bit) {
    if (((address[bit / 8] ^ first[bit / 8]) >> (7 - bit % 8) & 1) != 0) return false;
  }
  return true;
}

bool is_public_v4(std::span<const std::uint8_t> address) {
  return std::ranges::none_of(kSpecial,
                              [&](const Block& block) { return begins_with(address, block.first, block.bits); });
}

bool is_public_v6(std::span<const std::uint8_t> address) {
  constexpr std::array<std::uint8_t, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<std::uint8_t, 12> nat64 = {0, 0x64, 0xff, 0x9b};
  if (begins_with(address, mapped, 96) || begins_with(address, nat64, 96)) return is_public_v4(address.subspan(12));
  constexpr std::array<std::uint8_t, 1> global = {0x20};                     // 2000::/3 is all there is
  constexpr std::array<std::uint8_t, 3> protocols = {0x20, 0x01, 0x00};      // 2001::/23, Teredo in it
  constexpr std::array<std::uint8_t, 4> examples = {0x20, 0x01, 0x0d, 0xb8};
  constexpr std::array<std::uint8_t, 2> six_to_four = {0x20, 0x02};
  constexpr std::array<std::uint8_t, 3> more_examples = {0x3f, 0xff, 0x00};  // 3fff::/20
  return begins_with(address, global, 3) && !begins_with(address, protocols, 23) &&
         !begins_with(address, examples, 32) && !begins_with(address, six_to_four, 16) &&
         !begins_with(address, more_examples, 20);
}

bool is_name(std::string_view host) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  return !host.empty() && host.size() < 254 && std::ranges::all_of(host, allowed) && host.front() != '.' &&
         host.front() != '-' && host.find("..") == std::string_view::npos;
}

// "127.1" and "0x7f000001" are addresses to a resolver. Only the plain form with four numbers is one here.
bool looks_like_a_number(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  return last.empty() || (last.front() >= '0' && last.front() <= '9');
}

bool may_be_called(const std::string& host, bool bracketed) {
  std::array<std::uint8_t, 16> raw{};
  if (bracketed) return ::inet_pton(AF_INET6, host.c_str(), raw.data()) == 1 && is_public(raw);
  if (!looks_like_a_number(host)) return host.find('.') != std::string::npos && !host.ends_with(".localhost");
  return ::inet_pton(AF_INET, host.c_str(), raw.data()) == 1 && is_public(std::span(raw).first(4));
}

bool is_well_formed(const std::string& host, bool bracketed) {
  std::array<std::uint8_t, 16> raw{};
  if (bracketed) return ::inet_pton(AF_INET6, host.c_str(), raw.data()) == 1;
  if (!is_name(host)) return false;
  return !looks_like_a_number(host) || ::inet_pton(AF_INET, host.c_str(), raw.data()) == 1;
}

bool is_port(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 1 && value <= 65535 &&
         text.front() != '0';
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// host[:port], the host of an IPv6 address in brackets.
bool read_authority(std::string_view authority, Endpoint& out, bool& bracketed) {
  bracketed = authority.starts_with('[');
  const std::size_t end = bracketed ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (end == std::string_view::npos) return false;
  out.host = lower(bracketed ? authority.substr(1, end - 1) : authority.substr(0, end));
  const std::string_view rest = authority.substr(std::min(end + (bracketed ? 1 : 0), authority.size()));
  if (!rest.empty()) {
    if (rest.size() < 2 || rest.front() != ':' || !is_port(rest.substr(1))) return false;
    out.port = rest.substr(1);
  }
  return is_well_formed(out.host, bracketed);
}

}  // namespace

bool is_public(std::span<const std::uint8_t> address) {
  return address.size() == 4 ? is_public_v4(address) : address.size() == 16 && is_public_v6(address);
}

std::optional<Endpoint> read_endpoint(std::string_view address, bool local) {
  Endpoint out;
  out.secure = address.starts_with("https://");
  if (!out.secure && !(local && address.starts_with("http://"))) return std::nullopt;
  const std::string standard = out.secure ? "443" : "80";
  out.port = standard;
  address.remove_prefix(out.secure ? 8 : 7);
  const std::size_t path = std::min(address.find_first_of("/?#"), address.size());
  out.target = address.substr(path);
  if (out.target.empty() || out.target.front() != '/') out.target.insert(0, 1, '/');
  if (out.target.find('#') != std::string::npos) return std::nullopt;
  bool bracketed = false;
  if (!read_authority(address.substr(0, path), out, bracketed)) return std::nullopt;
  if (!local && (out.port != standard || !may_be_called(out.host, bracketed))) return std::nullopt;
  out.origin = (out.secure ? "https://" : "http://") + (bracketed ? "[" + out.host + "]" : out.host);
  if (out.port != standard) out.origin += ":" + out.port;
  return out;
}

}  // namespace attune::server
