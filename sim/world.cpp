#include "sim/world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "wire/tagged.h"

namespace attune::sim {

std::uint64_t Dice::next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t Dice::below(std::uint64_t bound) {
  if (at_ == said_.size()) return next() % bound;
  std::uint64_t out = 0;
  for (std::uint64_t span = 1; span < bound && at_ < said_.size(); span <<= 8) out = out << 8 | said_[at_++];
  return out % bound;
}

void Dice::fill(std::span<std::uint8_t> out) {
  for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(next());
}

// ---- device ----

Device::Device(World& world, std::string name) : world_(world), name_(std::move(name)) { restart(); }
Device::~Device() { hang_up(); }

void Device::restart() {
  stop();
  flush();
  std::vector<Row> rows;
  for (const auto& [key, value] : disk_) rows.push_back({.key = key, .value = value});
  auto opened = Core::open(std::move(rows), now(), [this](std::span<std::uint8_t> out) { world_.dice_.fill(out); });
  if (!opened) {
    std::fprintf(stderr, "%s does not open: %s\n", name_.c_str(), std::string(opened.error().name()).c_str());
    std::abort();
  }
  core_ = std::make_unique<Core>(std::move(*opened));
  carry_out();
}

void Device::stop() {
  hang_up();
  core_.reset();
  ++life_;
}

void Device::lose_power() {
  effects_left_.reset();
  unflushed_.clear();
  stop();
}

Now Device::now() const {
  Now out = world_.now();
  out.ms += clock_ms_;
  return out;
}

void Device::store(std::vector<Row> rows) {
  std::ranges::move(rows, std::back_inserter(unflushed_));
  if (late_ms_ == 0) return flush();
  world_.at(late_ms_, [this] { flush(); });
}

void Device::flush() {
  for (Row& row : std::exchange(unflushed_, {})) {
    if (world_.flushed_) world_.flushed_(*this, row);
    if (row.value) {
      disk_[row.key] = std::move(*row.value);
    } else {
      disk_.erase(row.key);
    }
  }
}

void Device::carry_out() {
  for (Effect& effect : core_->take_effects()) {
    if (effects_left_ && (*effects_left_)-- == 0) return lose_power();
    if (auto* written = std::get_if<effect::Store>(&effect)) {
      if (disk_full_) return stop();
      store(std::move(written->rows));
    } else if (const auto* to = std::get_if<effect::Dial>(&effect)) {
      dial(to->relay);
    } else if (std::holds_alternative<effect::HangUp>(effect)) {
      hang_up();
    } else if (auto* send = std::get_if<effect::Send>(&effect)) {
      world_.at(in_order(last_up_ms_), [this, line = line_, frame = std::move(send->frame)] {
        if (line != line_ || !session_) return;
        if (world_.watching_) world_.watching_(*this, frame);
        session_->receive(frame, world_.relay_time());
        world_.commit_soon();
        pump_session();
      });
    } else if (const auto* alarm = std::get_if<effect::Alarm>(&effect)) {
      world_.at(alarm->at_ms - now().ms, [this, life = life_] {
        if (life != life_) return;
        core_->tick(now());
        carry_out();
      });
    }
  }
}

void Device::hold_line(std::int64_t ms) {
  last_up_ms_ = std::max(last_up_ms_, world_.now_ms_ + ms);
  last_down_ms_ = std::max(last_down_ms_, world_.now_ms_ + ms);
}

std::int64_t Device::in_order(std::int64_t& last) {
  last = std::max(last, world_.now_ms_ + world_.delay());
  return last - world_.now_ms_;
}

void Device::dial(const std::string& address) {
  hang_up();
  const std::uint64_t line = ++line_;
  world_.at(world_.delay(), [this, line, address] {
    if (line != line_) return;
    server::Relay* relay = offline_ ? nullptr : world_.relay_at(address);
    if (relay == nullptr) {
      ++line_;
      core_->disconnected(now());
      return carry_out();
    }
    Challenge nonce;
    world_.dice_.fill(nonce.bytes);
    session_ =
        relay->connect({.nonce = nonce, .now = world_.relay_time(), .token = false, .allowance = {}}, [this, line] {
          world_.at(0, [this, line] {
            if (line == line_) pump_session();
          });
        });
    core_->connected(now());
    carry_out();
  });
}

void Device::hang_up() {
  ++line_;
  session_.reset();
}

void Device::arrives(Bytes message) {
  world_.at(in_order(last_down_ms_), [this, line = line_, message = std::move(message)] {
    if (line != line_) return;
    core_->received(message, now());
    carry_out();
  });
}

void Device::pump_session() {
  if (!session_) return;
  while (auto message = session_->next(world_.relay_time())) {
    std::vector<Bytes> messages;
    if (world_.meddling_) {
      messages = world_.meddling_(*this, std::move(*message));
    } else {
      messages.push_back(std::move(*message));
    }
    for (const Bytes& each : messages) {
      arrives(each);
      if (world_.duplicates_percent_ > 0 && world_.dice_.chance(world_.duplicates_percent_)) arrives(each);
    }
  }
  if (!session_->ended()) return;
  world_.at(in_order(last_down_ms_), [this, line = line_] {
    if (line != line_) return;
    hang_up();
    core_->disconnected(now());
    carry_out();
  });
}

Json Device::command(std::string_view name, Json args, std::int64_t hold_ms) {
  const std::string reply = core_->command(name, schema::text(args), hold_ms, now());
  carry_out();
  return Json::parse(reply);
}

Json Device::view(std::string_view name, Json args) {
  return Json::parse(core_->view(name, schema::text(args), now()));
}

namespace {

Json value_of(const Json& reply, const std::string& device, std::string_view name) {
  if (reply["ok"] == true) return reply["value"];
  std::fprintf(stderr, "%s: %s was refused: %s\n", device.c_str(), std::string(name).c_str(), reply.dump().c_str());
  std::abort();
}

}  // namespace

Json Device::must(std::string_view name, Json args, std::int64_t hold_ms) {
  return value_of(command(name, std::move(args), hold_ms), name_, name);
}
Json Device::see(std::string_view name, Json args) { return value_of(view(name, std::move(args)), name_, name); }

void Device::go_offline() {
  offline_ = true;
  if (!session_) return;
  hang_up();
  core_->disconnected(now());
  carry_out();
}

void Device::go_online() {
  offline_ = false;
  if (!running()) return;
  core_->tick(now());
  carry_out();
}

// ---- world ----

World::World(std::uint64_t seed, server::MemoryStore::Commit commit)
    : dice_(seed),
      commit_when_asked_(commit == server::MemoryStore::Commit::when_asked),
      store_(std::make_unique<server::MemoryStore>(commit)) {
  wire::initialise();
  make_relay();
}

World::~World() {
  devices_.clear();
  if (relay_) store_->crash();
}

void World::make_relay() {
  bus_ = std::make_unique<server::LocalBus>();
  server::Policy policy;
  policy.origins = {address_};
  policy.registration = registration_;
  relay_ = std::make_unique<server::Relay>(*store_, *bus_, policy);
}

server::MemoryStore& World::add_relay(const std::string& address) {
  Elsewhere& made = elsewhere_[address];
  server::Policy policy;
  policy.origins = {address};
  made.relay = std::make_unique<server::Relay>(made.store, made.bus, policy);
  return made.store;
}

server::Relay* World::relay_at(const std::string& address) {
  if (address == address_) return relay_.get();
  const auto found = elsewhere_.find(address);
  return found == elsewhere_.end() ? nullptr : found->second.relay.get();
}

void World::crash_relay() {
  if (!relay_) return;
  std::vector<Device*> connected;
  for (const auto& device : devices_) {
    if (!device->session_) continue;
    connected.push_back(device.get());
    device->hang_up();
  }
  store_->crash();  // before the relay goes: what was waiting refers to it
  relay_.reset();
  for (Device* device : connected) {
    device->core_->disconnected(device->now());
    device->carry_out();
  }
}

void World::restart_relay() {
  crash_relay();
  make_relay();
}

void World::restore_relay(server::MemoryStore::State state) {
  crash_relay();
  store_->restore(std::move(state));
  make_relay();
}

void World::commit_soon() {
  if (!commit_when_asked_ || commit_due_) return;
  commit_due_ = true;
  at(delay(), [this] {
    commit_due_ = false;
    if (!commits_held_) store_->commit();
  });
}

void World::hold_commits(bool hold) {
  commits_held_ = hold;
  commit_soon();
}

Device& World::add(std::string name) {
  return *devices_.emplace_back(std::make_unique<Device>(*this, std::move(name)));
}

std::int64_t World::delay() {
  return most_delay_ms_ == 0 ? 0 : static_cast<std::int64_t>(dice_.below(static_cast<std::uint64_t>(most_delay_ms_)));
}

void World::at(std::int64_t ms, std::function<void()> step) {
  steps_.emplace(std::pair(now_ms_ + std::max<std::int64_t>(ms, 0), order_++), std::move(step));
}

void World::run_for(std::int64_t ms) {
  const std::int64_t until = now_ms_ + ms;
  while (!steps_.empty() && steps_.begin()->first.first <= until) {
    auto step = steps_.extract(steps_.begin());
    now_ms_ = step.key().first;
    ++steps_run_;
    step.mapped()();
    if (looking_) looking_();
  }
  now_ms_ = until;
}

void World::set_clock(std::int64_t by_ms) {
  decltype(steps_) moved;
  for (auto& [due, step] : steps_) moved.emplace(std::pair(due.first + by_ms, due.second), std::move(step));
  steps_ = std::move(moved);
  now_ms_ += by_ms;
  relay_ahead_ms_ -= by_ms;
  for (const auto& device : devices_) {
    device->last_up_ms_ += by_ms;
    device->last_down_ms_ += by_ms;
  }
}

void World::settle() { run_for(most_delay_ms_ * 20 + 3'000); }

}  // namespace attune::sim
