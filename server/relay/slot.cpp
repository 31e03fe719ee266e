#include "server/relay/slot.h"

#include <algorithm>
#include <map>

#include "server/relay/mail.h"

namespace attune::server {

namespace {

constexpr std::uint64_t kFirstRecords = 255;

/// Whoever asks about a stream that is no *mine* of theirs gets one answer, whether it exists or not.
Result<Stream> own_stream(Reading& store, const StreamId& id, const SignKey& device) {
  auto stream = store.stream(id);
  const bool theirs = stream && stream->table.kind == wire::StreamKind::mine && stream->table.member(device) != nullptr;
  if (!theirs) return refuse(wire::kNotAMember);
  return std::move(*stream);
}

/// What is there for anybody. One that has expired is in the store until that is tidied, and nowhere else.
Slot slot_now(Reading& store, const Stream& mine, Time now) {
  const Slot slot = store.slot(mine);
  return now - slot.made < kMailboxMs ? slot : Slot{};
}

/// A piece of this snapshot, the next one, and with room for it.
Result<> check_piece(const wire::SlotPut& put, const Slot& begun, const Stream& stream, const Policy& policy,
                     const Founding& founding) {
  const bool next = put.id == begun.id && put.count == begun.count && put.piece == begun.pieces;
  if (!next) return refuse(wire::kSlotPiece);
  if (stream.bytes + begun.bytes + put.bytes.size() > policy.stream_bytes) return refuse(wire::kServerFull);
  const bool too_much =
      founding.allowance != nullptr && !founding.allowance->take_slot_bytes(put.bytes.size(), founding.now);
  if (too_much) return refuse(wire::kSlowDown);
  return {};
}

template <class Kind>
bool holds(const Proposal& proposal) {
  return std::ranges::any_of(proposal.controls,
                             [](const auto& control) { return control && std::holds_alternative<Kind>(*control); });
}

bool begins_epoch(const Proposal& proposal) {
  return std::ranges::any_of(proposal.controls, [](const auto& control) {
    const auto* members = control ? std::get_if<wire::Members>(&*control) : nullptr;
    return members != nullptr && members->epoch;
  });
}

void empty(Writing& store, const Stream& mine) {
  if (store.slot(mine).count != 0) store.empty_slot(mine);
}

/// With its slot the stream is larger than a stream may be. Looks there only if that can be.
bool too_large_together(Reading& store, const Stream& mine, const Policy& policy) {
  constexpr std::uint64_t kMost = wire::kMaxSlotPieces * wire::kMaxSlotPiece;
  return mine.bytes + kMost > policy.stream_bytes && mine.bytes + store.slot(mine).bytes > policy.stream_bytes;
}

/// A member of that *mine* has signed something here, with this seat. Whoever takes part does so soon; the whole log is
/// not read for those who never do, since an erase asks and holds up everybody else meanwhile.
bool takes_part(Reading& store, const Stream& ours, const wire::Seat& seat, const Stream& mine) {
  const wire::Member* member = mine.table.member(seat.member.sign);
  if (member == nullptr || member->role == wire::Role::reader) return false;
  return store.has_written(ours, seat.member.sign, seat.added_at, seat.added_at + kFirstRecords);
}

/// A *mine* with something in its slot, if the stream is one.
std::optional<Stream> filled_mine(Reading& store, const StreamId& id) {
  auto stream = store.stream(id);
  const bool filled = stream && stream->table.kind == wire::StreamKind::mine && store.slot(*stream).count != 0;
  return filled ? std::move(stream) : std::nullopt;
}

void empty_slots_of_those_in(Writing& store, const Stream& ours) {
  std::map<StreamId, std::optional<Stream>> own;
  for (const wire::Seat& seat : ours.table.seats) {
    if (seat.removed_at) continue;
    const auto [found, is_new] = own.try_emplace(seat.member.self);
    if (is_new) found->second = filled_mine(store, seat.member.self);
    const std::optional<Stream>& mine = found->second;
    if (!mine || !takes_part(store, ours, seat, *mine)) continue;
    store.empty_slot(*mine);
    found->second.reset();
  }
}

}  // namespace

Result<> put_slot(Writing& store, const wire::SlotPut& put, const SignKey& device, const Policy& policy,
                  const Founding& founding) {
  TRY(stream, own_stream(store, put.stream, device));
  const wire::Role role = stream.table.member(device)->role;
  if (role == wire::Role::reader) return refuse(wire::kNotAWriter);
  if (role == wire::Role::phrase) return refuse(wire::kPhraseWritesMembersOnly);
  if (stream.table.closed) return refuse(wire::kStreamClosed);
  const bool anew = put.piece == 0;
  const Slot begun = anew ? Slot{.id = put.id, .count = put.count, .pieces = 0, .bytes = 0, .made = founding.now}
                          : slot_now(store, stream, founding.now);
  if (put.count != 0) TRY_VOID(check_piece(put, begun, stream, policy, founding));
  if (anew) empty(store, stream);
  if (put.count != 0) store.add_slot_piece(stream, begun, put.bytes);
  return {};
}

Result<wire::Slot> slot_of(Reading& store, const wire::SlotGet& get, const SignKey& device, Time now) {
  TRY(stream, own_stream(store, get.stream, device));
  if (stream.table.member(device)->role == wire::Role::reader) return refuse(wire::kNotAMember);
  wire::Slot out;
  out.request = get.request;
  const Slot slot = slot_now(store, stream, now);
  if (!slot.whole() || get.piece >= slot.count) return out;
  out.id = slot.id;
  out.piece = get.piece;
  out.count = slot.count;
  out.bytes = store.slot_piece(stream, get.piece);
  return out;
}

void tend_slots(Writing& store, const Proposal& stored, const Stream& stream, const Policy& policy) {
  const bool erased = holds<wire::Erase>(stored);
  if (stream.table.kind == wire::StreamKind::ours) {
    if (erased) empty_slots_of_those_in(store, stream);
    return;
  }
  const bool over = erased || holds<wire::Close>(stored) || begins_epoch(stored);
  if (over || too_large_together(store, stream, policy)) empty(store, stream);
}

}  // namespace attune::server
