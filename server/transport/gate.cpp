#include "server/transport/gate.h"

#include <algorithm>

namespace attune::server {

namespace ip = boost::asio::ip;

namespace {

// Addresses remembered at most; somebody with more of them than that starts over with fresh limits.
constexpr std::size_t kMostGuests = 100'000;

// One household has one IPv4 address, or one /64 of IPv6.
ip::address household(const ip::address& address) {
  if (address.is_v4()) return address;
  const ip::address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6);
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes);
}

}  // namespace

Gate::Gate(GateLimits limits, const std::vector<std::string>& proxies) : limits_(limits) {
  for (const std::string& text : proxies) {
    boost::system::error_code error;
    const auto v4 = ip::make_network_v4(text, error);
    if (!error) {
      proxies_v4_.push_back(v4);
      continue;
    }
    const auto v6 = ip::make_network_v6(text, error);
    if (!error) proxies_v6_.push_back(v6);
  }
}

std::optional<Gate::Pass> Gate::enter(const ip::address& address) {
  const ip::address home = household(address);
  const std::lock_guard lock(mutex_);
  if (connections_ >= limits_.connections) return std::nullopt;
  if (guests_.size() >= kMostGuests && !guests_.contains(home)) {
    std::erase_if(guests_, [](const auto& guest) { return guest.second.connections == 0; });
  }
  Guest& guest = guests_[home];
  if (guest.connections >= limits_.connections_per_address) return std::nullopt;
  if (!guest.allowance) guest.allowance = std::make_shared<Allowance>(limits_.streams_a_day, limits_.mailboxes_a_day);
  ++guest.connections;
  ++connections_;
  return std::optional<Pass>(std::in_place, *this, home, guest.allowance);
}

void Gate::leave(const ip::address& address) {
  const std::lock_guard lock(mutex_);
  --connections_;
  const auto found = guests_.find(address);
  if (found == guests_.end()) return;
  --found->second.connections;
  found->second.left = round_;
}

bool Gate::is_proxy(const ip::address& peer) const {
  if (peer.is_v6() && peer.to_v6().is_v4_mapped()) return is_proxy(ip::make_address_v4(ip::v4_mapped, peer.to_v6()));
  if (peer.is_v4()) {
    return std::ranges::any_of(proxies_v4_, [&](const ip::network_v4& network) {
      return network.prefix_length() == 0 ||
             network.canonical() == ip::network_v4(peer.to_v4(), network.prefix_length()).canonical();
    });
  }
  return std::ranges::any_of(proxies_v6_, [&](const ip::network_v6& network) {
    return network.canonical() == ip::network_v6(peer.to_v6(), network.prefix_length()).canonical();
  });
}

ip::address Gate::visitor(const ip::address& peer, std::string_view forwarded_for) const {
  if (!is_proxy(peer) || forwarded_for.empty()) return peer;
  const std::size_t comma = forwarded_for.rfind(',');
  std::string_view last = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  while (last.ends_with(' ')) last.remove_suffix(1);
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(last), error);
  return error ? peer : address;
}

void Gate::tidy() {
  const std::lock_guard lock(mutex_);
  ++round_;
  std::erase_if(guests_,
                [&](const auto& guest) { return guest.second.connections == 0 && guest.second.left + 1 < round_; });
}

}  // namespace attune::server
