#include "bench/relay/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "server/store/database.h"

namespace attune::bench {

namespace {

/// Gone with this.
class RawFile {
 public:
  explicit RawFile(const std::filesystem::path& folder)
      : path_(folder / "raw"),
        handle_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) {}
  ~RawFile() {
    ::close(handle_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  void append(const Bytes& record) const {
    const ssize_t written = ::write(handle_, record.data(), record.size());
    if (written != static_cast<ssize_t>(record.size()) || ::fdatasync(handle_) != 0) {
      throw std::runtime_error("the disk could not be written to");
    }
  }

 private:
  std::filesystem::path path_;
  int handle_;
};

}  // namespace

void settle(const std::filesystem::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0 || ::syncfs(handle) != 0) throw std::runtime_error("the disk could not be settled");
  ::close(handle);
}

std::vector<double> raw_appends(const std::filesystem::path& folder, const std::vector<Bytes>& records) {
  RawFile file(folder);
  std::vector<double> out;
  for (const Bytes& record : records) {
    const auto start = Clock::now();
    file.append(record);
    out.push_back(ms_since(start));
  }
  return out;
}

std::vector<double> raw_appends_at(const std::filesystem::path& folder, const std::vector<Bytes>& records, double rate,
                                   double seconds) {
  RawFile file(folder);
  std::vector<double> out;
  const auto all = static_cast<std::size_t>(rate * seconds);
  const auto start = Clock::now();
  while (out.size() < all) {
    const auto due = start + std::chrono::duration_cast<Clock::duration>(
                                 std::chrono::duration<double>(static_cast<double>(out.size()) / rate));
    std::this_thread::sleep_until(due);
    file.append(records[out.size() % records.size()]);
    out.push_back(ms_since(due));
  }
  return out;
}

double sqlite_rows(const std::filesystem::path& folder, const std::vector<Bytes>& records, double seconds) {
  const auto file = folder / "rows.db";
  std::size_t rows = 0;
  double rate = 0;
  {
    server::Database database(file, server::Database::Mode::create);
    database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (record BLOB NOT NULL)");
    const auto start = Clock::now();
    for (; seconds_between(start, Clock::now()) < seconds; ++rows) {
      database.statement("INSERT INTO rows (record) VALUES (?)").bind(records[rows % records.size()]).step();
    }
    rate = static_cast<double>(rows) / seconds_between(start, Clock::now());
  }
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  return rate;
}

}  // namespace attune::bench
