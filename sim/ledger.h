// What the devices of a couple have been told is safe, written down apart from all of them, record by record as it
// comes to lie on one of their disks. In a world in which everybody is honest each entry is checked as it is made.
#pragma once

#include "sim/invariants.h"

namespace attune::sim {

class Ledger {
 public:
  explicit Ledger(World& world);

  /// Whose device it is, 0 or 1; before anything is written there.
  void belongs_to(const Device& device, std::size_t person) { people_[&device] = person; }
  /// From now on the relay may lack what was called safe, and two histories may come of it.
  void relay_was_put_back() { put_back_ = true; }
  [[nodiscard]] bool put_back() const { return put_back_; }
  /// It has everything again.
  void relay_is_whole() { put_back_ = false; }

  /// What was called safe and is not on the relay's disk, as it would be after a crash now.
  [[nodiscard]] Violations lost() const;
  /// What was wrong at the moment it was written.
  [[nodiscard]] const Violations& wrong() const { return wrong_; }

 private:
  void note(const Device& on, const Row& row);
  void note_owner(const Device& on, const StreamId& stream, const wire::Record& record);
  [[nodiscard]] bool on_the_relay(const StreamId& stream, std::uint64_t position, const Hash& history) const;

  World& world_;
  std::map<const Device*, std::size_t> people_;
  std::map<StreamId, std::vector<Hash>> histories_;  ///< R of every record, by position
  std::map<StreamId, std::size_t> owners_;           ///< of each *mine*
  bool put_back_ = false;
  Violations wrong_;
};

}  // namespace attune::sim
