// The first half of SqliteStore::open: from a folder to a tuned connection on a file of this version.
#pragma once

#include <expected>

#include "server/store/database.h"

namespace attune::server {

/// Why a store could not be opened. Nothing on the disk was changed.
enum class StoreFault : std::uint8_t {
  unwritable,  ///< the folder can not be made or written to
  newer,       ///< written by a later version
  foreign,     ///< the file is another program's database
  damaged,
  in_use,      ///< another process works on it
  full         ///< the disk is
};

/// What is wrong with a file that should be a store of this version or an earlier one, by its first page. Changes
/// nothing.
std::optional<StoreFault> look(const std::filesystem::path& file);
/// Reads all of it through.
bool sound(Database& database);

/// Held while a process works on a folder.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  /// 0, or the errno: EWOULDBLOCK if another process holds it.
  [[nodiscard]] int error() const { return error_; }

 private:
  int file_ = -1;
  int error_ = 0;
};

struct OpenedFile {
  std::unique_ptr<FolderLock> lock;
  std::unique_ptr<Database> database;
  bool made = false;
  bool upgraded = false;
};

std::expected<OpenedFile, StoreFault> open_file(const std::filesystem::path& folder, const std::string& name,
                                                std::uint64_t most_bytes);

}  // namespace attune::server
