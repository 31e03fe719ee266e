// Opening a store: what may be in the folder, and what is done about it. The file is looked at read-only first, so that
// one we must not touch is not touched.
#include "server/store/sqlite_open.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "server/store/schema.h"

namespace attune::server {

FolderLock::FolderLock(const std::filesystem::path& folder) {
  file_ = ::open((folder / "attuned.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  error_ = file_ < 0 ? errno : 0;
  if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) != 0) error_ = errno;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

namespace {

// A file up to this size is read through once at the start; checking takes about a second for each gigabyte.
constexpr std::uintmax_t kCheckedSize = 1024ULL * 1024 * 1024;

StoreFault fault_of(const StoreTrouble& trouble) {
  switch (trouble.kind) {
    case StoreTrouble::Kind::full: return StoreFault::full;
    case StoreTrouble::Kind::damaged: return StoreFault::damaged;
    default: return StoreFault::unwritable;
  }
}

// What the file's first page says (sqlite.org/fileformat.html, 1.3). Read from the file itself: asking SQLite could
// already change files, since a log that a crash has left is folded in on closing.
struct FirstPage {
  bool readable = false;
  bool sqlite = false;
  std::int64_t user_version = 0;
  std::int64_t application_id = 0;
};

FirstPage first_page(const std::filesystem::path& file) {
  FirstPage out;
  std::array<std::uint8_t, 100> raw{};
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return out;
  const ssize_t got = ::read(handle, raw.data(), raw.size());
  ::close(handle);
  out.readable = got >= 0;
  if (got != static_cast<ssize_t>(raw.size())) return out;
  const auto number = [&](std::size_t at) {
    return std::int64_t{raw[at]} << 24 | raw[at + 1] << 16 | raw[at + 2] << 8 | raw[at + 3];
  };
  out.sqlite = as_text(ByteView(raw).first(16)) == std::string_view("SQLite format 3", 16);
  out.user_version = number(60);
  out.application_id = number(68);
  return out;
}

}  // namespace

std::optional<StoreFault> look(const std::filesystem::path& file) {
  const FirstPage page = first_page(file);
  if (!page.readable) return StoreFault::unwritable;
  if (!page.sqlite) return StoreFault::damaged;
  // A crash while the file was being made: its journal takes it back to nothing.
  if (page.application_id == 0 && std::filesystem::exists(file.string() + "-journal")) return std::nullopt;
  if (page.application_id != kApplicationId) return StoreFault::foreign;
  if (page.user_version > kSchemaVersion) return StoreFault::newer;
  return std::nullopt;
}

bool sound(Database& database) {
  sqlite3_stmt* check = nullptr;
  if (sqlite3_prepare_v2(database.raw(), "PRAGMA quick_check(1)", -1, &check, nullptr) != SQLITE_OK) return false;
  const bool fine = sqlite3_step(check) == SQLITE_ROW &&
                    std::string_view(reinterpret_cast<const char*>(sqlite3_column_text(check, 0))) == "ok";
  sqlite3_finalize(check);
  return fine;
}

namespace {

void upgrade(Database& database, std::int64_t from) {
  // What a step moves from one table to another must not stay behind, where no erase would find it.
  database.run("PRAGMA secure_delete = ON");
  database.run("BEGIN EXCLUSIVE");
  for (std::int64_t step = from; step < kSchemaVersion; ++step) database.run(kSteps[static_cast<std::size_t>(step)]);
  database.run(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
  database.run(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
  database.run("COMMIT");
  // The first page in the file itself must say the version: that is where an older program looks.
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

void tune(Database& database, std::uint64_t most_bytes) {
  database.run(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
      "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -8192; PRAGMA temp_store = "
      "MEMORY");
  if (most_bytes == 0) return;
  const std::int64_t page = database.number("PRAGMA page_size");
  const std::uint64_t pages = most_bytes / static_cast<std::uint64_t>(page);
  database.run(("PRAGMA max_page_count = " + std::to_string(pages)).c_str());
}

}  // namespace

std::expected<OpenedFile, StoreFault> open_file(const std::filesystem::path& folder, const std::string& name,
                                                std::uint64_t most_bytes) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return std::unexpected(error == std::errc::no_space_on_device ? StoreFault::full : StoreFault::unwritable);
  const std::filesystem::path file = folder / name;
  const bool made = !std::filesystem::exists(file, error) || std::filesystem::file_size(file, error) == 0;
  // Before anything is written, even the lock: what is newer or not ours stays exactly as it is.
  if (!made) {
    if (const auto fault = look(file)) return std::unexpected(*fault);
  }
  OpenedFile out;
  out.lock = std::make_unique<FolderLock>(folder);
  if (out.lock->error() == EWOULDBLOCK) return std::unexpected(StoreFault::in_use);
  if (out.lock->error() == ENOSPC || out.lock->error() == EDQUOT) return std::unexpected(StoreFault::full);
  if (out.lock->error() != 0) return std::unexpected(StoreFault::unwritable);
  try {
    out.database = std::make_unique<Database>(file, Database::Mode::create);
    const std::int64_t version = out.database->number("PRAGMA user_version");
    if (version > kSchemaVersion) return std::unexpected(StoreFault::newer);
    if (!made && std::filesystem::file_size(file, error) <= kCheckedSize && !sound(*out.database)) {
      return std::unexpected(StoreFault::damaged);
    }
    if (version < kSchemaVersion) upgrade(*out.database, version);
    tune(*out.database, most_bytes);
    out.made = made;
    out.upgraded = !made && version < kSchemaVersion;
  } catch (const StoreTrouble& trouble) {
    return std::unexpected(fault_of(trouble));
  }
  return out;
}

}  // namespace attune::server
