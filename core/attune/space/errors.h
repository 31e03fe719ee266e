// Refusals of the space: who we are to each other, invitations, recovery, sealed answers.
#pragma once

#include "wire/result.h"

namespace attune::space {

inline constexpr ErrorCode kNotPaired{200, "not-paired", "This needs a partner in the space."};
inline constexpr ErrorCode kAlreadyPaired{201, "already-paired", "This space already holds two people."};
inline constexpr ErrorCode kAlreadyStarted{202, "already-started", "There is a space on this device already."};
inline constexpr ErrorCode kNotStarted{203, "not-started", "There is no space on this device yet."};
inline constexpr ErrorCode kBadRelay{204, "bad-address", "The address is not one a relay can have."};
inline constexpr ErrorCode kNameTooLong{205, "name-too-long", "A name has room for 80 bytes."};
inline constexpr ErrorCode kUnknownItem{206, "unknown-item", "There is no such item."};
inline constexpr ErrorCode kNotYours{207, "not-yours", "Only its author can do that."};
inline constexpr ErrorCode kTakenBackAlready{208, "taken-back-already", "It has been taken back."};
inline constexpr ErrorCode kTooLate{209, "too-late",
                                    "The other has sealed an answer too; taking back would change nothing."};
inline constexpr ErrorCode kLinkShort{220, "link-short", "The link is not whole."};
inline constexpr ErrorCode kLinkAltered{221, "link-altered", "The link was changed on its way."};
inline constexpr ErrorCode kLinkNewer{222, "link-newer", "The link is of a newer Attune."};
inline constexpr ErrorCode kNoInvitation{223, "no-invitation", "There is no invitation this belongs to."};
inline constexpr ErrorCode kOwnLink{224, "own-link",
                                    "This link was made on this very device; it is meant for the other one."};
inline constexpr ErrorCode kBadMail{225, "bad-mail", "A message of the invitation is not what it should be."};
inline constexpr ErrorCode kJoiningNow{226, "joining-now", "Another invitation is being answered on this device."};
inline constexpr ErrorCode kInvitationOpen{227, "invitation-open", "Another invitation is open on this device."};
inline constexpr ErrorCode kThisDevice{228, "this-device", "A device is removed from another one, never from itself."};
inline constexpr ErrorCode kNothingToMend{229, "nothing-to-mend", "There is nothing here that could be mended."};
inline constexpr ErrorCode kWordCount{230, "word-count", "A recovery phrase has twelve words."};
inline constexpr ErrorCode kUnknownWord{231, "unknown-word", "One of the words is not in the list."};
inline constexpr ErrorCode kWordChecksum{232, "word-checksum",
                                         "The words are all known, but not a phrase: one is wrong or out of place."};
inline constexpr ErrorCode kWrongPick{233, "wrong-pick", "These are not the words at these places."};
inline constexpr ErrorCode kNoPhraseShown{234, "no-phrase-shown", "No phrase is being shown."};
inline constexpr ErrorCode kNothingToRecover{235, "nothing-to-recover", "This relay knows no space with these words."};
inline constexpr ErrorCode kAnswerTooLong{240, "answer-too-long", "An answer has room for 4,096 bytes."};
inline constexpr ErrorCode kAlreadySealed{241, "already-sealed", "Your answer is sealed already."};
inline constexpr ErrorCode kBadStepCode{250, "bad-step-code", "This is not a code of Are we in step."};
inline constexpr ErrorCode kReadingOnly{251, "reading-only", "This space can only be read now."};
inline constexpr ErrorCode kTextEmpty{252, "text-empty", "There is nothing written yet."};
inline constexpr ErrorCode kTwoSpaces{254, "two-spaces", "Two devices of one person share two different spaces."};
inline constexpr ErrorCode kTextTooLong{253, "text-too-long", "The text is longer than there is room for."};

}  // namespace attune::space
