// A couple's days: people with several devices each, who open the app, do something and put it away, over a network and
// with machines that fail. One seed is one life.
//
// Some of what must hold is checked whenever a record comes to lie on a disk (ledger.h), some after everything anybody
// does, and all of it on quiet evenings, when everything works, everybody is online and nothing waits any more.
#pragma once

#include <array>
#include <set>
#include <span>

#include "sim/accepted.h"
#include "sim/deeds.h"
#include "sim/ledger.h"

namespace attune::sim {

class Life {
 public:
  /// `said`: choices that a fuzzer makes instead of the seed, as long as they last.
  explicit Life(std::uint64_t seed, Bytes said = {});

  /// One day; after it wrong() may have grown, and over() may have come.
  void day();
  void quiet_evening();

  /// A relay was put back while somebody who knew better was away, and another went on: two signed histories, of which
  /// nobody is accused. From then on the shared space is only read, and this life has nothing more to show.
  [[nodiscard]] bool over() const { return over_; }
  [[nodiscard]] const Violations& wrong() const { return wrong_; }
  /// How often each deed was done and each mishap befell them.
  [[nodiscard]] const std::map<std::string, std::size_t>& happened() const { return happened_; }

  World world;

  /// What goes wrong, as a table: each row is one kind of misfortune, and how often it comes.
  struct Mishap {
    std::string_view name;
    std::uint32_t weight;
    void (Life::*befalls)(Device& somebody);
  };
  static std::span<const Mishap> mishaps();

 private:
  struct One {
    std::string name;
    std::vector<Device*> devices;
    std::string words;  ///< twelve, confirmed and on the relay; empty: none yet
  };
  void begin();
  void sit_down();
  void sit_down_to_listen();
  void wake(Device& device);
  void do_one(std::size_t person, Device& device);
  void note_done(std::size_t person, Device& device, const Done& done);
  void note_answer(std::size_t person, const Done& done);
  void look_at(Device& device);

  // mishaps
  void kill(Device& somebody);
  void cut_power(Device& somebody);
  void fill_phone(Device& somebody);
  void fly(Device& somebody);
  void land(Device& somebody);
  void hold_line(Device& somebody);
  void set_clock(Device& somebody);
  void restart_relay(Device&);
  void crash_relay(Device&);
  void slow_relay(Device&);
  void fill_relay(Device&);
  void repair_relay(Device&);
  void back_up(Device&);
  void put_back(Device&);
  void mishap();

  // evenings
  void repair_everything();
  [[nodiscard]] bool come_to_rest();
  void check_forked();
  void check_everything();
  void change_devices();
  void get_new_phone(std::size_t person);
  void let_phone_in(std::size_t person);
  void get_new_words(std::size_t person);

  [[nodiscard]] std::vector<Device*> devices() const;
  [[nodiscard]] std::vector<Device*> running() const;
  Device& some_of(const std::vector<Device*>& list) { return *list[choices_.below(list.size())]; }
  Device& add(std::size_t person, std::string name);
  [[nodiscard]] std::size_t person_of(const Device& device) const;
  void found(const Violations& more) { wrong_.insert(wrong_.end(), more.begin(), more.end()); }
  void found(std::string sentence) { wrong_.push_back(std::move(sentence)); }

  Dice choices_;
  Ledger ledger_;
  std::array<One, 2> people_{One{.name = "Sam", .devices = {}, .words = {}},
                             One{.name = "Noa", .devices = {}, .words = {}}};
  Accepted accepted_;
  std::map<std::string, std::array<bool, 2>> answered_;  ///< question → who has sealed an answer, as far as screens say
  std::set<std::string> expected_;  ///< notices that what befell them explains
  std::optional<server::MemoryStore::State> backup_;
  std::map<std::string, std::size_t> happened_;
  Violations wrong_;
  bool over_ = false;
  int phones_ = 0;
};

}  // namespace attune::sim
