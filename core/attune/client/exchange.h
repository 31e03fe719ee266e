// What a device keeps of an exchange by which somebody comes in (PROTOCOL.md 9), on either side of it.
#pragma once

#include "attune/client/rows.h"
#include "attune/client/views.h"

namespace attune::client {

/// What has become of a snapshot for the device that comes in. Told: m6 lies in the mailbox.
enum class SlotStep : std::uint8_t { filling, told, to_be_emptied, over };
BOOST_DESCRIBE_ENUM(SlotStep, filling, told, to_be_emptied, over)

/// The inviter's side of an invitation (row "invite").
struct Invitation {
  InvitationState state = InvitationState::none;
  Hash s;
  std::string link;
  std::string relay;
  std::int64_t until = 0;
  bool posted = false;
  Challenge nonce;
  Bytes m1;
  Bytes m2;
  std::string partner;
  std::optional<InvitationEnd> ended;
  bool burn = false;  ///< the mailbox is still to be emptied
  std::optional<bool> own_device;  ///< for another device of mine, not for a partner
  std::optional<bool> handed_over;  ///< m5 lies in the mailbox
  std::optional<SlotStep> slot;  ///< of *mine*, for the new device
  std::optional<std::uint32_t> slot_tries;  ///< to fill it
  [[nodiscard]] bool own() const { return own_device.value_or(false); }
};
BOOST_DESCRIBE_STRUCT(Invitation, (),
                      (state, s, link, relay, until, posted, nonce, m1, m2, partner, ended, burn, own_device,
                       handed_over, slot, slot_tries))

/// The guest's side (row "join").
struct Joining {
  JoiningState state = JoiningState::none;
  Hash s;
  std::string relay;
  std::string earlier_relay;  ///< of *mine* before it was accepted, to go back to if nothing comes of it
  Bytes m1;
  Bytes m2;
  Bytes m3;
  std::optional<JoiningEnd> ended;
  std::optional<std::int64_t> until;  ///< ms; no invitation looked at lives longer
  std::optional<bool> own_device;  ///< the inviter is another device of mine
  std::optional<Bytes> m5;  ///< where its streams stood
  std::optional<Bytes> m6;  ///< the snapshot it has left
  std::optional<bool> slot_over;  ///< that was no such snapshot
  [[nodiscard]] bool own() const { return own_device.value_or(false); }
};
BOOST_DESCRIBE_STRUCT(Joining, (),
                      (state, s, relay, earlier_relay, m1, m2, m3, ended, until, own_device, m5, m6, slot_over))

/// Under way: begun, and neither over nor come to a couple.
inline bool active(const std::optional<Invitation>& invitation) {
  return invitation &&
         (invitation->state == InvitationState::waiting || invitation->state == InvitationState::compare ||
          invitation->state == InvitationState::approved);
}

inline bool active(const std::optional<Joining>& joining) {
  return joining && joining->state != JoiningState::none && joining->state != JoiningState::ended;
}

/// Under way to become a couple; adding a device of one's own is none of that.
inline bool becoming_a_couple(const std::optional<Joining>& joining) { return active(joining) && !joining->own(); }

/// A refusal that the mailbox of its exchange has not stored yet (row "refusals"). The exchange itself is over here and
/// may have been followed by another.
struct Refusing {
  Hash s;
  std::string relay;
  std::uint8_t reason = 0;
  std::int64_t until = 0;  ///< ms; the invitation lives no longer
};
BOOST_DESCRIBE_STRUCT(Refusing, (), (s, relay, reason, until))

}  // namespace attune::client
