// Mailboxes: where two devices that share a link leave each other sealed messages before there is a stream.
//
// A box lives for 24 hours from its making. Burning empties it at once; what is left says only that it was. A box that
// has expired is remembered for kRemembered more, so that a late guest hears "expired" and not "unknown".
#pragma once

#include "server/relay/append.h"

namespace attune::server {

/// How long a mailbox lives, and what lies in a slot.
inline constexpr std::int64_t kMailboxMs = wire::kMailboxSeconds * 1000;
inline constexpr std::int64_t kRememberedMs = 30LL * 24 * 60 * 60 * 1000;

/// What a device is told of a mailbox.
wire::Mail mail_of(const MailboxId& id, const std::optional<Mailbox>& box, Time now);

/// Errors: kMailboxGone, kMailboxFull, kTooLarge, kRegistrationClosed, kSlowDown.
Decision put_mail(Writing& store, const wire::MailPut& put, const SignKey& device, const Policy& policy,
                  const Founding& founding);

}  // namespace attune::server
