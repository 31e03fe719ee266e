// The slot beside the log of a *mine*: a snapshot of what its events come to, for that person's own devices
// (PROTOCOL.md 11). The relay can not read it. It is put piece by piece, and handed out once it is whole.
//
// The first piece takes the place of whatever was there, if it is taken. A slot is emptied by an empty put, and by
// whatever may take away something that the snapshot holds: the `close` of its stream, an `erase` there or in an *ours*
// of that person. So it is by a new epoch of its stream, since whoever is kept out by that has the key it is sealed
// under. Which *ours* is theirs nobody can claim: a join proves a key and is no secret, so whoever has seen
// one can found an *ours* with that key in it. It is theirs once a member of their *mine* has signed a record there.
//
// A day after its first piece a slot is empty of itself, like a mailbox: it is for a device that an invitation lets in.
#pragma once

#include "server/relay/append.h"

namespace attune::server {

/// Errors: kNotAMember (of no such *mine*, or it is not one), kNotAWriter (a reader), kPhraseWritesMembersOnly,
/// kStreamClosed, kSlotPiece, kServerFull (with the stream's records it would be larger than a stream may be),
/// kSlowDown (more than the device's network address may write for now).
Result<> put_slot(Writing& store, const wire::SlotPut& put, const SignKey& device, const Policy& policy,
                  const Founding& founding);

/// Errors: kNotAMember (nor is a reader one here).
Result<wire::Slot> slot_of(Reading& store, const wire::SlotGet& get, const SignKey& device, Time now);

/// What an append that has been stored, to this stream as it is now, takes from the slots beside it. The room that its
/// records need as well: a snapshot can be made again.
void tend_slots(Writing& store, const Proposal& stored, const Stream& stream, const Policy& policy);

}  // namespace attune::server
