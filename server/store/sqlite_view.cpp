#include "server/store/sqlite_view.h"

#include <cassert>

#include "server/store/table_bytes.h"

namespace attune::server {

namespace {

std::int64_t key_of(const Stream& stream, std::uint64_t position) {
  assert(position <= 0xffff'ffff && stream.number <= 0x7fff'ffff);
  return static_cast<std::int64_t>(stream.number << 32 | position);
}

}  // namespace

std::optional<Stream> SqliteView::stream(const StreamId& id) {
  Statement row = db_.statement(
      "SELECT s.number, h.head, h.history, h.bytes, s.founder, s.members "
      "FROM streams s JOIN heads h ON h.stream = s.number WHERE s.id = ?");
  if (!row.bind(id.view()).step()) return std::nullopt;
  auto table = decode_table(row.bytes(5));
  if (!table) throw StoreTrouble{StoreTrouble::Kind::damaged};
  return Stream{.number = row.natural(0),
                .head = row.natural(1),
                .history = row.fixed<Hash>(2),
                .bytes = row.natural(3),
                .founder = row.fixed<SignKey>(4),
                .table = std::move(*table)};
}

std::vector<wire::Known> SqliteView::streams_of(const SignKey& key) {
  Statement row = db_.statement(
      "SELECT s.id, s.kind, h.head, h.history FROM seats JOIN streams s ON s.number = seats.stream "
      "JOIN heads h ON h.stream = seats.stream "
      "WHERE seats.key = ? ORDER BY seats.kind, seats.stream LIMIT ?");
  row.bind(key.view()).bind(std::int64_t{kMaxListed});
  std::vector<wire::Known> out;
  while (row.step()) {
    out.push_back({.stream = row.fixed<StreamId>(0),
                   .kind = static_cast<wire::StreamKind>(row.number(1)),
                   .head = row.natural(2),
                   .history = row.fixed<Hash>(3)});
  }
  return out;
}

std::size_t SqliteView::founded_by(const SignKey& key, wire::StreamKind kind) {
  Statement row = db_.statement("SELECT count(*) FROM streams WHERE founder = ? AND kind = ?");
  row.bind(key.view()).bind(static_cast<std::int64_t>(kind)).step();
  return row.natural(0);
}

// Reads the log, which nothing else does but who erases with a slot in the way; every append would else have to note
// it.
bool SqliteView::has_written(const Stream& stream, const SignKey& key, std::uint64_t from, std::uint64_t to) {
  constexpr std::uint64_t kAuthorAt = 81;  // of the header (wire/record.h), from 1
  Statement row =
      db_.statement("SELECT 1 FROM records WHERE key BETWEEN ? AND ? AND substr(header, ?, 32) = ? LIMIT 1");
  row.bind(key_of(stream, from)).bind(key_of(stream, to)).bind(kAuthorAt).bind(key.view());
  return row.step();
}

std::optional<wire::Header> SqliteView::header(const Stream& stream, std::uint64_t position) {
  if (position > stream.head) return std::nullopt;
  Statement row = db_.statement("SELECT header FROM records WHERE key = ?");
  if (!row.bind(key_of(stream, position)).step()) return std::nullopt;
  const ByteView raw = row.bytes(0);
  if (raw.size() != wire::kHeaderSize + wire::kSignatureSize) throw StoreTrouble{StoreTrouble::Kind::damaged};
  const auto header = wire::decode_header(raw.first(wire::kHeaderSize));
  if (!header) throw StoreTrouble{StoreTrouble::Kind::damaged};
  return *header;
}

std::vector<Bytes> SqliteView::records(const Stream& stream, std::uint64_t from, std::uint64_t to,
                                       std::size_t most_records, std::size_t most_bytes) {
  std::vector<Bytes> out;
  to = std::min(to, stream.head);
  if (from > to) return out;
  Statement row =
      db_.statement("SELECT header, skeleton, content FROM records WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?");
  row.bind(key_of(stream, from)).bind(key_of(stream, to)).bind(std::uint64_t{most_records});
  std::size_t bytes = 0;
  while (row.step()) {
    Bytes record;
    const std::size_t size = row.bytes(0).size() + row.bytes(1).size() + row.bytes(2).size();
    bytes += size;
    if (!out.empty() && bytes > most_bytes) break;
    record.reserve(size);
    for (int part = 0; part < 3; ++part) {
      const ByteView raw = row.bytes(part);
      record.insert(record.end(), raw.begin(), raw.end());
    }
    out.push_back(std::move(record));
  }
  return out;
}

Slot SqliteView::slot(const Stream& stream) {
  Slot out;
  Statement row = db_.statement("SELECT id, count, length(bytes), made FROM slots WHERE stream = ? ORDER BY piece");
  row.bind(stream.number);
  while (row.step()) {
    out.id = row.fixed<Hash>(0);
    out.count = static_cast<std::uint8_t>(row.natural(1));
    ++out.pieces;
    out.bytes += row.natural(2);
    out.made = Time{row.number(3)};
  }
  return out;
}

Bytes SqliteView::slot_piece(const Stream& stream, std::uint8_t piece) {
  Statement row = db_.statement("SELECT bytes FROM slots WHERE stream = ? AND piece = ?");
  if (!row.bind(stream.number).bind(std::uint64_t{piece}).step()) return {};
  const ByteView bytes = row.bytes(0);
  return {bytes.begin(), bytes.end()};
}

std::optional<Mailbox> SqliteView::mailbox(const MailboxId& id) {
  Mailbox out;
  {
    Statement row = db_.statement("SELECT made, burnt FROM mailboxes WHERE id = ?");
    if (!row.bind(id.view()).step()) return std::nullopt;
    out.made = Time{row.number(0)};
    out.burnt = row.number(1) != 0;
  }
  Statement row = db_.statement("SELECT mail FROM mails WHERE mailbox = ? ORDER BY number");
  row.bind(id.view());
  while (row.step()) {
    const ByteView mail = row.bytes(0);
    out.mails.emplace_back(mail.begin(), mail.end());
  }
  return out;
}

std::optional<Subscription> SqliteView::subscription(const SignKey& device) {
  Statement row = db_.statement("SELECT endpoint, p256dh, auth FROM subscriptions WHERE key = ?");
  if (!row.bind(device.view()).step()) return std::nullopt;
  return Subscription{.endpoint = std::string(as_text(row.bytes(0))),
                      .p256dh = row.fixed<P256Key>(1),
                      .auth = row.fixed<PushSecret>(2)};
}

std::vector<std::uint64_t> SqliteView::wake_times(const SignKey& device) {
  Statement row = db_.statement("SELECT at FROM wake_times WHERE key = ? ORDER BY at");
  row.bind(device.view());
  std::vector<std::uint64_t> out;
  while (row.step()) out.push_back(row.natural(0));
  return out;
}

std::vector<SignKey> SqliteView::due_devices(std::uint64_t until, std::size_t most) {
  Statement row = db_.statement("SELECT DISTINCT key FROM wake_times WHERE at <= ? LIMIT ?");
  row.bind(until).bind(std::uint64_t{most});
  std::vector<SignKey> out;
  while (row.step()) out.push_back(row.fixed<SignKey>(0));
  return out;
}

Bytes SqliteView::push_secret() {
  Statement row = db_.statement("SELECT secret FROM push_secret");
  if (!row.step()) return {};
  const ByteView secret = row.bytes(0);
  return {secret.begin(), secret.end()};
}

void SqliteView::found(Stream& stream) {
  const Bytes table = encode_table(stream.table);
  db_.statement("INSERT INTO streams (id, kind, founder, members) VALUES (?, ?, ?, ?)")
      .bind(stream.table.stream.view())
      .bind(static_cast<std::int64_t>(stream.table.kind))
      .bind(stream.founder.view())
      .bind(table)
      .run();
  stream.number = static_cast<std::uint64_t>(sqlite3_last_insert_rowid(db_.raw()));
  db_.statement("INSERT INTO heads (stream, head, history, bytes) VALUES (?, ?, ?, ?)")
      .bind(stream.number)
      .bind(stream.head)
      .bind(stream.history.view())
      .bind(stream.bytes)
      .run();
  seat_members(stream);
}

void SqliteView::update(const Stream& stream) {
  db_.statement("UPDATE heads SET head = ?, history = ?, bytes = ? WHERE stream = ?")
      .bind(stream.head)
      .bind(stream.history.view())
      .bind(stream.bytes)
      .bind(stream.number)
      .run();
}

void SqliteView::update_table(const Stream& stream) {
  const Bytes table = encode_table(stream.table);
  db_.statement("UPDATE streams SET members = ? WHERE number = ?").bind(table).bind(stream.number).run();
  seat_members(stream);
}

void SqliteView::seat_members(const Stream& stream) {
  for (const wire::Seat& seat : stream.table.seats) {
    db_.statement(seat.removed_at ? "DELETE FROM seats WHERE key = ? AND kind = ? AND stream = ?"
                                  : "INSERT OR IGNORE INTO seats (key, kind, stream) VALUES (?, ?, ?)")
        .bind(seat.member.sign.view())
        .bind(static_cast<std::int64_t>(stream.table.kind))
        .bind(stream.number)
        .run();
  }
}

void SqliteView::append(const Stream& stream, const wire::RecordView& record) {
  const Bytes head = head_of(record);
  db_.statement("INSERT INTO records (key, header, skeleton, content) VALUES (?, ?, ?, ?)")
      .bind(key_of(stream, record.header.position))
      .bind(head)
      .bind_or_null(record.skeleton)
      .bind_or_null(record.content)
      .run();
}

void SqliteView::erase(const Stream& stream, const std::vector<std::uint64_t>& positions, bool skeletons) {
  for (const std::uint64_t position : positions) {
    if (position > stream.head) continue;
    const std::int64_t key = key_of(stream, position);
    db_.statement("UPDATE records SET content = NULL WHERE key = ? AND content IS NOT NULL").bind(key).run();
    note_erased();
    if (!skeletons) continue;
    db_.statement("UPDATE records SET skeleton = NULL WHERE key = ? AND skeleton IS NOT NULL").bind(key).run();
    note_erased();
  }
}

void SqliteView::note_erased() { erased_ = erased_ || sqlite3_changes(db_.raw()) != 0; }

void SqliteView::add_slot_piece(const Stream& stream, const Slot& slot, ByteView bytes) {
  db_.statement("INSERT INTO slots (stream, piece, count, made, id, bytes) VALUES (?, ?, ?, ?, ?, ?)")
      .bind(stream.number)
      .bind(std::uint64_t{slot.pieces})
      .bind(std::uint64_t{slot.count})
      .bind(slot.made.ms)
      .bind(slot.id.view())
      .bind(bytes)
      .run();
}

void SqliteView::empty_slot(const Stream& stream) {
  db_.statement("DELETE FROM slots WHERE stream = ?").bind(stream.number).run();
  note_erased();
}

void SqliteView::make_mailbox(const MailboxId& id, Time now) {
  db_.statement("INSERT INTO mailboxes (id, made) VALUES (?, ?)").bind(id.view()).bind(now.ms).run();
}

void SqliteView::add_mail(const MailboxId& id, ByteView mail) {
  db_.statement("INSERT INTO mails (mailbox, mail) VALUES (?, ?)").bind(id.view()).bind(mail).run();
}

void SqliteView::burn(const MailboxId& id) {
  db_.statement("UPDATE mailboxes SET burnt = 1 WHERE id = ?").bind(id.view()).run();
  db_.statement("DELETE FROM mails WHERE mailbox = ?").bind(id.view()).run();
  note_erased();
}

void SqliteView::tidy(Time expired, Time forgotten) {
  db_.statement("DELETE FROM mails WHERE mailbox IN (SELECT id FROM mailboxes WHERE made < ?)").bind(expired.ms).run();
  note_erased();
  // A few at a time: what is deleted is written over, and everybody else waits.
  db_.statement("DELETE FROM slots WHERE number IN (SELECT number FROM slots WHERE made < ? LIMIT 64)")
      .bind(expired.ms)
      .run();
  note_erased();
  db_.statement("DELETE FROM mailboxes WHERE made < ?").bind(forgotten.ms).run();
}

void SqliteView::subscribe(const SignKey& device, const Subscription& subscription) {
  unsubscribe(device);
  db_.statement("INSERT INTO subscriptions (key, endpoint, p256dh, auth) VALUES (?, ?, ?, ?)")
      .bind(device.view())
      .bind(as_bytes(subscription.endpoint))
      .bind(subscription.p256dh.view())
      .bind(subscription.auth.view())
      .run();
}

void SqliteView::unsubscribe(const SignKey& device) {
  db_.statement("DELETE FROM subscriptions WHERE key = ?").bind(device.view()).run();
  note_erased();
}

void SqliteView::set_wake_times(const SignKey& device, const std::vector<std::uint64_t>& times) {
  db_.statement("DELETE FROM wake_times WHERE key = ?").bind(device.view()).run();
  note_erased();
  for (const std::uint64_t time : times) {
    db_.statement("INSERT INTO wake_times (key, at) VALUES (?, ?)").bind(device.view()).bind(time).run();
  }
}

void SqliteView::keep_push_secret(ByteView secret) {
  db_.statement("INSERT INTO push_secret (one, secret) VALUES (1, ?)").bind(secret).run();
}

}  // namespace attune::server
