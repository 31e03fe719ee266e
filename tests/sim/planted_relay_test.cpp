// Bugs of the relay, planted one at a time: each switches off one check of strict append or of a session. Every test
// lives its scene twice: as it is, nothing is found; with the bug, it is.
#include <gtest/gtest.h>

#include "sim/agreement.h"
#include "tests/sim/by_hand.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;

std::string with_a_signature_of_nobody(bool bug) {
  Pair couple(61);
  const Planted planted(server::planted_bugs.accept_any_signature, bug);
  const Inside sam = look_inside(couple.sam);
  couple.sam.go_offline();
  Hand hand(couple.world, sam.keys);
  log::Head head = log::Head::of(*sam.ours);
  auto record = log::make_control(head, sam.keys, wire::Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  record.signature.bytes[0] ^= 1;
  return hand.append(sam.ours->id(), {record});
}

TEST(PlantedBug, ARelayThatTakesAnySignatureIsCaught) {
  EXPECT_EQ(with_a_signature_of_nobody(false), "bad-signature");
  EXPECT_EQ(with_a_signature_of_nobody(true), "");
}

/// Somebody with keys of their own says that they are Sam.
bool a_stranger_gets_in(bool bug) {
  Pair couple(62);
  const Planted planted(server::planted_bugs.accept_any_proof, bug);
  const Inside sam = look_inside(couple.sam);
  const crypto::DeviceKeys stranger = crypto::DeviceKeys::random(entropy_of(couple.world));
  const Challenge nonce;
  const server::Time now{couple.world.now().ms};
  const auto session =
      couple.world.relay().connect({.nonce = nonce, .now = now, .token = false, .allowance = {}}, [] {});
  session->receive(wire::encode(wire::FromDevice(
                       wire::Hello{.protocol = wire::kProtocolVersion, .key = sam.keys.sign, .nonce = nonce})),
                   now);
  const auto signature =
      wire::sign_auth(stranger.sign_secret.view(), nonce, nonce, sam.keys.sign, couple.world.relay_address());
  session->receive(wire::encode(wire::FromDevice(wire::Prove{.signature = signature})), now);
  return session->proven();
}

TEST(PlantedBug, ARelayThatAsksForNoProofIsCaught) {
  EXPECT_FALSE(a_stranger_gets_in(false));
  EXPECT_TRUE(a_stranger_gets_in(true));
}

/// Both write at the same moment, each on top of what they have.
Violations with_two_writing_at_once(bool bug) {
  Pair couple(63);
  couple.world.run_for(kMinute);
  const Planted planted(server::planted_bugs.append_anywhere, bug);
  couple.world.delays(2'000);
  couple.thank(couple.sam, "At the same moment");
  couple.thank(couple.noa, "At the same moment");
  couple.world.run_for(2 * kMinute);
  Violations out = accusations(couple.sam);
  for (const std::string& each : accusations(couple.noa)) out.push_back(each);
  return out;
}

TEST(PlantedBug, ARelayThatAppendsBehindAnythingIsCaught) {
  EXPECT_EQ(with_two_writing_at_once(false), Violations{});
  EXPECT_FALSE(with_two_writing_at_once(true).empty());
}

/// A phone that was turned out goes on writing; is anything wrong for those who are left?
Violations with_a_lost_phone_writing(bool bug) {
  Removed scene(64);
  const Planted planted(server::planted_bugs.let_anybody_write, bug);
  Hand hand(scene.couple.world, scene.lost.keys);
  const wire::Record late = scene.late_thanks();
  EXPECT_EQ(hand.append(late.header.stream, {late}).empty(), bug);
  scene.couple.world.run_for(kMinute);
  return accusations(scene.couple.noa);
}

TEST(PlantedBug, ARelayThatLetsALostPhoneWriteIsCaught) {
  EXPECT_EQ(with_a_lost_phone_writing(false), Violations{});
  EXPECT_FALSE(with_a_lost_phone_writing(true).empty());
}

/// How many contents the relay still has of what its author took back.
std::size_t kept_of_what_was_taken_back(bool bug) {
  Pair couple(65);
  const Planted planted(server::planted_bugs.keep_erased, bug);
  couple.thank(couple.sam, "Said in anger");
  couple.world.settle();
  const std::uint64_t at = look_inside(couple.sam).ours->next() - 1;
  couple.sam.must("space.take-back", {{"item", couple.sam.see("cherish")["thanks"][0]["item"]}});
  couple.world.settle();
  const StreamId id = look_inside(couple.sam).ours->id();
  return couple.world.store().state().streams.at(id).rows[at]->content ? 1 : 0;
}

TEST(PlantedBug, ARelayThatKeepsWhatWasErasedIsCaught) {
  EXPECT_EQ(kept_of_what_was_taken_back(false), 0U);
  EXPECT_EQ(kept_of_what_was_taken_back(true), 1U);
}

}  // namespace
}  // namespace attune::sim
