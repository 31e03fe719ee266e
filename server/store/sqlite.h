// The durable store: one SQLite file, one writer thread, readers beside it.
//
// WAL with synchronous=FULL: a commit returns when it is on the disk. The writer takes all works that wait, runs them
// in one transaction, commits once and then tells each. If that fails, each is tried alone, so that one work too many
// for the disk does not take the others with it. Checkpoints come from idle time, or, where there is none for long,
// from beside the writer (checkpointer.h); one that follows an erasure also empties the log file, where the erased
// bytes still were (secure_delete has overwritten them in the file itself). The log file is kept longer than the log
// (log_room.h).
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "server/store/checkpointer.h"
#include "server/store/log_room.h"
#include "server/store/sqlite_open.h"

namespace attune::server {

class SqliteStore final : public Store {
 public:
  struct Options {
    std::uint64_t most_bytes = 0;          ///< the file may not grow beyond; 0: as far as the disk
    std::size_t most_waiting = 4096;       ///< works; then Outcome::busy
    int long_log = 16384;                  ///< pages in the log from which on no idle time is waited for (64 MiB)
    std::function<void(Outcome)> health;   ///< on the writer's thread: how a commit went, when that has changed
  };
  struct Opened {
    std::unique_ptr<SqliteStore> store;
    bool made = false;       ///< there was none
    bool upgraded = false;   ///< it was of an earlier version
  };

  /// Opens or makes `folder`/attuned.db.
  static std::expected<Opened, StoreFault> open(const std::filesystem::path& folder, Options options);
  /// Finishes what waits, then closes.
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  void write(Work work, Done done) override;
  void read(const std::function<void(Reading&)>& work) override;
  /// From now on write() answers Outcome::stopping; what waits is finished. Returns when it is.
  void stop();

  static constexpr const char* kFileName = "attuned.db";

 private:
  struct Job {
    Work work;
    Done done;
  };

  SqliteStore(std::filesystem::path file, OpenedFile opened, Options options);
  void run();
  void commit(std::span<Job> jobs);
  Outcome transact(std::span<const Job> jobs);
  void report(Outcome outcome);
  void checkpoint();
  void log_grew(int pages);

  std::filesystem::path file_;
  std::unique_ptr<FolderLock> lock_;
  Options options_;
  std::unique_ptr<Database> writer_;
  LogRoom log_room_;
  Checkpointer checkpointer_;
  Outcome health_ = Outcome::committed;
  bool dirty_ = false;   ///< committed since the last full checkpoint
  bool erased_ = true;   ///< erased since the log file was last emptied, or perhaps before a crash
  int log_pages_ = 0;    ///< in the log file since it was last folded in
  int folded_at_ = 0;    ///< pages in the log when that was last tried; 0: it has begun anew since

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;
  bool stopping_ = false;

  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Database>> readers_;  ///< idle ones

  std::thread thread_;  // last: runs on all of the above
};

}  // namespace attune::server
