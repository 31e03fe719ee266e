// Codes that only a whole device gives: to a command, or as a notice of what its relay handed it. Their rows stand in
// tests/sim/refusals/, all others in core/invalid.cpp.
#pragma once

#include <array>

#include "attune/client/errors.h"
#include "attune/log/errors.h"
#include "attune/practices/cherish/commands.h"
#include "attune/practices/feelings/commands.h"
#include "attune/practices/gestures/commands.h"
#include "attune/practices/goodnews/commands.h"
#include "attune/practices/letters/commands.h"
#include "attune/practices/listen/commands.h"
#include "attune/practices/noticed/commands.h"
#include "attune/practices/openup/commands.h"
#include "attune/practices/touches/commands.h"
#include "attune/space/errors.h"

namespace attune::tests {

inline constexpr auto kGivenByADevice = std::to_array<const ErrorCode*>({
    &log::kUnknownRecordInMyName,
    &log::kBehind,
    &log::kNoKey,
    &space::kNotPaired,
    &space::kAlreadyPaired,
    &space::kAlreadyStarted,
    &space::kNotStarted,
    &space::kNameTooLong,
    &space::kUnknownItem,
    &space::kNotYours,
    &space::kTakenBackAlready,
    &space::kTooLate,
    &space::kNoInvitation,
    &space::kOwnLink,
    &space::kJoiningNow,
    &space::kInvitationOpen,
    &space::kThisDevice,
    &space::kNothingToMend,
    &space::kWrongPick,
    &space::kNoPhraseShown,
    &space::kNothingToRecover,
    &space::kAlreadySealed,
    &space::kReadingOnly,
    &space::kTwoSpaces,
    &space::kTextTooLong,
    &client::kStorageNewer,
    &client::kStorageCorrupt,
    &client::kUnknownCommand,
    &client::kUnknownView,
    &client::kBadArguments,
    &client::kTooLateToUndo,
    &client::kNotConnected,
    &client::kServerFault,
    &client::kNotAMemberAnyMore,
    &client::kRefusedLater,
    &client::kMendRefused,
    &client::kNotCalled,
    &client::kForkOfMine,
    &client::kStillComing,
    &cherish::kEmptyAnswer,
    &cherish::kOwnThanks,
    &cherish::kSentAlready,
    &cherish::kStillClosed,
    &cherish::kBadSpan,
    &practices::kOwnItem,
    &practices::kNotOpenedYet,
    &practices::kNothingSaid,
    &practices::kBadContentId,
    &feelings::kBadFeelings,
    &noticed::kOneEffort,
    &noticed::kListFull,
    &goodnews::kTwoQuestions,
    &goodnews::kNothingAsked,
    &goodnews::kNotTonight,
    &touches::kTooSoon,
    &touches::kEnoughToday,
    &touches::kWordsOfLove,
    &touches::kBadMute,
    &gestures::kOneGesture,
    &gestures::kMenuFull,
    &letters::kBadDate,
    &letters::kPosted,
    &letters::kClosed,
    &openup::kBadPrompt,
    &openup::kOfferedAlready,
    &openup::kSentAlready,
    &openup::kLeftBehind,
    &listen::kOpen,
    &listen::kOver,
    &listen::kNotBegun,
    &listen::kOtherHasFloor,
    &listen::kNothingSaidYet,
    &listen::kOnlyYesMovesOn,
    &listen::kNotNow,
    &listen::kUnderstandFirst,
    &listen::kInTimeOut,
    &listen::kBadReturn,
    &listen::kMovedOn,
    &listen::kOtherDevice,
    &listen::kOnOnePhone,
    &listen::kTypedOnly,
    &listen::kBadLength,
    &listen::kBadScore,
    &listen::kSaidAlready,
    &listen::kBegun,
});

}  // namespace attune::tests
