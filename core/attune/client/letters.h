// What lies in a mailbox, as the two sides of an exchange read it (PROTOCOL.md 9).
#pragma once

#include "attune/client/client.h"

namespace attune::client {

/// No invitation lives longer: so long does a relay keep its mailbox.
inline constexpr std::int64_t kInvitationMs = wire::kMailboxSeconds * 1'000;

inline crypto::Key key_of(const Hash& s) { return crypto::Key(s.view()); }

/// Everything in a mailbox that its key opens, by kind; what it does not open is nobody's of ours.
struct Opened {
  std::vector<Bytes> m1;
  std::vector<Bytes> m2;
  std::vector<Bytes> m3;
  std::vector<std::uint8_t> m4;
  std::vector<Bytes> m5;
};

Opened open_all(const crypto::Key& s, const std::vector<Bytes>& mails);

}  // namespace attune::client
