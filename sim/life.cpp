// Days, and what befalls people in them. The evenings are in evening.cpp.
#include "sim/life.h"

#include "sim/beginnings.h"
#include "sim/words.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

constexpr std::int64_t kMostDelayMs = 400;
constexpr std::uint32_t kDuplicatesPercent = 10;
constexpr std::uint32_t kQuietEveningsPercent = 40;
constexpr std::uint32_t kListeningPercent = 18;

std::int64_t up_to(Dice& dice, std::int64_t ms) {
  return static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(ms)));
}

}  // namespace

Life::Life(std::uint64_t seed, Bytes said)
    : world(seed, server::MemoryStore::Commit::when_asked), choices_(seed ^ 0xDA15, std::move(said)), ledger_(world) {
  world.delays(50);
  begin();
  world.delays(kMostDelayMs);
  world.duplicates(kDuplicatesPercent);
}

Device& Life::add(std::size_t person, std::string name) {
  Device& out = world.add(people_[person].name + "'s " + std::move(name));
  ledger_.belongs_to(out, person);
  return out;
}

/// One starts alone, the other perhaps, too, before they become a couple; both write down their words.
void Life::begin() {
  Device& sam = add(0, "phone");
  Device& noa = add(1, "phone");
  people_[0].devices = {&sam};
  people_[1].devices = {&noa};
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  if (choices_.chance(50)) noa.must("space.start", {{"name", "Noa"}, {"relay", world.relay_address()}});
  world.settle();
  for (int i = 0; i < 3; ++i) do_one(0, sam);
  become_a_couple(world, sam, "https://app.example", noa, "Noa");
  for (One& one : people_) one.words = confirm_words(world, *one.devices[0]);
}

std::vector<Device*> Life::devices() const {
  std::vector<Device*> out = people_[0].devices;
  out.insert(out.end(), people_[1].devices.begin(), people_[1].devices.end());
  return out;
}

std::vector<Device*> Life::running() const {
  std::vector<Device*> out = devices();
  std::erase_if(out, [](const Device* device) { return !device->running(); });
  return out;
}

std::size_t Life::person_of(const Device& device) const {
  return std::ranges::find(people_[0].devices, &device) != people_[0].devices.end() ? 0 : 1;
}

// ---- a day ----

void Life::day() {
  const std::int64_t end = world.now().ms + kDay;
  const std::uint64_t moments = 2 + choices_.below(5);
  for (std::uint64_t i = 0; i < moments && wrong_.empty(); ++i) {
    world.run_for(up_to(choices_, kDay / 8));
    choices_.chance(kListeningPercent) ? sit_down_to_listen() : sit_down();
  }
  world.run_for(std::max<std::int64_t>(end - world.now().ms, 0));
  found(ledger_.wrong());
  if (!ledger_.put_back()) found(ledger_.lost());
  if (wrong_.empty() && choices_.chance(kQuietEveningsPercent)) quiet_evening();
}

/// Somebody opens the app, does a few things, and mostly puts it away again. The other may have it open as well.
void Life::sit_down() {
  wake(some_of(devices()));
  const std::uint64_t things = 1 + choices_.below(5);
  for (std::uint64_t i = 0; i < things; ++i) {
    const std::vector<Device*> awake = running();
    if (awake.empty()) return;
    Device& at = some_of(awake);
    do_one(person_of(at), at);
    if (choices_.chance(12)) mishap();
    world.run_for(up_to(choices_, choices_.chance(50) ? kSecond : 40 * kSecond));
  }
  for (Device* each : running()) {
    if (choices_.chance(70)) each->stop();
  }
}

void Life::wake(Device& device) {
  if (!device.running()) device.restart();
  if (device.offline() && choices_.chance(70)) device.go_online();
  world.run_for(up_to(choices_, 5 * kSecond));
}

/// Both take the time for each other: what they do is one session, as far as they get and their phones let them. A
/// second phone of either may lie about, and be tapped.
void Life::sit_down_to_listen() {
  std::array<Device*, 2> hands{};
  for (std::size_t person = 0; person < hands.size(); ++person) {
    hands[person] = &some_of(people_[person].devices);
    wake(*hands[person]);
  }
  const std::uint64_t turns = 30 + choices_.below(50);
  for (std::uint64_t i = 0; i < turns; ++i) {
    const std::size_t person = choices_.below(2);
    Device& device = choices_.chance(90) ? *hands[person] : some_of(people_[person].devices);
    if (device.running()) {
      if (const auto done = go_on_listening(choices_, device)) note_done(person, device, *done);
    }
    if (choices_.chance(4)) mishap();
    world.run_for(up_to(choices_, choices_.chance(70) ? 2 * kSecond : 60 * kSecond));
  }
}

void Life::do_one(std::size_t person, Device& device) {
  if (const auto done = do_something(choices_, device)) note_done(person, device, *done);
}

