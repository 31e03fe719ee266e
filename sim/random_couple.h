// A couple with two phones each, doing anything that can be done, over a network and with machines that fail.
//
// One seed is one life: the same commands at the same moments, the same losses. Sam's and Noa's second phones come by
// the twelve words and keep the first.
#pragma once

#include <array>

#include "sim/deeds.h"

namespace attune::sim {

struct Weather {
  std::int64_t most_delay_ms = 400;
  std::uint32_t duplicates_percent = 15;
  bool restarts = true;
  bool flights = true;
};

class RandomCouple {
 public:
  explicit RandomCouple(std::uint64_t seed, Weather weather = {});

  /// What somebody with this device in their hands does next; none: nothing.
  using Doing = std::function<std::optional<Done>(Dice&, Device&)>;
  /// So many random commands, each followed by some time.
  void live(std::size_t commands, const Doing& doing = do_something);
  /// Everything online and quiet; a last thank-you of Sam's stands open on both sides; everything looked at.
  void rest();

  World world;
  std::array<std::vector<Device*>, 2> people;  ///< Sam's, Noa's
  [[nodiscard]] std::vector<Device*> devices() const;
  /// Every code a command was refused with, and how often. Most are a person too late; "bad-arguments" would be ours.
  std::map<std::string, std::size_t> refused;
  std::size_t accepted = 0;

 private:
  void begin();
  Device& second_phone(Device& first, const std::string& words, std::string name);
  void act(Device& device, const Doing& doing);
  void fail(Device& device);

  Weather weather_;
  Dice life_;  ///< choices of the two, apart from the world's own
};

}  // namespace attune::sim
