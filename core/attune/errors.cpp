#include "attune/errors.h"

#include <algorithm>
#include <vector>

#include "attune/client/errors.h"
#include "attune/crypto/keys.h"
#include "attune/crypto/seal.h"
#include "attune/log/errors.h"
#include "attune/practices/given.h"
#include "attune/practices/registry.h"
#include "attune/schema/json.h"
#include "attune/space/errors.h"
#include "wire/errors.h"

namespace attune {

namespace {

constexpr const ErrorCode* kSealing[] = {&crypto::kUnsealable, &crypto::kBadPadding, &crypto::kBadBox};
constexpr const ErrorCode* kSchema[] = {&schema::kBadJson};
constexpr const ErrorCode* kLog[] = {&log::kGap,       &log::kBrokenChain,    &log::kFork,
                                     &log::kWithheld,  &log::kVoid,           &log::kUnknownRecordInMyName,
                                     &log::kBehind,    &log::kUnknownControl, &log::kNoKey,
                                     &log::kBadKeyBox, &log::kUnreadable};
constexpr const ErrorCode* kSpace[] = {
    &space::kNotPaired,        &space::kAlreadyPaired,  &space::kAlreadyStarted,   &space::kNotStarted,
    &space::kBadRelay,         &space::kNameTooLong,    &space::kUnknownItem,      &space::kNotYours,
    &space::kTakenBackAlready, &space::kTooLate,        &space::kLinkShort,        &space::kLinkAltered,
    &space::kLinkNewer,        &space::kNoInvitation,   &space::kOwnLink,          &space::kBadMail,
    &space::kJoiningNow,       &space::kInvitationOpen, &space::kThisDevice,       &space::kNothingToMend,
    &space::kTwoSpaces,        &space::kWordCount,      &space::kUnknownWord,      &space::kWordChecksum,
    &space::kWrongPick,        &space::kNoPhraseShown,  &space::kNothingToRecover, &space::kAnswerTooLong,
    &space::kAlreadySealed,    &space::kBadStepCode,    &space::kReadingOnly,      &space::kTextEmpty,
    &space::kTextTooLong};
constexpr const ErrorCode* kClient[] = {&client::kStorageNewer, &client::kStorageCorrupt, &client::kUnknownCommand,
                                        &client::kUnknownView,  &client::kBadArguments,   &client::kTooLateToUndo,
                                        &client::kNotConnected, &client::kServerFault,    &client::kNotAMemberAnyMore,
                                        &client::kRefusedLater, &client::kMendRefused,    &client::kNotCalled,
                                        &client::kForkOfMine,   &client::kStillComing};

std::vector<const ErrorCode*> collect() {
  std::vector<const ErrorCode*> out;
  const auto add = [&](std::span<const ErrorCode* const> range) { out.insert(out.end(), range.begin(), range.end()); };
  add(wire::all_errors());
  add(kSealing);
  add(kSchema);
  add(kLog);
  add(kSpace);
  add(kClient);
  add(practices::kGivenErrors);
  practices::for_each([&]<class P>(P) { add(P::errors()); });
  std::ranges::sort(out, {}, &ErrorCode::number);
  return out;
}

}  // namespace

std::span<const ErrorCode* const> all_error_codes() {
  static const std::vector<const ErrorCode*> kAll = collect();
  return kAll;
}

}  // namespace attune
