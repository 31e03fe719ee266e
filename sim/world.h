// A couple's devices and their relay in one process: the real core, the real relay, virtual time, network and disks.
//
// Everything that happens is a step of one queue ordered by virtual time and, within it, by a seeded draw; so a run is
// one number. A device's disk is the rows its Stores wrote; restarting a device opens a new core on them. What was not
// flushed yet survives the death of a process and not the loss of power; the relay's disk is server/store/memory.h.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attune/core.h"
#include "attune/schema/json.h"
#include "server/bus/local_bus.h"
#include "server/relay/relay.h"
#include "server/store/memory.h"

namespace attune::sim {

using schema::Json;

/// A seeded source of bytes and choices (SplitMix64): the same seed gives the same run everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// Choices are what these bytes say, as long as they last: so a fuzzer rolls the dice.
  Dice(std::uint64_t seed, Bytes said) : state_(seed), said_(std::move(said)) {}
  std::uint64_t next();
  /// Uniform below `bound`, which is not 0.
  std::uint64_t below(std::uint64_t bound);
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  void fill(std::span<std::uint8_t> out);

 private:
  std::uint64_t state_;
  Bytes said_;
  std::size_t at_ = 0;
};

class World;

class Device {
 public:
  Device(World& world, std::string name);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  /// A command's or view's reply, parsed. Effects are carried out at once; frames travel through the world.
  Json command(std::string_view name, Json args = Json::object(), std::int64_t hold_ms = 0);
  Json view(std::string_view name, Json args = Json::object());
  /// The value of a command that must succeed.
  Json must(std::string_view name, Json args = Json::object(), std::int64_t hold_ms = 0);
  Json see(std::string_view name, Json args = Json::object());

  /// The process dies and starts again from its disk.
  void restart();
  /// The process dies; until restart() there are no commands and no views.
  void stop();
  [[nodiscard]] bool running() const { return core_ != nullptr; }
  /// Power fails once so many more effects have been carried out: the next one never is, nor is any behind it. None: it
  /// does not fail.
  void lose_power_after(std::optional<std::size_t> effects) { effects_left_ = effects; }
  /// The process ends at the next thing it would write.
  void fill_disk(bool full) { disk_full_ = full; }
  /// A bug of the shell: what is written lies in the system's cache, and is on the disk only so long after.
  void write_late(std::int64_t ms) { late_ms_ = ms; }
  /// This device's wall clock is so far from the world's; what is due stays due after the same time.
  void set_clock(std::int64_t ahead_ms) { clock_ms_ = ahead_ms; }
  /// Nothing passes on its line for so long; nothing is lost, and neither side notices.
  void hold_line(std::int64_t ms);
  void go_offline();
  void go_online();
  [[nodiscard]] bool offline() const { return offline_; }
  [[nodiscard]] Now now() const;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::map<std::string, Bytes>& disk() const { return disk_; }
  std::map<std::string, Bytes>& disk() { return disk_; }

 private:
  friend class World;
  void carry_out();
  void store(std::vector<Row> rows);
  void flush();
  void lose_power();
  void dial(const std::string& address);
  void hang_up();
  void pump_session();
  void arrives(Bytes message);
  /// Messages of one line arrive in the order they were sent, however long each takes.
  std::int64_t in_order(std::int64_t& last);

  World& world_;
  std::string name_;
  std::map<std::string, Bytes> disk_;
  std::vector<Row> unflushed_;
  std::unique_ptr<Core> core_;  ///< null: stopped
  std::uint64_t life_ = 0;  ///< counts processes: alarms of an earlier one ring for nobody
  std::shared_ptr<server::Session> session_;
  std::uint64_t line_ = 0;  ///< counts connections: what was sent on an earlier one is lost
  bool offline_ = false;
  std::int64_t last_up_ms_ = 0;
  std::int64_t last_down_ms_ = 0;
  std::int64_t clock_ms_ = 0;
  std::int64_t late_ms_ = 0;
  bool disk_full_ = false;
  std::optional<std::size_t> effects_left_;
};

/// What a message of the relay becomes on its way to a device: nothing, itself, or others.
using Meddling = std::function<std::vector<Bytes>(const Device& to, Bytes message)>;

/// Told of every message of a device that reaches the relay, just before the relay takes it in.
using Watching = std::function<void(const Device& from, ByteView message)>;