void Life::note_done(std::size_t person, Device& device, const Done& done) {
  accepted_.note(person, device, done);
  // If it died over it nobody knows whether it was kept: if it was, it counts.
  if (done.reply["ok"] == true) note_answer(person, done);
  if (!device.running()) return;
  if (done.reply["ok"] != true) {
    ++happened_["refused: " + done.reply["code"].get<std::string>()];
    if (done.reply["code"] == "bad-arguments" || done.reply["code"] == "unknown-command") {
      found(device.name() + ": " + done.asked.command + " is no command of this app");
    }
    return;
  }
  ++happened_[done.asked.command];
  look_at(device);
}

void Life::note_answer(std::size_t person, const Done& done) {
  const std::string& command = done.asked.command;
  if (command == "openup.answer") answered_[done.asked.args["question"]][person] = true;
  if (command == "openup.send-written") answered_[done.reply["value"]["command"]][person] = true;
}

/// What the screen shows right after a tap: nothing of the other's before one's own is sealed, and nobody accused.
void Life::look_at(Device& device) {
  for (const Json& notice : device.see("app")["notices"]) {
    if (notice["code"] != "refused-later" && !expected_.contains(notice["code"])) {
      found(device.name() + " says: " + notice["code"].get<std::string>());
    }
  }
  for (const Json& question : device.see("openup")["questions"]) {
    if (question["theirs"].is_null()) continue;
    const auto& answered = answered_[question["item"]];
    if (!answered[0] || !answered[1]) found(device.name() + " shows an answer before both were sealed");
  }
}

// ---- what goes wrong ----

std::span<const Life::Mishap> Life::mishaps() {
  static constexpr std::array kAll = {
      Mishap{"a process is killed", 8, &Life::kill},
      Mishap{"power fails", 8, &Life::cut_power},
      Mishap{"a phone is full", 3, &Life::fill_phone},
      Mishap{"a phone flies", 8, &Life::fly},
      Mishap{"a phone lands", 6, &Life::land},
      Mishap{"a line holds everything up", 5, &Life::hold_line},
      Mishap{"a clock jumps", 5, &Life::set_clock},
      Mishap{"the relay is killed", 6, &Life::restart_relay},
      Mishap{"the relay is down", 3, &Life::crash_relay},
      Mishap{"the relay's disk is slow", 3, &Life::slow_relay},
      Mishap{"the relay's disk is full", 3, &Life::fill_relay},
      Mishap{"the relay is repaired", 9, &Life::repair_relay},
      Mishap{"the relay is backed up", 4, &Life::back_up},
      Mishap{"the relay is put back", 1, &Life::put_back},
  };
  return kAll;
}

void Life::mishap() {
  const std::vector<Device*> awake = running();
  Device& somebody = some_of(awake.empty() ? devices() : awake);
  std::uint64_t all = 0;
  for (const Mishap& each : mishaps()) all += each.weight;
  std::uint64_t at = choices_.below(all);
  for (const Mishap& each : mishaps()) {
    if (at < each.weight) {
      ++happened_[std::string(each.name)];
      return (this->*each.befalls)(somebody);
    }
    at -= each.weight;
  }
}

void Life::kill(Device& somebody) { somebody.restart(); }

void Life::cut_power(Device& somebody) {
  somebody.lose_power_after(choices_.below(6));
  if (choices_.chance(30)) somebody.restart();  // and so while it starts
}

void Life::fill_phone(Device& somebody) { somebody.fill_disk(true); }
void Life::fly(Device& somebody) { somebody.go_offline(); }
void Life::land(Device& somebody) {
  somebody.fill_disk(false);
  somebody.go_online();
}
void Life::hold_line(Device& somebody) { somebody.hold_line(up_to(choices_, 10 * kMinute)); }
void Life::set_clock(Device& somebody) {
  const std::int64_t far = up_to(choices_, choices_.chance(50) ? 3 * kDay : kHour);
  somebody.set_clock(choices_.chance(50) ? far : -far);
}

void Life::restart_relay(Device&) {
  world.restart_relay();
  if (!ledger_.put_back()) found(ledger_.lost());
}

void Life::crash_relay(Device&) {
  world.crash_relay();
  if (!ledger_.put_back()) found(ledger_.lost());
}

void Life::slow_relay(Device&) { world.hold_commits(true); }

void Life::fill_relay(Device&) {
  expected_.insert("server-full");
  world.store().fail_with(server::Outcome::full);
}

void Life::repair_relay(Device&) {
  world.store().fail_with(server::Outcome::committed);
  world.hold_commits(false);
  if (!world.relay_runs()) world.restart_relay();
}

void Life::back_up(Device&) { backup_ = world.store().state(); }

void Life::put_back(Device&) {
  if (!backup_) return;
  ledger_.relay_was_put_back();
  expected_.insert({"relay-behind", "withheld", "fork", "fork-of-mine"});
  world.restore_relay(*backup_);
}

}  // namespace attune::sim
