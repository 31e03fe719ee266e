// The store's twin in memory, for one thread: the simulator's disk, and the tests'.
//
// With Commit::when_asked, works run at once but nothing is durable, read or acknowledged until commit(); a crash()
// in between loses them, as pulling the plug would.
#pragma once

#include <map>
#include <memory>

#include "server/store/store.h"

namespace attune::server {

class MemoryStore final : public Store {
 public:
  enum class Commit : std::uint8_t { at_once, when_asked };

  /// Everything durable. Copyable: a copy is a backup.
  struct State {
    struct Row {
      wire::Header header;
      Bytes head;  ///< header and signature
      std::optional<Bytes> skeleton;
      std::optional<Bytes> content;
    };
    struct Entry {
      Stream stream;
      std::vector<std::shared_ptr<const Row>> rows;
    };
    std::map<StreamId, Entry> streams;
    std::vector<StreamId> order;  ///< of founding; Stream::number is the index
    /// By the stream's number.
    struct Pieces {
      Hash id;
      std::uint8_t count = 0;
      Time made;
      std::vector<Bytes> pieces;
    };
    std::map<std::uint64_t, Pieces> slots;
    std::map<MailboxId, Mailbox> mailboxes;
    std::map<SignKey, Subscription> subscriptions;
    std::map<SignKey, std::vector<std::uint64_t>> wake_times;
    Bytes push_secret;
  };

  explicit MemoryStore(Commit commit = Commit::at_once) : commit_(commit) {}

  void write(Work work, Done done) override;
  void read(const std::function<void(Reading&)>& work) override;

  /// Makes everything written so far durable, then calls every `done`. False: nothing was waiting.
  bool commit();
  /// The process dies: what was not committed is gone and is never answered.
  void crash();
  /// From now on every write ends like this (Outcome::committed: works again). Reads go on.
  void fail_with(Outcome outcome) { failing_ = outcome; }

  [[nodiscard]] const State& state() const { return durable_; }
  /// Replaces everything, as restoring a backup does. Nothing may be waiting.
  void restore(State state);

 private:
  class View;
  using Change = std::function<void(State&)>;

  Commit commit_;
  Outcome failing_ = Outcome::committed;
  State working_;
  State durable_;
  std::vector<Change> changes_;  ///< made to working_ since the last commit
  std::vector<Done> waiting_;
};

}  // namespace attune::server
