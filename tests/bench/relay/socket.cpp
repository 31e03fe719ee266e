#include "bench/relay/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace attune::bench {

namespace {

[[noreturn]] void fail(const char* what) { throw std::runtime_error(std::string(what) + ": " + std::strerror(errno)); }

}  // namespace

Socket::Socket(std::uint16_t port) : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (file_ < 0 || ::connect(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
  const int on = 1;
  ::setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Socket::~Socket() {
  if (file_ >= 0) ::close(file_);
}

void Socket::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Socket::receive() {
  std::array<char, 16384> buffer;
  const ssize_t got = ::recv(file_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) fail("receive");
  if (got == 0) throw std::runtime_error("the server has hung up");
  read_.append(buffer.data(), static_cast<std::size_t>(got));
}

void Socket::consume(std::size_t bytes) {
  consumed_ += bytes;
  if (consumed_ < read_.size()) return;
  read_.clear();
  consumed_ = 0;
}

Poll::Poll() : file_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (file_ < 0) fail("epoll");
}

Poll::~Poll() { ::close(file_); }

void Poll::add(const Socket& socket, Reader& reader) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &reader;
  if (::epoll_ctl(file_, EPOLL_CTL_ADD, socket.file(), &event) != 0) fail("epoll");
}

bool Poll::wait(Clock::time_point until) const {
  const auto left = std::max(Clock::duration{}, until - Clock::now());
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(left);
  const timespec patience{.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(left - whole).count()};
  std::array<epoll_event, 256> events;
  const int count = ::epoll_pwait2(file_, events.data(), events.size(), &patience, nullptr);
  if (count < 0 && errno != EINTR) fail("epoll");
  for (int i = 0; i < count; ++i) static_cast<Reader*>(events[static_cast<std::size_t>(i)].data.ptr)->readable();
  return count > 0;
}

std::size_t raise_open_files() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace attune::bench
