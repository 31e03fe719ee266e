// The tables of the store's file, and how a file of an earlier version becomes one of this.
//
// A file says of itself what it is: application_id "Attn", user_version the number of the newest step in kSteps that
// it has been through. Steps are only ever added; a version on `main` stays readable for ever.
#pragma once

#include <array>
#include <cstdint>

namespace attune::server {

inline constexpr std::int64_t kApplicationId = 0x4174'746e;

// A record's key is its stream's number in the upper half and its position in the lower. Since the third step records
// lie in the order in which they came, of whatever stream: a commit of many streams fills pages one after the other,
// where in the order of keys each record would write a page of its own anew, and another for its content. What changes
// with each append is apart from what is as good as constant, for the same reason.
inline constexpr std::array kSteps = {
    R"(
CREATE TABLE streams (
  number  INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  kind    INTEGER NOT NULL,
  head    INTEGER NOT NULL,
  history BLOB NOT NULL,
  bytes   INTEGER NOT NULL,
  founder BLOB NOT NULL,
  members BLOB NOT NULL
);
CREATE INDEX streams_of_founder ON streams (founder, kind);
CREATE TABLE seats (
  key    BLOB NOT NULL,
  kind   INTEGER NOT NULL,
  stream INTEGER NOT NULL REFERENCES streams,
  PRIMARY KEY (key, kind, stream)
) WITHOUT ROWID;
CREATE TABLE records (
  key      INTEGER PRIMARY KEY,
  header   BLOB NOT NULL,
  skeleton BLOB
);
CREATE TABLE contents (
  key     INTEGER PRIMARY KEY,
  content BLOB NOT NULL
);
CREATE TABLE mailboxes (
  id    BLOB PRIMARY KEY,
  made  INTEGER NOT NULL,
  burnt INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE mails (
  number  INTEGER PRIMARY KEY,
  mailbox BLOB NOT NULL,
  mail    BLOB NOT NULL
);
CREATE INDEX mails_of_mailbox ON mails (mailbox);
)",
    R"(
CREATE TABLE subscriptions (
  key      BLOB PRIMARY KEY,
  endpoint BLOB NOT NULL,
  p256dh   BLOB NOT NULL,
  auth     BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE wake_times (
  key BLOB NOT NULL,
  at  INTEGER NOT NULL,
  PRIMARY KEY (key, at)
) WITHOUT ROWID;
CREATE INDEX wake_times_in_order ON wake_times (at);
CREATE TABLE push_secret (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  secret BLOB NOT NULL
);
)",
    R"(
ALTER TABLE records RENAME TO records_by_key;
CREATE TABLE records (
  number   INTEGER PRIMARY KEY,
  key      INTEGER NOT NULL,
  header   BLOB NOT NULL,
  skeleton BLOB,
  content  BLOB
);
INSERT INTO records (key, header, skeleton, content)
  SELECT r.key, r.header, r.skeleton, c.content FROM records_by_key r LEFT JOIN contents c ON c.key = r.key
  ORDER BY r.key;
CREATE UNIQUE INDEX records_by_position ON records (key);
DROP TABLE records_by_key;
DROP TABLE contents;
CREATE TABLE heads (
  stream  INTEGER PRIMARY KEY REFERENCES streams,
  head    INTEGER NOT NULL,
  history BLOB NOT NULL,
  bytes   INTEGER NOT NULL
);
INSERT INTO heads (stream, head, history, bytes) SELECT number, head, history, bytes FROM streams;
ALTER TABLE streams DROP COLUMN head;
ALTER TABLE streams DROP COLUMN history;
ALTER TABLE streams DROP COLUMN bytes;
)",
    R"(
CREATE TABLE slots (
  number INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES streams,
  piece  INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  made   INTEGER NOT NULL,
  id     BLOB NOT NULL,
  bytes  BLOB NOT NULL
);
CREATE UNIQUE INDEX slots_by_piece ON slots (stream, piece);
)",
};

inline constexpr std::int64_t kSchemaVersion = kSteps.size();

}  // namespace attune::server
