#include "server/program.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace attune::tests {

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

Program::Program(std::vector<std::string> arguments, Options options) {
  std::vector<char*> pointers = {const_cast<char*>(ATTUNED)};
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return;
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(pipe[1], 1);
    ::dup2(pipe[1], 2);
    if (options.most_file_bytes != 0) {
      const rlimit limit{.rlim_cur = options.most_file_bytes, .rlim_max = options.most_file_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execv(ATTUNED, pointers.data());
    ::_exit(127);
  }
  ::close(pipe[1]);
  out_ = pipe[0];
}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    wait();
  }
  ::close(out_);
}

bool Program::read_more() {
  char buffer[4096];
  const ssize_t got = ::read(out_, buffer, sizeof buffer);
  if (got <= 0) return false;
  output_.append(buffer, static_cast<std::size_t>(got));
  return true;
}

bool Program::prints(const std::string& text) {
  while (output_.find(text) == std::string::npos) {
    if (!read_more()) return false;
  }
  return true;
}

void Program::signal(int number) const { ::kill(process_, number); }

int Program::wait() {
  while (read_more()) {
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

Ended run_program(std::vector<std::string> arguments) {
  Program program(std::move(arguments));
  const int code = program.wait();
  return {code, program.output()};
}

}  // namespace attune::tests
