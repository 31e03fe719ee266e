#include "wire/errors.h"

#include <algorithm>
#include <array>

namespace attune::wire {
namespace {

constexpr std::array kAll = {
    &kTruncated,
    &kTrailingBytes,
    &kVersion,
    &kReservedBits,
    &kClass,
    &kTooLarge,
    &kSkeletonHash,
    &kContentHash,
    &kBadSignature,
    &kBadFrame,
    &kBadControl,
    &kGenesisFields,
    &kWrongStream,
    &kUnknownStream,
    &kNotAWriter,
    &kOldEpoch,
    &kStreamClosed,
    &kBatchSize,
    &kPhraseWritesMembersOnly,
    &kContentMissing,
    &kKeyUsedBefore,
    &kOtherPersonsKey,
    &kBadJoin,
    &kUnknownMember,
    &kRemovalNeedsEpoch,
    &kEpochStep,
    &kBoxes,
    &kLastMember,
    &kTooManyMembers,
    &kWrongSelf,
    &kSecondGenesis,
    &kGenesisMembers,
    &kEraseTarget,
    &kEraseSkeletons,
    &kNothingChanges,
    &kPersonOfStream,
    &kReaderRole,
    &kSelfRemoval,
    &kNotAuthenticated,
    &kNotAMember,
    &kRegistrationClosed,
    &kSlowDown,
    &kServerFull,
    &kMailboxFull,
    &kMailboxGone,
    &kStopping,
    &kServerTrouble,
    &kOtherProtocol,
    &kPushOff,
    &kPushEndpoint,
    &kSlotPiece,
};

constexpr bool rising() {
  for (std::size_t i = 1; i < kAll.size(); ++i) {
    if (kAll[i - 1]->number >= kAll[i]->number) return false;
  }
  return true;
}
static_assert(rising(), "numbers are unique and in order");

}  // namespace

std::span<const ErrorCode* const> all_errors() { return kAll; }

const ErrorCode* find_error(std::uint16_t number) {
  const auto found = std::ranges::find(kAll, number, &ErrorCode::number);
  return found == kAll.end() ? nullptr : *found;
}

}  // namespace attune::wire
