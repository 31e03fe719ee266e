#include "server/store/log_room.h"

#include <algorithm>
#include <array>

namespace attune::server {

namespace {

// sqlite.org/fileformat2.html, 4.1.
constexpr std::int64_t kLogHeader = 32;
constexpr std::int64_t kFrameHeader = 24;

// As much again as the log holds, so that a small store keeps a small log.
constexpr std::int64_t kLeast = 256 * 1024;
constexpr std::int64_t kMost = 4 * 1024 * 1024;
constexpr std::array<char, 64 * 1024> kZeros{};

}  // namespace

void LogRoom::keep_ahead(int pages) {
  sqlite3_file* log = nullptr;
  sqlite3_file_control(database_.raw(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log == nullptr || log->pMethods == nullptr) return;
  sqlite3_int64 length = 0;
  if (log->pMethods->xFileSize(log, &length) != SQLITE_OK || length == refused_at_) return;
  if (page_bytes_ == 0) page_bytes_ = database_.number("PRAGMA page_size");
  const std::int64_t used = kLogHeader + pages * (kFrameHeader + page_bytes_);
  const std::int64_t ahead = std::clamp(used, kLeast, kMost);
  if (length - used >= ahead / 2) return;
  for (sqlite3_int64 at = std::max<sqlite3_int64>(length, used); at < used + ahead; at += kZeros.size()) {
    if (log->pMethods->xWrite(log, kZeros.data(), kZeros.size(), at) != SQLITE_OK) {
      if (log->pMethods->xFileSize(log, &length) == SQLITE_OK) refused_at_ = length;
      return;
    }
  }
}

}  // namespace attune::server
