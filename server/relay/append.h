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

/// A control record that is shown, not appended (wire::Append::ahead).
struct Shown {
  wire::Header header;
  wire::Control control;
};

/// Records that are whole, signed by their authors and follow each other. Where they belong is not judged yet.
struct Proposal {
  SignKey device;  ///< the session's
  StreamId stream;
  bool wake = false;
  std::vector<Bytes> encoded;             ///< the records as they came
  std::vector<wire::RecordView> records;  ///< views into these, which a move leaves where they are
  std::vector<std::optional<wire::Control>> controls;  ///< one for each record; none: an event
  std::vector<Shown> ahead;          ///< signed control records that lie further on, in rising order; not stored
  std::vector<std::size_t> promised;  ///< records without a content that nothing but these erases
};

/// Checks layout, hashes, the chain inside the batch, missing contents and signatures.
/// Errors: those of wire/record.h, kBadControl, kBatchSize, kGenesisFields, kWrongStream, kBadFrame (the
/// records do not follow each other, or what is shown with them does not lie behind), kContentMissing, kBadSignature.
Result<Proposal> examine(const SignKey& device, wire::Append append);

/// Bytes of the records as they came, without what is shown with them.
std::uint64_t size_of(const Proposal& proposal);

/// A stream as it is after an append, as far as its followers need it.
struct After {
  StreamId stream;
  std::uint64_t head = 0;
  Hash history;
  std::vector<SignKey> members;  ///< those who are present
};

/// What became of an append. `head` and `history` are the stream's after it, or as they are.
struct Decision {
  enum class Kind : std::uint8_t { stored, moved, refused };
  Kind kind = Kind::refused;
  std::uint16_t code = 0;  ///< of errors.h, if refused
  std::uint64_t head = 0;
  Hash history;
  std::vector<SignKey> joined;  ///< keys that became members by it
  std::vector<SignKey> woken;   ///< devices of the other person that can be woken, if it asks for that
  std::optional<After> after;   ///< of an append that was stored

  /// Done, of what has no head: a mail, a subscription.
  static Decision done() {
    Decision out;
    out.kind = Kind::stored;
    return out;
  }
  static Decision refusal(const ErrorCode& error) {
    Decision out;
    out.code = error.number;
    return out;
  }
};

/// Who asks to found a stream or to fill a slot, and what they may.
struct Founding {
  bool token = false;
  Allowance* allowance = nullptr;  ///< none: no limit
  Time now;
};

/// Judges the proposal against the stream and stores it, whole or not at all.
///
/// What others wrote is re-sent by members only. A relay put back to an older copy may not know a member yet: who a
/// present member brought in, by records of the proposal or shown with it, counts as one, and so on from these.
/// Errors: those of wire/members.h, kUnknownStream, kNotAMember, kContentMissing (what is shown to erase it is not of
/// its author's person), kRegistrationClosed, kSlowDown, kTooLarge, kServerFull (the stream has reached its size).
Decision append(Writing& store, const Proposal& proposal, const Policy& policy, const Founding& founding);

/// May this device found a stream of this kind, or make a mailbox (no kind)? Errors: kRegistrationClosed.
Result<> may_register(Reading& store, const SignKey& device, const Policy& policy, bool token,
                      const wire::Genesis* genesis);

}  // namespace attune::server
