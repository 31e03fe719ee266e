#include "sim/random_couple.h"

#include <cstdio>
#include <cstdlib>

#include "sim/beginnings.h"
#include "sim/words.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kHour = 60 * 60 * 1'000;

Json wording(std::string did) { return {{"did", std::move(did)}, {"says", ""}, {"felt", ""}}; }

}  // namespace

RandomCouple::RandomCouple(std::uint64_t seed, Weather weather)
    : world(seed, server::MemoryStore::Commit::when_asked), weather_(weather), life_(seed ^ 0xC0FFEE) {
  world.delays(50);
  begin();
  world.delays(weather_.most_delay_ms);
  world.duplicates(weather_.duplicates_percent);
}

std::vector<Device*> RandomCouple::devices() const {
  std::vector<Device*> out = people[0];
  out.insert(out.end(), people[1].begin(), people[1].end());
  return out;
}

void RandomCouple::begin() {
  Device& sam = world.add("Sam's phone");
  Device& noa = world.add("Noa's phone");
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  world.settle();
  sam.must("cherish.thank", wording("Before there were two"));
  sam.must("openup.write", {{"prompt", "ou-030"}, {"text", "Written alone"}});
  const std::string sams_words = confirm_words(world, sam);
  become_a_couple(world, sam, "https://app.example", noa, "Noa");
  const std::string noas_words = confirm_words(world, noa);
  people[0] = {&sam, &second_phone(sam, sams_words, "Sam's tablet")};
  people[1] = {&noa, &second_phone(noa, noas_words, "Noa's tablet")};
}

Device& RandomCouple::second_phone(Device& first, const std::string& words, std::string name) {
  world.run_for(kHour + 60'000);  // what is private leaves at the beat
  Device& second = world.add(std::move(name));
  if (come_back(world, second, words, Json::array({key_of(first)}))) return second;
  std::fprintf(stderr, "The words of %s bring nobody back.\n", first.name().c_str());
  std::abort();
}

void RandomCouple::act(Device& device, const Doing& doing) {
  const auto done = doing(life_, device);
  if (!done) return;
  if (done->reply["ok"] == true) {
    ++accepted;
  } else {
    ++refused[done->reply["code"].get<std::string>()];
  }
}

// ---- what fails ----

void RandomCouple::fail(Device& device) {
  if (weather_.restarts && life_.chance(6)) device.restart();
  if (weather_.restarts && life_.chance(3)) world.restart_relay();
  if (!weather_.flights) return;
  if (device.offline()) {
    if (life_.chance(30)) device.go_online();
  } else if (life_.chance(10)) {
    device.go_offline();
  }
}

void RandomCouple::live(std::size_t commands, const Doing& doing) {
  const std::vector<Device*> all = devices();
  for (std::size_t i = 0; i < commands; ++i) {
    act(*all[life_.below(all.size())], doing);
    fail(*all[life_.below(all.size())]);
    if (life_.chance(3)) {
      world.run_for(static_cast<std::int64_t>(life_.below(12 * kHour)));
    } else {
      world.run_for(static_cast<std::int64_t>(life_.below(life_.chance(50) ? 300 : 30'000)));
    }
  }
}

void RandomCouple::rest() {
  for (Device* device : devices()) {
    if (device->offline()) device->go_online();
  }
  world.run_for(3 * kHour);
  // At the end of every life something stands open on both sides.
  people[0][0]->must("cherish.thank", wording("For all of it"));
  world.settle();
  for (const Json& each : people[1][0]->see("cherish")["thanks"]) {
    if (each["did"] == "" && each["taken_back"] == "no") {
      people[1][0]->must("space.open-item", {{"item", each["item"]}});
    }
  }
  world.run_for(kHour + 60'000);  // that it was opened is private and leaves at the beat
  // Copies of what was taken back go into *mine* beat by beat.
  const auto at_rest = [](Device* device) { return device->see("app")["sync"]["resting"] == 0; };
  for (int hours = 0; hours < 48 && !std::ranges::all_of(devices(), at_rest); ++hours) world.run_for(kHour);
  for (Device* device : devices()) device->must("space.looked");
  world.settle();
}

}  // namespace attune::sim
