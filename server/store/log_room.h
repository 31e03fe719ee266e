// Room in SQLite's log file, written before commits need it.
//
// A commit that makes its file longer waits for the new length and the new blocks to be noted as well as for its own
// bytes; one that overwrites what is there waits for its bytes alone, half as long. So zeros are written behind the
// log, which mean nothing in it: a frame counts only if its salt and checksum follow from the log's beginning
// (sqlite.org/fileformat2.html, 4). A log that has been folded in begins anew at the front of its file and uses the
// same room again.
#pragma once

#include <cstdint>

#include "server/store/database.h"

namespace attune::server {

class LogRoom {
 public:
  /// A connection in WAL mode, used by one thread; it outlives this.
  explicit LogRoom(Database& database) : database_(database) {}

  /// Outside of a transaction, with the number of pages now in the log. A disk that has no room is left alone: the log
  /// then grows with each commit, or does not.
  void keep_ahead(int pages);

 private:
  Database& database_;
  std::int64_t page_bytes_ = 0;
  std::int64_t refused_at_ = -1;  ///< length of the file when it could not be made longer
};

}  // namespace attune::server
