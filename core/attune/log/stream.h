// A stream as one device holds it: the checked chain of records, who is a member, and its keys.
//
// Nothing enters without check(): sizes, order, history, authors, hashes, control rules and signatures in the order of
// PROTOCOL.md 4. check() changes nothing; admit() takes what it returned, whole. Each chapter below names what a relay
// could try and what comes of it.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <utility>
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
  std::vector<wire::Record> filled;  ///< held already, without a part that is here and that nobody erased
  wire::Table table;
  bool unknown_control = false;
  std::set<std::uint64_t> erased;      ///< positions whose contents an erase in this batch takes away
  std::set<std::uint64_t> skeletons;   ///< those of them that it takes away whole
};

/// What going through the first `next` records came to: with it a stream is filled again without reading them.
struct Gone {
  StreamId stream;
  std::uint64_t next = 0;
  Hash history;
  wire::Table table;
  bool unknown_control = false;
  std::set<std::uint64_t> voided;
  std::vector<std::uint64_t> of_keys;
  std::set<std::uint64_t> erased;
  std::set<std::uint64_t> erased_skeletons;
  std::set<std::uint64_t> incomplete;
};

class Stream;

/// The records of a stream, each read from its bytes when it is asked for: a copy, not a place.
class Records {
 public:
  explicit Records(const Stream& stream) : stream_(&stream) {}
  class Iterator {
   public:
    using value_type = Held;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const Stream* stream, std::uint64_t position) : stream_(stream), position_(position) {}
    Held operator*() const;
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    void operator++(int) { ++position_; }
    bool operator==(const Iterator&) const = default;

   private:
    const Stream* stream_ = nullptr;
    std::uint64_t position_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return {stream_, 0}; }
  [[nodiscard]] Iterator end() const { return {stream_, size()}; }
  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] Held operator[](std::uint64_t position) const;
  [[nodiscard]] Held front() const { return (*this)[0]; }
  [[nodiscard]] Held back() const { return (*this)[size() - 1]; }

 private:
  const Stream* stream_;
};

class Stream {
 public:
  /// An empty stream waiting for its genesis.
  explicit Stream(const StreamId& id) : id_(id) {}

  [[nodiscard]] const StreamId& id() const { return id_; }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// The next position: head + 1, or 0 while empty.
  [[nodiscard]] std::uint64_t next() const { return rows_.size(); }
  /// R(head); zeros while empty.
  [[nodiscard]] const Hash& history() const { return history_; }
  /// R at a position below next().
  [[nodiscard]] Hash history_at(std::uint64_t position) const;
  [[nodiscard]] const wire::Table& table() const { return table_; }
  [[nodiscard]] Records records() const { return Records(*this); }
  /// The record at a position below next() as it is stored, parts that are gone missing. One that has not been handed
  /// over yet reads as a record of nobody without parts, and is named by take_missed().
  [[nodiscard]] const Bytes& row(std::uint64_t position) const;
  /// The same, read; good until the next change of the stream.
  [[nodiscard]] wire::RecordView view(std::uint64_t position) const;
  [[nodiscard]] bool voided(std::uint64_t position) const { return voided_.contains(position); }
  /// A control kind of a newer version: reading goes on, writing does not.
  [[nodiscard]] bool read_only() const { return unknown_control_; }

