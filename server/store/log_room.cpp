#include "server/store/log_room.h"

#include <algorithm>
#include <array>
#include <utility>

namespace attune::server {

namespace {

// sqlite.org/fileformat2.html, 4.1.
constexpr std::int64_t kLogHeader = 32;
constexpr std::int64_t kFrameHeader = 24;

// The commit behind which room is made waits for it to be written as well. So it is made for some commits like the
// last: many enough for the longer file to be noted rarely, few enough for none to wait much longer than the others.
constexpr std::int64_t kCommits = 16;
constexpr std::int64_t kLeast = 64 * 1024;
// Of a commit that is larger the noting is the smaller part, and zeros would be as much to write again.
constexpr std::int64_t kLarge = 64 * 1024;
constexpr std::array<char, 64 * 1024> kZeros{};

}  // namespace

void LogRoom::keep_ahead(int pages) {
  const int before = std::exchange(pages_, pages);
  const std::int64_t committed = pages > before ? pages - before : pages;  // fewer: the log has begun anew
  if (page_bytes_ == 0) page_bytes_ = database_.number("PRAGMA page_size");
  const std::int64_t frame = kFrameHeader + page_bytes_;
  if (committed * frame > kLarge) return;
  sqlite3_file* log = nullptr;
  sqlite3_file_control(database_.raw(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log == nullptr || log->pMethods == nullptr) return;
  sqlite3_int64 length = 0;
  if (log->pMethods->xFileSize(log, &length) != SQLITE_OK || length == refused_at_) return;
  const std::int64_t used = kLogHeader + pages * frame;
  const std::int64_t ahead = std::max(kCommits * committed * frame, kLeast);
  if (length - used >= ahead / 2) return;
  for (sqlite3_int64 at = std::max<sqlite3_int64>(length, used); at < used + ahead; at += kZeros.size()) {
    if (log->pMethods->xWrite(log, kZeros.data(), kZeros.size(), at) != SQLITE_OK) {
      if (log->pMethods->xFileSize(log, &length) == SQLITE_OK) refused_at_ = length;
      return;
    }
  }
}

}  // namespace attune::server
