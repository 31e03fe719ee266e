// Refusals that both sides must agree on (numbers travel in `refused` and `fault` frames), each with the check that
// gives it. Every one has a row in the invalid tables of tests/wire/.
#pragma once

#include <span>

#include "wire/result.h"

namespace attune::wire {

// Layout
inline constexpr ErrorCode kTruncated{1, "record-truncated", "The record is shorter than its header says."};
inline constexpr ErrorCode kTrailingBytes{2, "record-trailing-bytes", "Bytes are left over behind the record."};
inline constexpr ErrorCode kVersion{3, "record-version", "The record is of a version this program does not know."};
inline constexpr ErrorCode kReservedBits{4, "record-reserved-bits", "A field that must be zero is not."};
inline constexpr ErrorCode kClass{5, "record-class", "The record is neither an event nor a control record."};
inline constexpr ErrorCode kTooLarge{6, "too-large", "A part is larger than the limits allow."};
inline constexpr ErrorCode kSkeletonHash{7, "skeleton-hash", "The skeleton is not the one the header names."};
inline constexpr ErrorCode kContentHash{8, "content-hash", "The content is not the one the header names."};
inline constexpr ErrorCode kBadSignature{9, "bad-signature", "The signature is not the author's."};
inline constexpr ErrorCode kBadFrame{10, "bad-frame", "The message is not one this protocol knows."};
inline constexpr ErrorCode kBadControl{11, "bad-control", "The control record's layout is broken."};
// Strict append (24 was given away and is not used again)
inline constexpr ErrorCode kGenesisFields{20, "genesis-fields",
                                          "A genesis stands at position 0 and names no stream or predecessor."};
inline constexpr ErrorCode kWrongStream{21, "wrong-stream", "The record belongs to another stream."};
inline constexpr ErrorCode kUnknownStream{22, "unknown-stream", "There is no such stream here."};
inline constexpr ErrorCode kNotAWriter{23, "not-a-writer", "The author may not write to this stream."};
inline constexpr ErrorCode kOldEpoch{25, "old-epoch",
                                     "The record is sealed under an epoch that is not the current one."};
inline constexpr ErrorCode kStreamClosed{26, "stream-closed", "The stream is closed; only erasing goes on."};
inline constexpr ErrorCode kBatchSize{27, "batch-size", "An append carries between 1 and 64 records."};
inline constexpr ErrorCode kPhraseWritesMembersOnly{28, "phrase-writes-members-only",
                                                    "A recovery phrase writes member changes only."};
inline constexpr ErrorCode kContentMissing{29, "content-missing", "The content is missing and nothing erases it."};
// Control rules
inline constexpr ErrorCode kKeyUsedBefore{40, "key-used-before", "A key appears in a stream once, for ever."};
inline constexpr ErrorCode kOtherPersonsKey{41, "other-persons-key",
                                            "Only a device of the same person adds or removes that person's keys."};
inline constexpr ErrorCode kBadJoin{42, "bad-join",
                                    "The new key did not sign that it joins, or nothing can be boxed to it."};
inline constexpr ErrorCode kUnknownMember{43, "unknown-member", "The key to remove is not a member."};
inline constexpr ErrorCode kRemovalNeedsEpoch{44, "removal-needs-epoch",
                                              "A removal starts a new epoch in the same record."};
inline constexpr ErrorCode kEpochStep{45, "epoch-step", "A new epoch is the current one plus one."};
inline constexpr ErrorCode kBoxes{46, "boxes", "The boxes are not one for each member that needs the key."};
inline constexpr ErrorCode kLastMember{47, "last-member", "A person's last key can not be removed."};
inline constexpr ErrorCode kTooManyMembers{48, "too-many-members",
                                           "A person has room for 16 keys at a time, and for 1,024 ever."};
inline constexpr ErrorCode kWrongSelf{49, "wrong-self", "A person's keys all name the same stream as their own."};
inline constexpr ErrorCode kSecondGenesis{50, "second-genesis", "A stream has one genesis, its first record."};
inline constexpr ErrorCode kGenesisMembers{51, "genesis-members",
                                           "The genesis does not hold the members its kind asks for."};
inline constexpr ErrorCode kEraseTarget{52, "erase-target", "Only one's own earlier event records can be erased."};
inline constexpr ErrorCode kEraseSkeletons{53, "erase-skeletons",
                                           "Skeletons can be erased only once the stream is closed."};
inline constexpr ErrorCode kNothingChanges{54, "nothing-changes", "A member change adds, removes or starts something."};
inline constexpr ErrorCode kPersonOfStream{55, "person-of-stream",
                                           "A stream of one person's own has no second person."};
inline constexpr ErrorCode kSelfRemoval{57, "self-removal",
                                        "Whoever leaves does not make the key that is to keep them out."};
inline constexpr ErrorCode kReaderRole{56, "reader-role", "A reader gets no key and writes nothing."};
// Connection
inline constexpr ErrorCode kNotAuthenticated{70, "not-authenticated", "The challenge was not answered."};
inline constexpr ErrorCode kNotAMember{71, "not-a-member", "This key is not a member of that stream."};
inline constexpr ErrorCode kRegistrationClosed{72, "registration-closed", "This server takes no new spaces."};
inline constexpr ErrorCode kSlowDown{73, "slow-down", "Too much at once; try again a little later."};
inline constexpr ErrorCode kServerFull{74, "server-full", "The server could not store it: its disk is full."};
inline constexpr ErrorCode kMailboxFull{75, "mailbox-full", "The mailbox holds as many messages as it can."};
inline constexpr ErrorCode kMailboxGone{76, "mailbox-gone", "The mailbox was emptied, has expired or never was."};
inline constexpr ErrorCode kStopping{77, "stopping", "The server is stopping."};
inline constexpr ErrorCode kServerTrouble{78, "server-trouble", "The server could not do it; nothing was stored."};
inline constexpr ErrorCode kOtherProtocol{79, "other-protocol",
                                          "The two sides speak different versions of the protocol."};
inline constexpr ErrorCode kPushOff{80, "push-off", "This server wakes no devices."};
inline constexpr ErrorCode kPushEndpoint{81, "push-endpoint", "The push address is not one this server may call."};
inline constexpr ErrorCode kSlotPiece{82, "slot-piece", "The piece does not go on where the slot stands."};

/// Every code above, in the order of its number.
std::span<const ErrorCode* const> all_errors();
/// The code of a number read from the wire, or null if this program does not know it.
const ErrorCode* find_error(std::uint16_t number);

}  // namespace attune::wire
