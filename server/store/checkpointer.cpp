#include "server/store/checkpointer.h"

namespace attune::server {

Checkpointer::Checkpointer(const std::filesystem::path& file) : database_(file, Database::Mode::write), thread_() {
  database_.run("PRAGMA synchronous = FULL");
  thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  thread_.join();
}

void Checkpointer::begin() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::idle) return;
  state_ = State::working;
  wake_.notify_one();
}

bool Checkpointer::ended() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::done) return false;
  state_ = State::idle;
  return true;
}

bool Checkpointer::fold_in(Database& writer, bool empty) {
  {
    // Only the writer begins one, so none begins behind this.
    const std::lock_guard lock(mutex_);
    if (state_ == State::working) return false;
  }
  int pages = 0;
  int done = 0;
  sqlite3_busy_timeout(writer.raw(), 50);
  const int mode = empty ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int result = sqlite3_wal_checkpoint_v2(writer.raw(), nullptr, mode, &pages, &done);
  sqlite3_busy_timeout(writer.raw(), 5000);
  return result == SQLITE_OK && pages == done;
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || state_ == State::working; });
    if (stopping_) return;
    lock.unlock();
    // What could not be copied is left to the writer's own checkpoint.
    sqlite3_wal_checkpoint_v2(database_.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    lock.lock();
    state_ = State::done;
  }
}

}  // namespace attune::server
