// The row "snapshot": H(version) 32 ‖ count u32 ‖ a Gone of each stream ‖ History, sealed in pieces.
//
// It is put out in the same Store as whatever else changed, so that it is never of records that are not stored. A
// snapshot of another version of the fold, of other streams or another history, or one that is damaged is passed over
// and the log folded from its beginning: it saves time and decides nothing.
#include "attune/client/snapshot.h"

#include "attune/log/planted.h"
#include "attune/log/stored.h"

namespace attune::wire {

BOOST_DESCRIBE_STRUCT(Member, (), (sign, box, person, role, self, join))
BOOST_DESCRIBE_STRUCT(Seat, (), (member, added_at, removed_at))
BOOST_DESCRIBE_STRUCT(Table, (), (kind, stream, seats, epoch, key_id, closed))

}  // namespace attune::wire

namespace attune::log {

BOOST_DESCRIBE_STRUCT(Gone, (),
                      (stream, next, history, table, unknown_control, voided, of_keys, erased, erased_skeletons,
                       incomplete))

}  // namespace attune::log

namespace attune::client {

namespace {

constexpr std::string_view kRow = "snapshot";

Hash version() {
  return wire::tagged_hash("snapshot-version",
                           {History::version().view(), as_bytes(log::shape<std::vector<log::Gone>>())});
}

}  // namespace

/// A space that was mended, or is about to be, is folded from its beginning: its past lies in several streams.
bool Client::of_one_stream() const {
  return !profile_->mending && (!profile_->earlier || profile_->earlier->empty()) && history_.behind() == 0 &&
         !missing_earlier();
}

std::optional<Client::Snapshot> Client::read_snapshot(Bytes row) const {
  if (row.empty() || profile_->mending || (profile_->earlier && !profile_->earlier->empty())) return std::nullopt;
  const auto bytes = vault_.open_long(kRow, std::move(row));
  if (!bytes || bytes->size() < Hash::kSize || Hash::copy_of(*bytes) != version()) return std::nullopt;
  log::Get get(ByteView(*bytes).subspan(Hash::kSize));
  Snapshot out;
  get(out.streams);
  if (!out.history.restore(get)) return std::nullopt;
  const bool both = out.streams.size() == (profile_->ours ? 2U : 1U);
  return both && profile_->mine ? std::optional(std::move(out)) : std::nullopt;
}

/// How many records the log has, if it has come whole and can be read whole: what waits for a record still to come is
/// none to begin with.
std::optional<std::uint64_t> Client::whole_records() const {
  if (recovering_ || !started() || mine() == nullptr || paired() != (ours() != nullptr)) return std::nullopt;
  if (!of_one_stream()) return std::nullopt;
  std::uint64_t records = 0;
  for (auto [line, kind] : {std::pair(mine(), wire::StreamKind::mine), std::pair(ours(), wire::StreamKind::ours)}) {
    if (line == nullptr) continue;
    if (line->stream->empty() || line->more_to_come() || !history_.followed(*line->stream, kind)) return std::nullopt;
    records += line->stream->next();
  }
  return records;
}

/// What the row holds; only of a log that is whole.
Bytes Client::folded() const {
  std::vector<log::Gone> streams;
  for (const Line* line : {mine(), ours()}) {
    if (line != nullptr) streams.push_back(line->stream->gone());
  }
  log::Put put;
  put(version());
  put(streams);
  history_.store(put);
  return std::move(put).take();
}

/// The shared stream that these bytes are of. None: there is none, or another version wrote them.
std::optional<StreamId> Client::ours_of(ByteView folded) {
  if (folded.size() < Hash::kSize || Hash::copy_of(folded.first(Hash::kSize)) != version()) return std::nullopt;
  log::Get get(folded.subspan(Hash::kSize));
  std::vector<log::Gone> streams;
  get(streams);
  const auto at =
      std::ranges::find(streams, wire::StreamKind::ours, [](const log::Gone& gone) { return gone.table.kind; });
  return at == streams.end() ? std::nullopt : std::optional(at->stream);
}

void Client::keep_snapshot() {
  const auto records = whole_records();
  if (!records || *records < snapshot_records_ + log::planted().snapshot_every) return;
  put_raw(std::string(kRow), vault_.seal_long(kRow, folded(), entropy_));
  snapshot_records_ = *records;
}

}  // namespace attune::client
