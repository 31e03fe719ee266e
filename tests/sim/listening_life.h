// A couple with two devices each that does hardly anything but listen to each other, watched at every step.
#pragma once

#include <set>

#include "sim/inside.h"
#include "sim/random_couple.h"

namespace attune::sim {

/// What the shared log says of the newest session, gathered record by record as it comes to lie on anybody's disk.
class ListeningLog {
 public:
  explicit ListeningLog(RandomCouple& couple);

  void note(const Row& row);

  [[nodiscard]] const std::string& session() const { return session_; }
  /// With which device somebody takes part now; null: with none.
  [[nodiscard]] Device* device(std::size_t person) const { return devices_[person]; }

 private:
  void hear(const Json& event, const SignKey& author);

  Inside inside_;
  std::map<SignKey, std::pair<Device*, std::size_t>> seats_;
  std::uint64_t next_;
  std::string session_;
  std::array<Device*, 2> devices_{};
};

class ListeningLife {
 public:
  ListeningLife(std::uint64_t seed, std::size_t commands);

  RandomCouple couple;
  /// Moments at which the floor was two people's.
  std::vector<std::string> two_floors;
  /// How often it was looked at with both taking part and one of them holding the floor.
  std::size_t looked = 0;
  /// Words that were typed as pieces, by session.
  std::map<std::string, std::set<std::string>> typed;
  /// Codes of all refusals of listen commands, at once.
  std::set<std::string> refused;

 private:
  void look();
  std::optional<Done> act(Dice& dice, Device& device);
  ListeningLog log_;
  bool written_ = false;  ///< something has come to lie on a disk since it was looked at
};

}  // namespace attune::sim
