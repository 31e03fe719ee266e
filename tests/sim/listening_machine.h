// The practice Listen alone, without devices: commands are planned on its state, and what they plan is folded at once.
#pragma once

#include <gtest/gtest.h>

#include "attune/practices/listen/view.h"

namespace attune::sim {

namespace practice = attune::listen;
using practice::Stage;

class ListeningMachine : public log::Contents {
 public:
  /// What this device of the person would write for a command; or why not.
  template <class Command>
  Result<log::Plan> plan(std::uint8_t person, const Command& command, std::uint8_t device = 0) {
    return practice::plan(context(person, device), state, command);
  }
  /// Does what is planned. False: it was refused.
  template <class Command>
  bool does(std::uint8_t person, const Command& command, std::uint8_t device = 0) {
    const auto planned = plan(person, command, device);
    if (planned) fold(*planned, person, device);
    return planned.has_value();
  }
  void fold(const log::Plan& planned, std::uint8_t person, std::uint8_t device);

  /// Person 0 asks for a session, or for one in this stage: every move on the way is allowed.
  void until(practice::How how, Stage stage);
  /// One allowed step of the regular way to the end. False: there is none.
  bool go_on();
  /// "Not yet", three times.
  void misunderstand();

  [[nodiscard]] const practice::Session& session() const { return state.sessions.back(); }
  [[nodiscard]] const log::EventId& id() const { return session().id; }
  [[nodiscard]] std::uint32_t step() const { return session().step; }

  practice::State state;

  [[nodiscard]] std::optional<nlohmann::json> content(wire::StreamKind stream, const log::EventId& id) const override;

 private:
  space::CommandContext context(std::uint8_t person, std::uint8_t device);
  bool move();
  [[nodiscard]] std::uint8_t hand(std::uint8_t person) const;

  std::map<std::pair<wire::StreamKind, log::EventId>, nlohmann::json> contents_;
  std::uint64_t position_ = 0;
  std::uint8_t ids_ = 0;
  space::State space_;
  space::Sealing sealing_;
  Entropy entropy_ = [](std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{0}); };
};

/// Asks for a session that is held this way, now.
practice::Propose proposing(practice::How how);
/// A device of somebody's: the key that stands for it.
SignKey device_key(std::uint8_t person, std::uint8_t device);

}  // namespace attune::sim
