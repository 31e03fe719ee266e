// Folds a long log into the store's file while the writer goes on.
//
// SQLite lets one connection copy what the log holds (a checkpoint) while another appends to it. So the writer waits
// only for what has come meanwhile to be copied, not for all of a log that it has filled since its last idle time; the
// log then begins anew at the front of its file.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/store/database.h"

namespace attune::server {

/// For one caller, the writer: begin(), then ended() until it is true, then fold_in(). There are never two at once: of
/// two checkpoints of which one begins on a log that the other has just folded in, SQLite before 3.51.3 may take what
/// is appended then for folded in (sqlite.org/wal.html, the WAL-reset bug).
class Checkpointer {
 public:
  /// Over a connection of its own to the file. Throws StoreTrouble.
  explicit Checkpointer(const std::filesystem::path& file);
  /// Waits for what it is at.
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Has it copy what the log holds now, unless it is at that already.
  void begin();
  /// True once after it has come to the end, be it in vain.
  bool ended();
  /// The writer's own checkpoint, over its connection; with `empty` the log file is emptied as well. Readers are hardly
  /// waited for. False: not all of the log could be folded in; nothing is tried while this is at work.
  bool fold_in(Database& writer, bool empty);

 private:
  enum class State : std::uint8_t { idle, working, done };
  void run();

  Database database_;
  std::mutex mutex_;
  std::condition_variable wake_;
  State state_ = State::idle;
  bool stopping_ = false;
  std::thread thread_;  // last: runs on all of the above
};

}  // namespace attune::server
