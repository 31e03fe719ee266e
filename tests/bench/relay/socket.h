// Loopback sockets for a load of many connections on one thread: no framework, so that the client takes as little as it
// can of the processors that it shares with the server it measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "bench/relay/clock.h"

namespace attune::bench {

/// A connection to this machine. Anything that fails throws std::runtime_error: a figure of a broken run is none.
class Socket {
 public:
  explicit Socket(std::uint16_t port);
  ~Socket();
  Socket(Socket&& other) noexcept : file_(std::exchange(other.file_, -1)), read_(std::move(other.read_)) {}
  Socket& operator=(Socket&&) = delete;

  void send(std::string_view bytes) const;
  /// Takes in what has come.
  void receive();
  /// What has come and was not consumed.
  [[nodiscard]] std::string_view unread() const { return std::string_view(read_).substr(consumed_); }
  void consume(std::size_t bytes);
  [[nodiscard]] int file() const { return file_; }

 private:
  int file_ = -1;
  std::string read_;
  std::size_t consumed_ = 0;
};

/// Waits for many connections at once.
class Poll {
 public:
  class Reader {
   public:
    virtual ~Reader() = default;
    virtual void readable() = 0;
  };
  Poll();
  ~Poll();
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;

  /// The reader outlives the socket.
  void add(const Socket& socket, Reader& reader) const;
  /// Lets those read for which something has come; waits for that until then. False: nothing came.
  bool wait(Clock::time_point until) const;

 private:
  int file_ = -1;
};

/// As many open files as this process and those it starts may have.
std::size_t raise_open_files();

}  // namespace attune::bench
