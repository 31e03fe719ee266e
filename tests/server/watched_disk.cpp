#include "server/watched_disk.h"

namespace attune::tests {

namespace {

// The lock that makes a checkpoint the only one (sqlite.org/walformat.html, 2.3).
constexpr int kCheckpointLock = 1;

WatchedDisk* current = nullptr;

}  // namespace

WatchedDisk::WatchedDisk() : real_(sqlite3_vfs_find(nullptr)), mine_(*real_) {
  current = this;
  mine_.zName = "watched";
  mine_.xOpen = open;
  sqlite3_vfs_register(&mine_, 1);
}

WatchedDisk::~WatchedDisk() {
  sqlite3_vfs_unregister(&mine_);
  sqlite3_vfs_register(real_, 1);
  current = nullptr;
}

int WatchedDisk::checkpoints() {
  const std::lock_guard lock(mutex_);
  return checkpoints_;
}

void WatchedDisk::hold() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void WatchedDisk::until_held() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return held_; });
}

void WatchedDisk::release() {
  const std::lock_guard lock(mutex_);
  holding_ = false;
  changed_.notify_all();
}

int WatchedDisk::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* got) {
  const int result = current->real_->xOpen(vfs, name, file, flags, got);
  if (result != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0) return result;
  const std::lock_guard lock(current->mutex_);
  current->real_methods_ = file->pMethods;
  current->methods_ = *file->pMethods;
  current->methods_.xWrite = write;
  current->methods_.xShmLock = WatchedDisk::lock;
  file->pMethods = &current->methods_;
  return result;
}

int WatchedDisk::write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  current->before_write();
  return current->real_methods_->xWrite(file, bytes, size, at);
}

int WatchedDisk::lock(sqlite3_file* file, int first, int count, int flags) {
  if (first == kCheckpointLock && count == 1 && (flags & SQLITE_SHM_LOCK) != 0) {
    const std::lock_guard lock(current->mutex_);
    ++current->checkpoints_;
  }
  return current->real_methods_->xShmLock(file, first, count, flags);
}

void WatchedDisk::before_write() {
  std::unique_lock lock(mutex_);
  if (!holding_) return;
  held_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return !holding_; });
  held_ = false;
}

}  // namespace attune::tests
