#include "server/relay/slot.h"

#include <set>

namespace attune::server {

namespace {

/// Whoever asks about a stream that is no *mine* of theirs gets one answer, whether it exists or not.
Result<Stream> own_stream(Reading& store, const StreamId& id, const SignKey& device) {
  auto stream = store.stream(id);
  const bool theirs = stream && stream->table.kind == wire::StreamKind::mine && stream->table.member(device) != nullptr;
  if (!theirs) return refuse(wire::kNotAMember);
  return std::move(*stream);
}

}  // namespace

Result<> put_slot(Writing& store, const wire::SlotPut& put, const SignKey& device, const Policy& policy, Time now) {
  TRY(stream, own_stream(store, put.stream, device));
  const wire::Role role = stream.table.member(device)->role;
  if (role == wire::Role::reader) return refuse(wire::kNotAWriter);
  if (role == wire::Role::phrase) return refuse(wire::kPhraseWritesMembersOnly);
  if (stream.table.closed) return refuse(wire::kStreamClosed);
  Slot slot = store.slot(stream);
  if (put.piece == 0 && slot.count != 0) {
    store.empty_slot(stream);
    slot = {};
  }
  if (put.count == 0) return {};
  const bool goes_on = put.piece == 0 || (put.id == slot.id && put.count == slot.count && put.piece == slot.pieces);
  if (!goes_on) return refuse(wire::kSlotPiece);
  if (stream.bytes + slot.bytes + put.bytes.size() > policy.stream_bytes) return refuse(wire::kServerFull);
  if (put.piece == 0) slot = {.id = put.id, .count = put.count, .pieces = 0, .bytes = 0, .made = now};
  store.add_slot_piece(stream, slot, put.bytes);
  return {};
}

Result<wire::Slot> slot_of(Reading& store, const wire::SlotGet& get, const SignKey& device) {
  TRY(stream, own_stream(store, get.stream, device));
  if (stream.table.member(device)->role == wire::Role::reader) return refuse(wire::kNotAMember);
  wire::Slot out;
  out.request = get.request;
  const Slot slot = store.slot(stream);
  if (!slot.whole() || get.piece >= slot.count) return out;
  out.id = slot.id;
  out.piece = get.piece;
  out.count = slot.count;
  out.bytes = store.slot_piece(stream, get.piece);
  return out;
}

void empty_slots_beside(Writing& store, const Stream& stream) {
  const auto empty = [&](const Stream& mine) {
    if (store.slot(mine).count != 0) store.empty_slot(mine);
  };
  if (stream.table.kind == wire::StreamKind::mine) return empty(stream);
  std::set<StreamId> own;
  for (const wire::Seat& seat : stream.table.seats) own.insert(seat.member.self);
  for (const StreamId& id : own) {
    if (const auto mine = store.stream(id); mine && mine->table.kind == wire::StreamKind::mine) empty(*mine);
  }
}

}  // namespace attune::server
