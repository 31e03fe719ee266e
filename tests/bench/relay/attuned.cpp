#include "bench/relay/attuned.h"

#include <fstream>
#include <stdexcept>

namespace attune::bench {

namespace {

constexpr std::size_t kDialledAtOnce = 64;
constexpr auto kPatience = std::chrono::seconds(20);

// All of them come from one address and each sends as fast as it can: what a server on the net refuses.
std::vector<std::string> arguments(const std::filesystem::path& folder, std::uint16_t port) {
  return {"--port", std::to_string(port),        "--data", folder.string(),         "--connections",
          "20000",  "--connections-per-address", "20000",  "--messages-per-second", "10000"};
}

}  // namespace

Attuned::Attuned(const std::filesystem::path& folder) : port_(tests::free_port()), program_(arguments(folder, port_)) {
  if (!program_.prints("http://")) throw std::runtime_error("attuned did not start: " + program_.output());
}

std::uint64_t Attuned::memory() const {
  std::ifstream status("/proc/" + std::to_string(program_.id()) + "/status");
  for (std::string word; status >> word;) {
    std::uint64_t kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib * 1024;
  }
  throw std::runtime_error("attuned has ended");
}

Devices::Devices(const Attuned& attuned, const std::vector<Couple>& couples, Which which)
    : couples_(couples), next_(couples.size()) {
  for (const Couple& couple : couples) {
    frames_.emplace_back();
    for (const Bytes& record : couple.records) frames_.back().push_back(append_frame(couple, record));
  }
  std::size_t ready = 0;
  for (std::size_t device = 0; device < 2 * couples.size(); ++device) {
    const std::size_t person = device % 2;
    lines_.push_back(nullptr);
    if (which == Which::first && person == 1) continue;
    lines_.back() = std::make_unique<Line>(poll_, attuned.port(), couples[device / 2], person,
                                           Line::Heard{.ready = [&ready] { ++ready; },
                                                       .stored = [this, device] { listener_->stored(device); },
                                                       .delivered = [this, device] { listener_->delivered(device); }});
  }
  const std::size_t all = which == Which::both ? lines_.size() : couples.size();
  while (ready < all) {
    if (!poll_.wait(Clock::now() + kPatience)) throw std::runtime_error("the devices were not let in");
  }
}

bool Devices::append(std::size_t couple) {
  const std::size_t record = next_[couple]++;
  if (record >= frames_[couple].size()) return false;
  lines_[2 * couple + couples_[couple].author_of(record)]->send(frames_[couple][record]);
  return true;
}

void Devices::wait(Clock::time_point until, Listener& listener) {
  listener_ = &listener;
  poll_.wait(until);
}

double memory_of_idle(const std::filesystem::path& folder, const std::vector<Couple>& couples) {
  const Attuned attuned(folder);
  const std::uint64_t before = attuned.memory();
  const Poll poll;
  std::vector<std::unique_ptr<Line>> lines;
  std::size_t ready = 0;
  const Line::Heard heard{.ready = [&] { ++ready; }, .stored = [] {}, .delivered = [] {}};
  while (ready < 2 * couples.size()) {
    while (lines.size() < 2 * couples.size() && lines.size() - ready < kDialledAtOnce) {
      lines.push_back(std::make_unique<Line>(poll, attuned.port(), couples[lines.size() / 2], lines.size() % 2, heard));
    }
    if (!poll.wait(Clock::now() + kPatience)) throw std::runtime_error("the devices were not let in");
  }
  return static_cast<double>(attuned.memory() - before) / static_cast<double>(lines.size());
}

}  // namespace attune::bench
