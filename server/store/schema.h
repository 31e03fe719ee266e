// The tables of the store's file, and how a file of an earlier version becomes one of this.
//
// A file says of itself what it is: application_id "Attn", user_version the number of the newest step in kSteps that
// it has been through. Steps are only ever added; a version on `main` stays readable for ever.
#pragma once

#include <array>
#include <cstdint>

namespace attune::server {

inline constexpr std::int64_t kApplicationId = 0x4174'746e;

// A record's key is its stream's number in the upper half and its position in the lower: one row, found and ranged over
// without a second index. Contents stand apart, so that erasing one removes a row and rewrites nothing.
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
};

inline constexpr std::int64_t kSchemaVersion = kSteps.size();

}  // namespace attune::server