/// Told of every row that has come to lie on a device's disk.
using Flushed = std::function<void(const Device& on, const Row& row)>;

class World {
 public:
  explicit World(std::uint64_t seed, server::MemoryStore::Commit commit = server::MemoryStore::Commit::at_once);
  ~World();

  Device& add(std::string name);
  /// Runs steps until nothing is due before `until_ms` from now.
  void run_for(std::int64_t ms);
  /// Runs until nothing moves on the network any more (alarms in the future may wait).
  void settle();

  [[nodiscard]] Now now() const { return {.ms = now_ms_, .offset_minutes = 60}; }
  [[nodiscard]] Dice& dice() { return dice_; }
  [[nodiscard]] server::MemoryStore& store() { return *store_; }
  [[nodiscard]] const std::string& relay_address() const { return address_; }
  [[nodiscard]] server::Relay& relay() { return *relay_; }
  [[nodiscard]] bool relay_runs() const { return relay_ != nullptr; }
  /// A second, honest relay with a disk of its own, at an address of its own. Nothing else answers but relay_address().
  server::MemoryStore& add_relay(const std::string& address);
  /// Steps run so far: how much happened.
  [[nodiscard]] std::uint64_t steps() const { return steps_run_; }
  /// The relay's process dies and starts again: every connection breaks, what was not committed is gone.
  void restart_relay();
  /// The relay's process dies and does not start again until restart_relay(): its disk can be looked at.
  void crash_relay();
  void restore_relay(server::MemoryStore::State state);
  /// Whom the relay takes in, from its next start on. Nobody here has a token.
  void registration(server::Registration whom) { registration_ = whom; }

  /// Longest time a message, or a commit of the relay, is under way. Order on a line is kept.
  void delays(std::int64_t most_ms) { most_delay_ms_ = most_ms; }
  /// The relay's disk takes its time: nothing is committed, and so nothing acknowledged, until this is over.
  void hold_commits(bool hold);
  /// How many of a hundred messages of the relay arrive twice.
  void duplicates(std::uint32_t percent) { duplicates_percent_ = percent; }
  /// The devices' wall clocks are set by so much, as people and networks do; the relay's own goes on, and what is due
  /// stays due after the same time.
  void set_clock(std::int64_t by_ms);
  /// A hostile relay or line; none: honest again.
  void meddle(Meddling meddling) { meddling_ = std::move(meddling); }
  /// A relay that takes notes; none: nobody does.
  void watch(Watching watching) { watching_ = std::move(watching); }
  void watch_disks(Flushed flushed) { flushed_ = std::move(flushed); }
  /// Called after every step; none: nobody looks.
  void after_each_step(std::function<void()> looking) { looking_ = std::move(looking); }

 private:
  friend class Device;
  void at(std::int64_t ms, std::function<void()> step);
  std::int64_t delay();
  [[nodiscard]] server::Time relay_time() const { return server::Time{now_ms_ + relay_ahead_ms_}; }
  void make_relay();
  /// Null: nobody answers there.
  server::Relay* relay_at(const std::string& address);
  void commit_soon();

  Dice dice_;
  std::string address_ = "https://relay.example";
  std::int64_t now_ms_ = 1'790'000'000'000;
  std::int64_t relay_ahead_ms_ = 0;  ///< the relay's clock, after the devices' were set
  std::multimap<std::pair<std::int64_t, std::uint64_t>, std::function<void()>> steps_;
  std::uint64_t order_ = 0;
  std::int64_t most_delay_ms_ = 0;
  server::Registration registration_ = server::Registration::open;
  std::uint32_t duplicates_percent_ = 0;
  std::uint64_t steps_run_ = 0;
  bool commit_when_asked_ = false;
  bool commit_due_ = false;
  bool commits_held_ = false;
  Meddling meddling_;
  Watching watching_;
  Flushed flushed_;
  std::function<void()> looking_;
  std::unique_ptr<server::MemoryStore> store_;
  std::unique_ptr<server::LocalBus> bus_;
  std::unique_ptr<server::Relay> relay_;
  struct Elsewhere {
    server::MemoryStore store;
    server::LocalBus bus;
    std::unique_ptr<server::Relay> relay;
  };
  std::map<std::string, Elsewhere> elsewhere_;
  std::vector<std::unique_ptr<Device>> devices_;
};

}  // namespace attune::sim
