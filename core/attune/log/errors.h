// Refusals of the log: what a reader finds wrong with what a relay handed it (PROTOCOL.md 4, 6).
#pragma once

#include "wire/result.h"

namespace attune::log {

inline constexpr ErrorCode kGap{110, "gap", "The relay skipped records."};
inline constexpr ErrorCode kBrokenChain{111, "broken-chain",
                                        "A record does not follow the one before it and nobody of yours signed it."};
inline constexpr ErrorCode kFork{112, "fork", "Two signed histories exist for the same place."};
inline constexpr ErrorCode kWithheld{113, "withheld", "The relay does not hand out a text that nobody erased."};
inline constexpr ErrorCode kVoid{114, "void-record", "A signed record breaks the rules; it changes nothing."};
inline constexpr ErrorCode kUnknownRecordInMyName{115, "unknown-record-in-my-name",
                                                  "A record is signed by this device, which does not know it."};
inline constexpr ErrorCode kBehind{116, "relay-behind",
                                   "The relay had lost its newest records and got them back from this device."};
inline constexpr ErrorCode kUnknownControl{117, "needs-newer",
                                           "A newer Attune changed this space; this one can only read it."};
inline constexpr ErrorCode kNoKey{118, "no-key", "A record is sealed with a key this device was not given."};
inline constexpr ErrorCode kBadKeyBox{119, "bad-key-box", "The key handed to this device is not the one it should be."};
inline constexpr ErrorCode kUnreadable{120, "unreadable", "A record does not decrypt to an event."};

}  // namespace attune::log
