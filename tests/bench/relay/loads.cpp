#include "bench/relay/loads.h"

#include <deque>
#include <stdexcept>

namespace attune::bench {

namespace {

constexpr auto kPatience = std::chrono::seconds(10);

Clock::duration duration_of(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

class Alone final : public Service::Listener {
 public:
  void stored(std::size_t) override { ++stored_; }
  void delivered(std::size_t) override {}
  std::size_t stored_ = 0;
};

class InTurns final : public Service::Listener {
 public:
  explicit InTurns(Service& service) : service_(service) {}
  void stored(std::size_t) override { ++stored_; }
  void delivered(std::size_t device) override {
    --on_their_way_;
    if (going_on_) append(device / 2);
  }
  void append(std::size_t couple) {
    if (!service_.append(couple)) throw std::runtime_error("too few records were prepared");
    ++on_their_way_;
  }
  Service& service_;
  std::size_t stored_ = 0;
  std::size_t on_their_way_ = 0;
  bool going_on_ = true;
};

class OnTime final : public Service::Listener {
 public:
  OnTime(Service& service, std::size_t couples) : service_(service), due_(couples) {}
  void stored(std::size_t) override {}
  void delivered(std::size_t device) override {
    auto& due = due_[device / 2];
    times_.push_back(ms_since(due.front()));
    due.pop_front();
    if (!due.empty()) append(device / 2);
  }
  void due(std::size_t couple, Clock::time_point at) {
    due_[couple].push_back(at);
    if (due_[couple].size() == 1) append(couple);
  }
  std::vector<double> times_;

 private:
  void append(std::size_t couple) {
    if (!service_.append(couple)) throw std::runtime_error("too few records were prepared");
  }
  Service& service_;
  std::vector<std::deque<Clock::time_point>> due_;  ///< of each couple, not delivered yet; the first is on its way
};

}  // namespace

std::vector<double> one_at_a_time(Service& service, std::size_t appends) {
  std::vector<double> out;
  Alone alone;
  for (std::size_t i = 0; i < appends; ++i) {
    const auto start = Clock::now();
    if (!service.append(0)) throw std::runtime_error("too few records were prepared");
    while (alone.stored_ == i) {
      service.wait(start + kPatience, alone);
      if (Clock::now() > start + kPatience) throw std::runtime_error("an append was not answered");
    }
    out.push_back(ms_since(start));
  }
  return out;
}

double all_at_once(Service& service, std::size_t couples, double seconds) {
  InTurns load(service);
  const auto start = Clock::now();
  const auto end = start + duration_of(seconds);
  for (std::size_t couple = 0; couple < couples; ++couple) load.append(couple);
  while (Clock::now() < end) service.wait(end, load);
  const double rate = static_cast<double>(load.stored_) / seconds_between(start, Clock::now());
  load.going_on_ = false;
  while (load.on_their_way_ > 0) {
    service.wait(end + kPatience, load);
    if (Clock::now() > end + kPatience) throw std::runtime_error("an append was not delivered");
  }
  return rate;
}

std::vector<double> delivered_at(Service& service, std::size_t couples, double rate, double seconds) {
  OnTime load(service, couples);
  const auto start = Clock::now();
  const auto all = static_cast<std::size_t>(rate * seconds);
  const auto end = start + duration_of(seconds) + kPatience;
  std::size_t sent = 0;
  while (load.times_.size() < all) {
    const auto due = start + duration_of(static_cast<double>(sent) / rate);
    if (sent < all && Clock::now() >= due) {
      load.due(sent++ % couples, due);
      continue;
    }
    service.wait(sent < all ? due : end, load);
    if (Clock::now() > end) throw std::runtime_error("an append was not delivered");
  }
  return std::move(load.times_);
}

}  // namespace attune::bench
