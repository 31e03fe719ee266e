// Strict append (PROTOCOL.md 3): what can be judged from the records alone, and what needs the stream.
//
// The two halves run in different places: examine() on the connection's thread, where signatures may take their time;
// append() in the writer's transaction, where nothing else can slip in between the judgement and the storing.
#pragma once

#include <vector>

#include "server/relay/allowance.h"
#include "server/relay/policy.h"
#include "server/store/store.h"

namespace attune::server {

/// Records that are whole, signed by their authors and follow each other. Where they belong is not judged yet.
struct Proposal {
  SignKey device;  ///< the session's
  StreamId stream;
  std::vector<wire::Record> records;
  std::vector<std::optional<wire::Control>> controls;  ///< one for each record; none: an event
};

/// Checks layout, hashes, the chain inside the batch, missing contents and signatures.
/// Errors: those of wire/record.h, kBadControl, kBatchSize, kGenesisFields, kWrongStream, kBadFrame (the
/// records do not follow each other), kContentMissing, kBadSignature.
Result<Proposal> examine(const SignKey& device, const wire::Append& append);

/// Bytes of the records as they came.
std::uint64_t size_of(const Proposal& proposal);

/// What became of an append. `head` and `history` are the stream's after it, or as they are.
struct Decision {
  enum class Kind : std::uint8_t { stored, moved, refused };
  Kind kind = Kind::refused;
  std::uint16_t code = 0;  ///< of errors.h, if refused
  std::uint64_t head = 0;
  Hash history;
  std::vector<SignKey> joined;  ///< keys that became members by it

  static Decision refusal(const ErrorCode& error) {
    Decision out;
    out.code = error.number;
    return out;
  }
};

/// Who asks to found a stream, and what they may.
struct Founding {
  bool token = false;
  Allowance* allowance = nullptr;  ///< none: no limit
  Time now;
};

/// Judges the proposal against the stream and stores it, whole or not at all.
/// Errors: those of wire/members.h, kUnknownStream, kNotAMember (also: what others wrote is re-sent by members
/// only), kRegistrationClosed, kSlowDown, kTooLarge, kServerFull (the stream has reached its size).
Decision append(Writing& store, const Proposal& proposal, const Policy& policy, const Founding& founding);

/// May this device found a stream of this kind, or make a mailbox (no kind)? Errors: kRegistrationClosed.
Result<> may_register(Reading& store, const SignKey& device, const Policy& policy, bool token,
                      const wire::Genesis* genesis);

}  // namespace attune::server
