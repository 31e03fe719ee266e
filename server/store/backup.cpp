#include "server/store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "server/store/sqlite.h"

namespace attune::server {

namespace fs = std::filesystem;

namespace {

/// An open file, closed with it.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// A file on its way to its name: gone again unless it gets there.
class Partial {
 public:
  explicit Partial(fs::path file) : file_(std::move(file)) { remove(); }
  ~Partial() { remove(); }
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;

  [[nodiscard]] const fs::path& path() const { return file_; }
  /// Empty, for its owner alone. 0, or the errno.
  [[nodiscard]] int make() const {
    const Handle made(::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return made.open() ? 0 : errno;
  }
  /// On the disk, whole, under its name. 0, or the errno.
  [[nodiscard]] int settle(const fs::path& name) const {
    {
      const Handle file(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
      if (!file.open() || ::fsync(file.get()) != 0) return errno;
    }
    if (::rename(file_.c_str(), name.c_str()) != 0) return errno;
    const fs::path folder = name.has_parent_path() ? name.parent_path() : fs::path(".");
    const Handle there(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return there.open() && ::fsync(there.get()) == 0 ? 0 : errno;
  }

 private:
  // With what looking into it leaves beside it.
  void remove() const {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", "-journal"}) fs::remove(file_.string() + end, ignored);
  }
  fs::path file_;
};

bool no_room(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

// SQLite writes the copy from one read transaction, page by page as if newly made: nothing erased is left in it.
void vacuum_into(Database& store, const fs::path& file) {
  sqlite3_stmt* copy = nullptr;
  int result = sqlite3_prepare_v2(store.raw(), "VACUUM INTO ?", -1, &copy, nullptr);
  if (result == SQLITE_OK) result = sqlite3_bind_text(copy, 1, file.c_str(), -1, SQLITE_TRANSIENT);
  if (result == SQLITE_OK) result = sqlite3_step(copy);
  const int system = errno;
  sqlite3_finalize(copy);
  errno = system;
  if (result != SQLITE_DONE) throw_trouble(result);
}

bool is_sound(const fs::path& file) {
  try {
    Database copy(file, Database::Mode::read);
    return sound(copy);
  } catch (const StoreTrouble&) {
    return false;
  }
}

BackupFault fault_of_store(StoreFault fault) {
  switch (fault) {
    case StoreFault::newer: return BackupFault::newer;
    case StoreFault::foreign: return BackupFault::foreign;
    case StoreFault::damaged: return BackupFault::damaged;
    default: return BackupFault::no_store;
  }
}

RestoreFault fault_of_backup(StoreFault fault) {
  switch (fault) {
    case StoreFault::newer: return RestoreFault::newer;
    case StoreFault::foreign: return RestoreFault::foreign;
    case StoreFault::damaged: return RestoreFault::damaged;
    default: return RestoreFault::missing;
  }
}

// 0, or the errno.
int copy_bytes(const fs::path& from, const fs::path& to) {
  const Handle in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  const Handle out(::open(to.c_str(), O_WRONLY | O_CLOEXEC));
  if (!in.open() || !out.open()) return errno;
  std::array<char, 64 * 1024> buffer{};
  for (;;) {
    const ssize_t got = ::read(in.get(), buffer.data(), buffer.size());
    if (got <= 0) return got == 0 ? 0 : errno;
    for (ssize_t done = 0; done < got;) {
      const ssize_t written = ::write(out.get(), buffer.data() + done, static_cast<std::size_t>(got - done));
      if (written < 0) return errno;
      done += written;
    }
  }
}

// A restore that was cut off leaves its beginning behind, a server that never got far its lock.
bool holds_something(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name != "attuned.lock" && !name.starts_with(std::string(SqliteStore::kFileName) + ".partial")) return true;
  }
  return false;
}

}  // namespace

std::expected<void, BackupFault> back_up(const fs::path& folder, const fs::path& file) {
  const fs::path store = folder / SqliteStore::kFileName;
  std::error_code error;
  if (!fs::is_regular_file(store, error)) return std::unexpected(BackupFault::no_store);
  if (const auto fault = look(store)) return std::unexpected(fault_of_store(*fault));
  if (fs::exists(fs::symlink_status(file, error))) return std::unexpected(BackupFault::exists);
  const Partial partial(file.string() + ".partial");
  const auto unwritten = [](int system) {
    return std::unexpected(no_room(system) ? BackupFault::full : BackupFault::unwritable);
  };
  if (const int system = partial.make(); system != 0) return unwritten(system);
  try {
    Database source(store, Database::Mode::write);
    vacuum_into(source, partial.path());
  } catch (const StoreTrouble& trouble) {
    switch (trouble.kind) {
      case StoreTrouble::Kind::full: return std::unexpected(BackupFault::full);
      case StoreTrouble::Kind::damaged: return std::unexpected(BackupFault::damaged);
      default: return std::unexpected(BackupFault::unwritable);
    }
  }
  if (!is_sound(partial.path())) return std::unexpected(BackupFault::damaged);
  if (const int system = partial.settle(file); system != 0) return unwritten(system);
  return {};
}

std::expected<void, RestoreFault> restore(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::unexpected(RestoreFault::missing);
  if (const auto fault = look(file)) return std::unexpected(fault_of_backup(*fault));
  if (holds_something(folder)) return std::unexpected(RestoreFault::not_empty);
  const auto unwritten = [](int system) {
    return std::unexpected(no_room(system) ? RestoreFault::full : RestoreFault::unwritable);
  };
  fs::create_directories(folder, error);
  if (error) return unwritten(error.value());
  const FolderLock lock(folder);
  if (lock.error() == EWOULDBLOCK) return std::unexpected(RestoreFault::in_use);
  if (lock.error() != 0) return unwritten(lock.error());
  const Partial partial(folder / (std::string(SqliteStore::kFileName) + ".partial"));
  if (const int system = partial.make(); system != 0) return unwritten(system);
  if (const int system = copy_bytes(file, partial.path()); system != 0) return unwritten(system);
  if (!is_sound(partial.path())) return std::unexpected(RestoreFault::damaged);
  if (const int system = partial.settle(folder / SqliteStore::kFileName); system != 0) return unwritten(system);
  return {};
}

}  // namespace attune::server
