// A stream as one device holds it: the checked chain of records, who is a member, and its keys.
//
// Nothing enters without check(): sizes, order, history, authors, hashes, control rules and signatures in the order of
// PROTOCOL.md 4. check() changes nothing; admit() takes what it returned, whole. Each chapter below names what a relay
// could try and what comes of it.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "attune/crypto/keys.h"
#include "attune/log/errors.h"
#include "wire/members.h"
#include "wire/record.h"

namespace attune::log {

/// A record of the chain. `voided`: signed but against the rules; it is part of history and changes nothing.
struct Held {
  wire::Record record;
  bool voided = false;
};

/// What check() let through: records that continue the stream, and the table behind them.
struct Batch {
  std::vector<Held> records;
  wire::Table table;
  bool unknown_control = false;
  std::set<std::uint64_t> erased;  ///< positions whose contents an erase in this batch takes away
};

class Stream {
 public:
  /// An empty stream waiting for its genesis.
  explicit Stream(const StreamId& id) : id_(id) {}

  [[nodiscard]] const StreamId& id() const { return id_; }
  [[nodiscard]] bool empty() const { return records_.empty(); }
  /// The next position: head + 1, or 0 while empty.
  [[nodiscard]] std::uint64_t next() const { return records_.size(); }
  /// R(head); zeros while empty.
  [[nodiscard]] const Hash& history() const { return history_; }
  /// R at a position below next().
  [[nodiscard]] Hash history_at(std::uint64_t position) const;
  [[nodiscard]] const wire::Table& table() const { return table_; }
  [[nodiscard]] const std::vector<Held>& records() const { return records_; }
  /// A control kind of a newer version: reading goes on, writing does not.
  [[nodiscard]] bool read_only() const { return unknown_control_; }

  /// Checks what a relay handed over against this stream. Positions already held must be equal to what is held.
  /// Errors: layout errors of wire/, kGap, kBrokenChain, kFork, and the signature and hash errors of wire/.
  /// kFork means two valid histories; every other error is the relay's fault and nothing of the batch is used.
  [[nodiscard]] Result<Batch> check(const std::vector<Bytes>& raw) const;
  /// Takes a checked batch whole. Contents that an erase in it covers stay until drop_erased(), so that what its
  /// reader had opened can be copied first (PROTOCOL.md 7).
  void admit(Batch batch);
  /// Drops every erased content still here; the positions that changed.
  std::vector<std::uint64_t> drop_erased();

  /// Positions whose content is missing although nothing erases it.
  [[nodiscard]] std::vector<std::uint64_t> withheld() const;
  [[nodiscard]] bool erased(std::uint64_t position) const { return erased_.contains(position); }

  /// Learns every epoch key that boxes for `me` and the epochs' ways back give. Errors: kBadKeyBox.
  Result<> unlock(const crypto::DeviceKeys& me);
  /// Null: not known (yet).
  [[nodiscard]] const crypto::Key* key(std::uint32_t epoch) const;

 private:
  StreamId id_;
  std::vector<Held> records_;
  std::vector<Hash> histories_;
  Hash history_;
  wire::Table table_;
  std::set<std::uint64_t> erased_;
  bool unknown_control_ = false;
  std::map<std::uint32_t, crypto::Key> keys_;
};

}  // namespace attune::log
