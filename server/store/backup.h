// A store's backup: one file that is a store itself, and the way back. Both write beside what they make and rename it
// at the end, so that a half-written file never bears a name that counts.
#pragma once

#include "server/store/sqlite_open.h"

namespace attune::server {

enum class BackupFault : std::uint8_t {
  no_store,     ///< the folder holds none
  newer,        ///< the store is of a later version
  foreign,      ///< the file in the folder is another program's
  damaged,      ///< the store is
  exists,       ///< there is such a file already
  unwritable,   ///< the backup can not be written there
  full          ///< the disk is
};

/// Writes `file`: the store of `folder` as it was at one moment, also while a server works on it. What was erased is
/// not in it. The store is not changed.
std::expected<void, BackupFault> back_up(const std::filesystem::path& folder, const std::filesystem::path& file);

enum class RestoreFault : std::uint8_t {
  missing,     ///< there is no such file, or it can not be read
  newer,       ///< the backup is of a later version
  foreign,     ///< the file is no store
  damaged,     ///< the backup is
  not_empty,   ///< the folder holds something; nothing is ever written over
  in_use,      ///< a server works on the folder
  unwritable,  ///< the folder can not be made or written to
  full         ///< the disk is
};

/// Makes the store of `folder`, which must be empty or not be there, from `file`. The file is checked whole before.
std::expected<void, RestoreFault> restore(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace attune::server
