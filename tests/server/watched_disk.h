// SQLite's file system with somebody standing in it, who counts checkpoints and can stop one half-way.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

namespace attune::tests {

/// Over every database opened while this lives, and in WAL mode. One at a time.
class WatchedDisk {
 public:
  WatchedDisk();
  ~WatchedDisk();
  WatchedDisk(const WatchedDisk&) = delete;
  WatchedDisk& operator=(const WatchedDisk&) = delete;

  /// Made so far, or tried, by whichever connection.
  int checkpoints();
  /// The next one stops at the first page that it copies, until release().
  void hold();
  void until_held();
  void release();

 private:
  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* got);
  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at);
  static int lock(sqlite3_file* file, int first, int count, int flags);
  void before_write();

  sqlite3_vfs* real_;
  sqlite3_vfs mine_;
  sqlite3_io_methods methods_{};  ///< of a database's own file
  const sqlite3_io_methods* real_methods_ = nullptr;
  std::mutex mutex_;
  std::condition_variable changed_;
  int checkpoints_ = 0;
  bool holding_ = false;
  bool held_ = false;
};

}  // namespace attune::tests
