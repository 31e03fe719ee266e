// Redis Streams as the relay: what a server of another kind takes for the same load. It is told to be as durable
// (appendfsync always) and is given what suits it: a stream for each direction, and a connection for each way.
#pragma once

#include <sys/types.h>

#include <memory>

#include "bench/relay/couples.h"
#include "bench/relay/service.h"
#include "bench/relay/socket.h"

namespace attune::bench {

/// redis-server on a port of its own with its files in the folder; ended with this.
class RedisServer {
 public:
  explicit RedisServer(const std::filesystem::path& folder);
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_;
  pid_t process_ = -1;
};

class Redis final : public Service {
 public:
  Redis(const RedisServer& server, const std::vector<Couple>& couples);
  ~Redis() override;

  bool append(std::size_t couple) override;
  void wait(Clock::time_point until, Listener& listener) override;

 private:
  class Device;
  const std::vector<Couple>& couples_;
  std::vector<std::size_t> next_;
  Poll poll_;
  Listener* listener_ = nullptr;
  std::vector<std::unique_ptr<Device>> devices_;
};

}  // namespace attune::bench
