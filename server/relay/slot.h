// The slot beside the log of a *mine*: a snapshot of what its events come to, for that person's own devices
// (PROTOCOL.md 11). The relay can not read it. It is put piece by piece, and handed out once it is whole.
//
// The first piece takes the place of whatever was there. A slot is emptied by an empty put, and by whatever may take
// away something that the snapshot holds: the `close` of its stream, an `erase` there or in an *ours* of that person.
#pragma once

#include "server/relay/append.h"

namespace attune::server {

/// Errors: kNotAMember (of no such *mine*, or it is not one), kNotAWriter (a reader), kPhraseWritesMembersOnly,
/// kStreamClosed, kSlotPiece, kServerFull (with the stream's records it would be larger than a stream may be).
Result<> put_slot(Writing& store, const wire::SlotPut& put, const SignKey& device, const Policy& policy, Time now);

/// Errors: kNotAMember (nor is a reader one here).
Result<wire::Slot> slot_of(Reading& store, const wire::SlotGet& get, const SignKey& device);

/// Something was erased in this stream, or it was closed.
void empty_slots_beside(Writing& store, const Stream& stream);

}  // namespace attune::server