  /// Checks what a relay handed over against this stream. Positions already held must be equal to what is held.
  /// Errors: layout errors of wire/, kGap, kBrokenChain, kFork, and the signature and hash errors of wire/.
  /// kFork means two valid histories; every other error is the relay's fault and nothing of the batch is used.
  /// With kFork `against` is the record that contradicts what is held: its signed header is the evidence.
  [[nodiscard]] Result<Batch> check(const std::vector<Bytes>& raw,
                                    std::optional<wire::Record>* against = nullptr) const;
  /// Fills an empty stream from what this device stored, oldest first. Order, history, hashes and rights are gone
  /// through again; signatures are not, they were checked before anything was stored. With `gone` the records before
  /// its place are taken as they lie, if it is of this very history. After an error `rows` are as they were and the
  /// stream is of no use.
  /// `partly`: of the records that `gone` stands for all but the last may be empty rows; give() hands them over later.
  [[nodiscard]] Result<> restore(std::vector<Bytes>& rows, const Gone* gone = nullptr, bool partly = false);
  /// Takes a record that restore() was not given. False: it was, or this is no record of that position.
  bool give(std::uint64_t position, Bytes row);
  /// Has every record been handed over?
  [[nodiscard]] bool whole() const {
    return std::ranges::none_of(rows_, [](const Bytes& row) { return row.empty(); });
  }
  /// The positions asked for since the last call whose records are not here. Beyond kMostMissed no more are counted.
  [[nodiscard]] std::set<std::uint64_t> take_missed() const { return std::exchange(missed_, {}); }
  static constexpr std::size_t kMostMissed = 256;
  [[nodiscard]] Gone gone() const;
  /// Takes a checked batch whole. Contents that an erase in it covers stay until drop_erased(), so that what its
  /// reader had opened can be copied first (PROTOCOL.md 7). Answers with the positions held before that it completed.
  std::vector<std::uint64_t> admit(Batch batch);
  /// Drops every erased content still here; the positions that changed.
  std::vector<std::uint64_t> drop_erased();

  /// Drops a content that its author took back in a stream that continues this one. False: there is none here.
  bool let_go(std::uint64_t position);

  /// Positions of which a part is missing although nothing erases it. Lowest first.
  [[nodiscard]] std::vector<std::uint64_t> withheld() const;
  [[nodiscard]] bool erased(std::uint64_t position) const { return erased_.contains(position); }
  /// How much has been erased: grows with every erase that takes something away.
  [[nodiscard]] std::uint64_t erasures() const { return erased_.size() + erased_skeletons_.size(); }
  /// The erased positions whose contents are still here.
  [[nodiscard]] std::vector<std::uint64_t> to_be_dropped() const;
  /// A skeleton that is missing and not erased: what it says is not known, so nothing behind it may be relied on.
  [[nodiscard]] bool skeleton_withheld(std::uint64_t position) const;

  /// Learns every epoch key that boxes for `me` and the epochs' ways back give. A box or a way back that does not hold
  /// the key it should is refused once, even where that key is known otherwise. Errors: kBadKeyBox.
  Result<> unlock(const crypto::DeviceKeys& me);
  /// Takes an epoch's key that a stream continuing this one handed on; unlock() then goes on back from it. Errors:
  /// kBadKeyBox (not the key that the epoch named when it began).
  Result<> learn(std::uint32_t epoch, const Hash& key);
  /// The epoch that was current behind the record at this position, below next().
  [[nodiscard]] std::uint32_t epoch_at(std::uint64_t position) const;
  /// Null: not known (yet).
  [[nodiscard]] const crypto::Key* key(std::uint32_t epoch) const;
  /// What skeletons of that epoch are opened with. Null: not known (yet).
  [[nodiscard]] const crypto::Key* skeleton_key(std::uint32_t epoch) const;

 private:
  void learn(std::uint32_t epoch, crypto::Key key);
  Result<> take_as_they_lie(std::vector<Bytes>& rows, const Gone& gone, bool partly);
  Result<> go_through(std::vector<Bytes>& rows, const Gone* gone);
  void drop_content(std::uint64_t position);
  void take_in(Bytes row, const wire::RecordView& record, bool voided);

  StreamId id_;
  std::vector<Bytes> rows_;  ///< the records as they are stored, by position; empty: not handed over yet
  mutable std::set<std::uint64_t> missed_;
  std::set<std::uint64_t> voided_;
  std::vector<std::uint64_t> of_keys_;  ///< positions of the control records that speak of keys
  Hash history_;
  wire::Table table_;
  std::set<std::uint64_t> erased_;
  std::set<std::uint64_t> erased_skeletons_;
  std::set<std::uint64_t> incomplete_;  ///< a part is missing, for whatever reason
  bool unknown_control_ = false;
  std::map<std::uint32_t, crypto::Key> keys_;
  std::map<std::uint32_t, crypto::Key> skeleton_keys_;
  std::set<std::uint64_t> bad_boxes_;  ///< positions of boxes refused before
  std::set<std::uint64_t> ways_examined_;  ///< positions of the ways back looked at before
};

}  // namespace attune::log
