// Who may come in, by network address: how many connections, how many new streams and mailboxes a day. Addresses stay
// in here: nothing else of the server knows them and no log names them. Safe to use from several threads.
#pragma once

#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/relay/allowance.h"

namespace attune::server {

struct GateLimits {
  std::uint32_t connections = 0;
  std::uint32_t connections_per_address = 0;
  std::uint32_t streams_a_day = 0;
  std::uint32_t mailboxes_a_day = 0;
};

class Gate {
 public:
  Gate(GateLimits limits, const std::vector<std::string>& proxies);

  /// One connection's being here; ends with it. The gate outlives it.
  class Pass {
   public:
    Pass(Gate& gate, boost::asio::ip::address address, std::shared_ptr<Allowance> allowance)
        : gate_(&gate), address_(std::move(address)), allowance_(std::move(allowance)) {}
    ~Pass() {
      if (gate_ != nullptr) gate_->leave(address_);
    }
    Pass(Pass&& other) noexcept
        : gate_(std::exchange(other.gate_, nullptr)),
          address_(other.address_),
          allowance_(std::move(other.allowance_)) {}
    Pass& operator=(Pass other) noexcept {
      std::swap(gate_, other.gate_);
      std::swap(address_, other.address_);
      std::swap(allowance_, other.allowance_);
      return *this;
    }
    [[nodiscard]] const std::shared_ptr<Allowance>& allowance() const { return allowance_; }

   private:
    Gate* gate_;
    boost::asio::ip::address address_;
    std::shared_ptr<Allowance> allowance_;
  };

  /// None: too many from there, or altogether.
  std::optional<Pass> enter(const boost::asio::ip::address& address);
  /// Whose connection it is: the peer's, or, if that is a trusted proxy, the last of X-Forwarded-For.
  [[nodiscard]] boost::asio::ip::address visitor(const boost::asio::ip::address& peer,
                                                 std::string_view forwarded_for) const;
  [[nodiscard]] bool is_proxy(const boost::asio::ip::address& peer) const;
  /// Forgets addresses that have not been here for a day.
  void tidy();

 private:
  struct Guest {
    std::uint32_t connections = 0;
    std::shared_ptr<Allowance> allowance;
    std::int64_t left = 0;  ///< day of the last leaving, by tidy()'s count
  };
  void leave(const boost::asio::ip::address& address);

  GateLimits limits_;
  std::vector<boost::asio::ip::network_v4> proxies_v4_;
  std::vector<boost::asio::ip::network_v6> proxies_v6_;
  std::mutex mutex_;
  std::uint32_t connections_ = 0;
  std::int64_t round_ = 0;
  std::map<boost::asio::ip::address, Guest> guests_;
};

}  // namespace attune::server
