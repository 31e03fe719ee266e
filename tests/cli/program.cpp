#include "tests/cli/program.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <csignal>

namespace attune::cli {

namespace {

int free_port() {
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

}  // namespace

Process::Process(const std::vector<std::string>& words, Limits limits) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0 ||
      ::pipe2(err.data(), O_CLOEXEC) != 0) {
    std::abort();
  }
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    if (limits.most_file_bytes != 0) {
      const rlimit limit{.rlim_cur = limits.most_file_bytes, .rlim_max = limits.most_file_bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  in_ = in[1];
  out_ = out[0];
  err_ = err[0];
}

Process::~Process() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    wait();
  }
}

void Process::type(const std::string& text) const {
  // What these tests type fits into a pipe's buffer.
  EXPECT_EQ(::write(in_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

void Process::end_input() {
  if (in_ >= 0) ::close(in_);
  in_ = -1;
}

bool Process::read_more() {
  std::array<pollfd, 2> both{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  if (out_ < 0 && err_ < 0) return false;
  constexpr int kPatience = 60'000;  // ms without a word: it hangs
  const int ready = ::poll(both.data(), both.size(), kPatience);
  if (ready < 0) return errno == EINTR;
  if (ready == 0) {
    ADD_FAILURE() << "it hangs after:\n" << ended_.err << ended_.out;
    signal(SIGKILL);
    return false;
  }
  for (int* pipe : {&out_, &err_}) {
    const pollfd& state = pipe == &out_ ? both[0] : both[1];
    if (*pipe < 0 || state.revents == 0) continue;
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(*pipe, buffer.data(), buffer.size());
    if (got > 0) {
      (pipe == &out_ ? ended_.out : ended_.err).append(buffer.data(), static_cast<std::size_t>(got));
    } else {
      ::close(*pipe);
      *pipe = -1;
    }
  }
  return true;
}

bool Process::prints(const std::string& text) {
  while (!ended_.out.contains(text) && !ended_.err.contains(text)) {
    if (!read_more()) return false;
  }
  return true;
}

void Process::signal(int number) const { ::kill(process_, number); }

Ended Process::wait() {
  end_input();
  while (read_more()) {
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  ended_.code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  return ended_;
}

Relay::Relay(std::filesystem::path data, std::vector<std::string> more)
    : data_(std::move(data)), more_(std::move(more)), port_(free_port()) {}

void Relay::start() {
  std::vector<std::string> words = {ATTUNED, "--port", std::to_string(port_), "--data", data_.string()};
  words.insert(words.end(), more_.begin(), more_.end());
  process_ = std::make_unique<Process>(words);
  ASSERT_TRUE(process_->prints(address())) << process_->wait().err;
}

void Relay::stop() {
  process_->signal(SIGTERM);
  EXPECT_EQ(process_->wait().code, 0);
  process_.reset();
}

void Relay::kill() { process_.reset(); }
void Relay::freeze() { process_->signal(SIGSTOP); }
void Relay::thaw() { process_->signal(SIGCONT); }

Ended Person::run(std::vector<std::string> words, const std::string& input, Process::Limits limits) {
  words.insert(words.begin(), {ATTUNE, "--home", home_.string()});
  Process process(words, limits);
  process.type(input);
  return process.wait();
}

std::unique_ptr<Process> Person::begin(std::vector<std::string> words) {
  words.insert(words.begin(), {ATTUNE, "--home", home_.string()});
  return std::make_unique<Process>(words);
}

std::string Person::well(std::vector<std::string> words, const std::string& input) {
  const Ended ended = run(words, input);
  EXPECT_EQ(ended.code, 0) << name_ << ": " << ::testing::PrintToString(words) << "\n" << ended.err << ended.out;
  return ended.out;
}

Json Person::view(const std::string& name) { return at(parse_json(well({"--json", "show", name})), "value"); }

std::map<std::string, std::string> everything_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) out[entry.path().string()] = content_of(entry.path());
  }
  return out;
}

}  // namespace attune::cli
