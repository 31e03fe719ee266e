// A line that breaks between the storing and its answer: whatever turns up later is known as this device's own.
#include <gtest/gtest.h>

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

/// Loses every answer of the relay to a device, as a line does that breaks in the wrong moment.
Meddling without_answers(const Device& device) {
  return [&device](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    const bool answer = frame && std::holds_alternative<wire::Stored>(*frame);
    if (&to == &device && answer) return {};
    return {message};
  };
}

TEST(Unanswered, WhatWasStoredWithoutAnAnswerIsNoStrangersAfterACrash) {
  Pair couple(4);
  // Stored by the relay, the answer lost. Put back to a copy from before, it is sent anew and lost again; and only then
  // does the first one turn up: each of the two is this device's own.
  const auto before = couple.world.store().state();
  couple.world.meddle(without_answers(couple.sam));
  couple.thank(couple.sam, "Sealed twice");
  couple.world.settle();
  const auto first = couple.world.store().state();
  couple.sam.restart();
  couple.world.restore_relay(before);
  couple.world.settle();
  couple.world.run_for(kMinute);
  couple.sam.go_offline();
  couple.sam.restart();
  couple.world.meddle({});
  couple.world.restore_relay(first);
  couple.sam.go_online();
  couple.world.run_for(2 * kMinute);
  EXPECT_EQ(notices(couple.sam), std::vector<std::string>{});
  EXPECT_EQ(couple.sam.see("cherish")["thanks"].size(), 1U);
  EXPECT_EQ(couple.sam.see("cherish")["thanks"][0]["mark"], "safe");
}

}  // namespace
}  // namespace attune::sim
