#include "bench/relay/redis.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <functional>
#include <optional>
#include <stdexcept>

#include "server/program.h"

namespace attune::bench {

namespace {

// Redis' protocol (redis.io, RESP2): a request is a list of byte strings.
std::string request(std::initializer_list<std::string_view> words) {
  std::string out = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string_view word : words) {
    out += "$" + std::to_string(word.size()) + "\r\n";
    out += word;
    out += "\r\n";
  }
  return out;
}

// One answer: where it ends and the byte strings in it, in order. None: it has not come whole.
struct Answer {
  std::size_t end = 0;
  std::vector<std::string_view> words;
};

bool read_answer(std::string_view in, Answer& out) {
  const std::size_t line = in.find("\r\n", out.end);
  if (line == std::string_view::npos) return false;
  const char type = in[out.end];
  int number = 0;
  std::from_chars(in.data() + out.end + 1, in.data() + line, number);
  if (type == '-') throw std::runtime_error("redis: " + std::string(in.substr(out.end, line - out.end)));
  out.end = line + 2;
  if (type == '$' && number >= 0) {
    const auto size = static_cast<std::size_t>(number);
    if (in.size() < out.end + size + 2) return false;
    out.words.push_back(in.substr(out.end, size));
    out.end += size + 2;
  }
  for (int i = 0; type == '*' && i < number; ++i) {
    if (!read_answer(in, out)) return false;
  }
  return true;
}

class Way final : public Poll::Reader {
 public:
  Way(const Poll& poll, std::uint16_t port, std::function<void(const Answer&)> heard)
      : socket_(port), heard_(std::move(heard)) {
    poll.add(socket_, *this);
  }
  void send(std::string_view bytes) const { socket_.send(bytes); }
  void readable() override {
    socket_.receive();
    for (Answer answer; read_answer(socket_.unread(), answer); answer = {}) {
      heard_(answer);
      socket_.consume(answer.end);
    }
  }

 private:
  Socket socket_;
  std::function<void(const Answer&)> heard_;
};

// Named by the key of the device that writes to it, so that one load reads nothing of the load before.
std::string stream_of(const std::vector<Couple>& couples, std::size_t device) {
  return "of:" + std::string(as_text(couples[device / 2].keys[device % 2].sign.view()));
}

}  // namespace

RedisServer::RedisServer(const std::filesystem::path& folder) : port_(tests::free_port()) {
  const std::string port = std::to_string(port_);
  const std::string log = (folder / "redis.log").string();
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execlp("redis-server", "redis-server", "--bind", "127.0.0.1", "--port", port.c_str(), "--dir", folder.c_str(),
             "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0", "--save", "",
             "--logfile", log.c_str(), nullptr);
    ::_exit(127);
  }
  const auto until = Clock::now() + std::chrono::seconds(10);
  for (;;) {
    try {
      const Socket socket(port_);
      return;
    } catch (const std::runtime_error&) {
      if (Clock::now() > until || ::waitpid(process_, nullptr, WNOHANG) != 0) throw;
    }
  }
}

RedisServer::~RedisServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

class Redis::Device {
 public:
  Device(Redis& redis, std::uint16_t port, std::size_t number)
      : writes_to_(stream_of(redis.couples_, number)),
        reads_from_(stream_of(redis.couples_, number ^ 1)),
        writer_(redis.poll_, port, [&redis, number](const Answer&) { redis.listener_->stored(number); }),
        reader_(redis.poll_, port, [this, &redis, number](const Answer& answer) {
          // [[key, [[id, ["r", record]]…]]]
          const std::string last(answer.words[answer.words.size() - 3]);
          read_after(last);
          for (std::size_t at = 1; at < answer.words.size(); at += 3) redis.listener_->delivered(number);
        }) {
    read_after("0");
  }
  void append(ByteView record) const { writer_.send(request({"XADD", writes_to_, "*", "r", as_text(record)})); }

 private:
  void read_after(std::string_view id) const {
    reader_.send(request({"XREAD", "BLOCK", "0", "STREAMS", reads_from_, id}));
  }
  std::string writes_to_;
  std::string reads_from_;
  Way writer_;
  Way reader_;
};

Redis::Redis(const RedisServer& server, const std::vector<Couple>& couples) : couples_(couples), next_(couples.size()) {
  for (std::size_t i = 0; i < 2 * couples.size(); ++i) {
    devices_.push_back(std::make_unique<Device>(*this, server.port(), i));
  }
}

Redis::~Redis() = default;

// It does not look at what it keeps, so that the same records will do again when they are used up.
bool Redis::append(std::size_t couple) {
  const auto& records = couples_[couple].records;
  const std::size_t record = next_[couple]++;
  devices_[2 * couple + couples_[couple].author_of(record)]->append(records[record % records.size()]);
  return true;
}

void Redis::wait(Clock::time_point until, Listener& listener) {
  listener_ = &listener;
  poll_.wait(until);
}

}  // namespace attune::bench
