// Two people on their way to each other, for tests of what can go wrong before they are a couple.
#pragma once

#include <gtest/gtest.h>

#include "attune/client/client.h"
#include "attune/space/enrol.h"
#include "attune/space/invitation.h"
#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {

/// Sam has begun, Noa has nothing yet; each step settles the world behind it.
struct Meeting {
  World world;
  Device& sam;
  Device& noa;
  std::string link;

  explicit Meeting(std::uint64_t seed, server::MemoryStore::Commit commit = server::MemoryStore::Commit::at_once);

  void invite();
  /// Noa looks at the link.
  void look();
  void accept();
  /// All of it: both show the four words.
  void until_words();
  /// Noa's tap, or Sam's.
  void noa_taps_same();
  void sam_taps_same();

  [[nodiscard]] MailboxId mailbox() const;
  /// What lies in the mailbox at the relay, opened with the link; empty: nothing of this kind.
  Bytes letter(std::uint8_t kind);
};

/// "Same words" as a screen says it: with the words of this view.
Json tap_same(Device& device, std::string_view view);

/// The inviter's side of the exchange, as it lies on the device's disk.
client::Invitation invitation_on(const Device& device);

crypto::DeviceKeys fresh_keys(World& world);
/// The guest as m2 names them, for the genesis of *ours*.
wire::Member guest_of(const space::M2& m2);

/// A shared stream as a modified client founds it; nothing is sent.
struct Founded {
  std::unique_ptr<log::Stream> stream;
  wire::Record genesis;
};
Founded found_by_hand(World& world, const crypto::DeviceKeys& by, std::vector<wire::Member> members,
                      const Hash& pairing);

/// Does this relay hold a stream that `key` belongs to?
bool knows(server::MemoryStore& store, const SignKey& key);

}  // namespace attune::sim
