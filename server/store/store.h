// What the relay keeps: streams, their records, mailboxes, and how devices can be woken. One of the server's two seams
// (the other is bus/bus.h); SqliteStore is the durable one, MemoryStore its twin for the simulator and for tests.
//
// Everything that changes goes through write(): a piece of work runs inside the writer's transaction and may be put
// together with others into one commit. `done` is called after that commit and never before it, so an acknowledgement
// sent from `done` is true. Works see the effects of those queued before them, committed or not; reads see what is
// committed only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/time.h"
#include "wire/frames.h"
#include "wire/members.h"

namespace attune::server {

/// One stream as the relay knows it. The table is the one its control records make (wire/members.h).
struct Stream {
  std::uint64_t number = 0;  ///< the store's own name for it; set by found()
  std::uint64_t head = 0;    ///< newest position
  Hash history;              ///< R(head)
  std::uint64_t bytes = 0;   ///< sum of the records as they came
  SignKey founder;           ///< author of the genesis
  wire::Table table;
  bool operator==(const Stream&) const = default;
};

struct Mailbox {
  Time made;
  bool burnt = false;
  std::vector<Bytes> mails;  ///< in the order they came; empty once burnt or expired
  bool operator==(const Mailbox&) const = default;
};

/// Where a device can be called (RFC 8030) and how what it is told is sealed (RFC 8291).
struct Subscription {
  std::string endpoint;
  P256Key p256dh;
  PushSecret auth;
  bool operator==(const Subscription&) const = default;
};

/// What lies beside the log of a *mine*: a snapshot that its devices can read, in pieces (PROTOCOL.md 11).
struct Slot {
  Hash id;
  std::uint8_t count = 0;   ///< pieces it will have
  std::uint8_t pieces = 0;  ///< of these, here: the first ones
  std::uint64_t bytes = 0;  ///< of the pieces that are here
  Time made;                ///< when the first one came
  [[nodiscard]] bool whole() const { return count != 0 && pieces == count; }
  bool operator==(const Slot&) const = default;
};

/// What stays of a record whatever is erased of it: its header and signature, as they travel.
inline Bytes head_of(const wire::RecordView& record) {
  Bytes out;
  out.reserve(wire::kHeaderSize + wire::kSignatureSize);
  out.insert(out.end(), record.encoded.begin(), record.encoded.end());
  out.insert(out.end(), record.signature.bytes.begin(), record.signature.bytes.end());
  return out;
}

/// The storage below failed. Thrown by the operations of Reading and Writing only, and caught where a work is run.
struct StoreTrouble {
  enum class Kind : std::uint8_t { full, damaged, failed };
  Kind kind = Kind::failed;
};

class Reading {
 public:
  virtual ~Reading() = default;
  virtual std::optional<Stream> stream(const StreamId& id) = 0;
  /// Every stream of which the key is a member now: *mine* first, then in the order of founding, at most kMaxListed.
  virtual std::vector<wire::Known> streams_of(const SignKey& key) = 0;
  virtual std::size_t founded_by(const SignKey& key, wire::StreamKind kind) = 0;
  /// Is one of the records from..to (both included) of the stream signed by this key?
  virtual bool has_written(const Stream& stream, const SignKey& key, std::uint64_t from, std::uint64_t to) = 0;
  virtual std::optional<wire::Header> header(const Stream& stream, std::uint64_t position) = 0;
  /// Records from..to (both included) as wire/record.h encodes them, in order, at least one if there is one, then as
  /// many as fit into both limits.
  virtual std::vector<Bytes> records(const Stream& stream, std::uint64_t from, std::uint64_t to,
                                     std::size_t most_records, std::size_t most_bytes) = 0;
  /// Nothing in it: count 0.
  virtual Slot slot(const Stream& stream) = 0;
  /// Empty: there is no such piece.
  virtual Bytes slot_piece(const Stream& stream, std::uint8_t piece) = 0;
  virtual std::optional<Mailbox> mailbox(const MailboxId& id) = 0;
  virtual std::optional<Subscription> subscription(const SignKey& device) = 0;
  /// Seconds since 1970, rising.
  virtual std::vector<std::uint64_t> wake_times(const SignKey& device) = 0;
  /// Devices with a wake-up time up to this one, at most so many.
  virtual std::vector<SignKey> due_devices(std::uint64_t until, std::size_t most) = 0;
  /// The secret key under which the relay calls; empty: none has been kept yet.
  virtual Bytes push_secret() = 0;

  static constexpr std::size_t kMaxListed = 256;
};

class Writing : public Reading {
 public:
  /// A new stream; sets its number.
  virtual void found(Stream& stream) = 0;
  /// Head, history and bytes of a stream that exists.
  virtual void update(const Stream& stream) = 0;
  /// Its table, which changes rarely.
  virtual void update_table(const Stream& stream) = 0;
  /// One record behind the newest; the caller has checked everything, and the table knows its author.
  virtual void append(const Stream& stream, const wire::RecordView& record) = 0;
  /// Drops contents for good (and skeletons, if asked); header and signature stay. Positions without are passed over.
  virtual void erase(const Stream& stream, const std::vector<std::uint64_t>& positions, bool skeletons) = 0;

  /// One piece behind the `slot.pieces` that are there. Id, count and time of making are those of the first.
  virtual void add_slot_piece(const Stream& stream, const Slot& slot, ByteView bytes) = 0;
  /// Takes every piece away for good.
  virtual void empty_slot(const Stream& stream) = 0;

  virtual void make_mailbox(const MailboxId& id, Time now) = 0;
  virtual void add_mail(const MailboxId& id, ByteView mail) = 0;
  virtual void burn(const MailboxId& id) = 0;
  /// Empties mailboxes and slots made before `expired` and forgets mailboxes made before `forgotten`.
  virtual void tidy(Time expired, Time forgotten) = 0;

  /// In place of the one before, if any.
  virtual void subscribe(const SignKey& device, const Subscription& subscription) = 0;
  virtual void unsubscribe(const SignKey& device) = 0;
  /// In place of those before.
  virtual void set_wake_times(const SignKey& device, const std::vector<std::uint64_t>& times) = 0;
  /// Once, ever.
  virtual void keep_push_secret(ByteView secret) = 0;
};

enum class Outcome : std::uint8_t {
  committed,
  full,  ///< no room; nothing of this work was stored
  trouble,  ///< the storage failed; nothing of this work was stored
  busy,  ///< too much is waiting; the work was not run
  stopping  ///< the store is closing; the work was not run
};

class Store {
 public:
  using Work = std::function<void(Writing&)>;
  using Done = std::function<void(Outcome)>;

  virtual ~Store() = default;
  /// Queues a work. It may be run more than once (then nothing of the earlier run was kept), so it starts from what it
  /// reads. `done` is called exactly once, on any thread, possibly before write() returns.
  virtual void write(Work work, Done done) = 0;
  /// Runs at once on the calling thread, on one consistent committed state. Throws StoreTrouble.
  virtual void read(const std::function<void(Reading&)>& work) = 0;
};

}  // namespace attune::server
