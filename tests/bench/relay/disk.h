// What the disk itself takes: the references of the relay's durable appends.
#pragma once

#include <filesystem>

#include "bench/relay/clock.h"
#include "wire/bytes.h"

namespace attune::bench {

/// Has what was written or removed so far brought to the disk, so that what is measured next does not wait for it.
void settle(const std::filesystem::path& folder);

/// Milliseconds of each raw append with its fdatasync, one for each record.
std::vector<double> raw_appends(const std::filesystem::path& folder, const std::vector<Bytes>& records);

/// The same at a pace: so many a second are due, for so long, each counted from when it was due.
std::vector<double> raw_appends_at(const std::filesystem::path& folder, const std::vector<Bytes>& records, double rate,
                                   double seconds);

/// Rows a second of bare SQLite (WAL, synchronous=FULL): one row of a record's bytes in each commit.
double sqlite_rows(const std::filesystem::path& folder, const std::vector<Bytes>& records, double seconds);

}  // namespace attune::bench
