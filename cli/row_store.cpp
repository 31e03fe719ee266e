#include "cli/row_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "wire/result.h"

namespace attune::cli {

namespace fs = std::filesystem;

namespace {

constexpr int kLayout = 1;                // PRAGMA user_version
constexpr int kApplication = 0x4174746e;  // "Attn", PRAGMA application_id
constexpr std::size_t kLayoutAt = 60;     // where a SQLite file's header keeps user_version, big-endian
constexpr std::size_t kHeader = 100;

/// The layout written in the file's header, read without SQLite so that newer data stays as it is. None: no file yet.
Outcome<std::optional<std::uint32_t>> layout_of(int file, const std::string& name) {
  std::array<unsigned char, kHeader> header{};
  const ssize_t got = pread(file, header.data(), header.size(), 0);
  if (got < 0) return trouble("storage-unwritable", {{"path", name}});
  if (got == 0) return std::optional<std::uint32_t>{};
  if (static_cast<std::size_t>(got) < kHeader) return trouble("storage-corrupt", {{"path", name}});
  std::uint32_t layout = 0;
  for (std::size_t i = 0; i < 4; ++i) layout = layout << 8 | header[kLayoutAt + i];
  return std::optional(layout);
}

/// Whether a file beside this one could grow as large as this one's log. SQLite calls only a full disk full; a used-up
/// quota or a limit on files is to it a failed write like any other, so the disk itself is asked.
bool room_beside(const std::string& file) {
  constexpr off_t kMore = 1 << 20;
  const std::string probe = file + "-room";
  const int made = open(probe.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) return errno != ENOSPC && errno != EDQUOT;
  struct stat log{};
  const off_t size = stat((file + "-wal").c_str(), &log) == 0 ? log.st_size : 0;
  const int result = posix_fallocate(made, 0, size + kMore);
  close(made);
  unlink(probe.c_str());
  return result != ENOSPC && result != EDQUOT && result != EFBIG;
}

class Statement {
 public:
  Statement(sqlite3* db, const char* sql) { sqlite3_prepare_v2(db, sql, -1, &raw_, nullptr); }
  ~Statement() { sqlite3_finalize(raw_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  [[nodiscard]] bool good() const { return raw_ != nullptr; }
  sqlite3_stmt* raw() { return raw_; }
  void text(int place, const std::string& value) {
    sqlite3_bind_text(raw_, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }
  void blob(int place, const Bytes& value) {
    // A null pointer would bind NULL, and an empty value is not a missing one.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    sqlite3_bind_blob64(raw_, place, data, value.size(), SQLITE_STATIC);
  }
  int step() { return sqlite3_step(raw_); }
  /// Steps a statement that returns nothing and makes it ready for the next values.
  bool done() {
    const int result = step();
    sqlite3_reset(raw_);
    return result == SQLITE_DONE;
  }
  [[nodiscard]] std::string text_at(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(raw_, column));
    return data == nullptr ? std::string()
                           : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(raw_, column)));
  }
  [[nodiscard]] Bytes blob_at(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw_, column));
    return data == nullptr ? Bytes() : Bytes(data, data + sqlite3_column_bytes(raw_, column));
  }

 private:
  sqlite3_stmt* raw_ = nullptr;
};

}  // namespace

void RowStore::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

Trouble RowStore::failed() const {
  const int code = sqlite3_errcode(db_.get()) & 0xff;
  if (code == SQLITE_FULL || (sqlite3_extended_errcode(db_.get()) == SQLITE_IOERR_WRITE && !room_beside(file_)))
    return {"disk-full", {{"path", file_}}};
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) return {"storage-corrupt", {{"path", file_}}};
  return {"storage-unwritable", {{"path", file_}}};
}

Outcome<> RowStore::run(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return std::unexpected(failed());
}

Outcome<RowStore> RowStore::open(const fs::path& path) {
  const std::string name = path.string();
  // Made here rather than by SQLite: nobody else may read it from its first moment on.
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return trouble(full ? "disk-full" : "storage-unwritable", {{"path", name}});
  }
  const auto layout = layout_of(file, name);
  close(file);
  if (!layout) return std::unexpected(layout.error());
  if (*layout && **layout > kLayout) return trouble("data-newer", {{"path", name}});

  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(name.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, nullptr);
  RowStore store(std::unique_ptr<sqlite3, Close>(raw), name);
  if (opened != SQLITE_OK) return std::unexpected(store.failed());
  TRY_VOID(store.prepare());
  return store;
}

Outcome<> RowStore::prepare() {
  // The lock of the home keeps others out, so SQLite needs no shared memory file.
  TRY_VOID(run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"));
  int layout = 0;
  int application = 0;
  int tables = 0;
  {
    Statement read(db_.get(),
                   "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema) "
                   "FROM pragma_user_version, pragma_application_id");
    if (!read.good() || read.step() != SQLITE_ROW) return std::unexpected(failed());
    layout = sqlite3_column_int(read.raw(), 0);
    application = sqlite3_column_int(read.raw(), 1);
    tables = sqlite3_column_int(read.raw(), 2);
  }
  if (layout > kLayout) return trouble("data-newer", {{"path", file_}});
  const bool fresh = layout == 0 && application == 0 && tables == 0;
  if (!fresh && application != kApplication) return trouble("storage-corrupt", {{"path", file_}});
  TRY_VOID(run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"));
  if (!fresh) return {};
  const std::string make =
      "BEGIN IMMEDIATE;"
      "CREATE TABLE rows (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL);"
      "CREATE TABLE shown (number INTEGER PRIMARY KEY, item TEXT NOT NULL);"
      "PRAGMA application_id=" +
      std::to_string(kApplication) +
      ";"
      "PRAGMA user_version=" +
      std::to_string(kLayout) +
      ";"
      "COMMIT;";
  return run(make.c_str());
}

Outcome<std::vector<Row>> RowStore::read_all() {
  std::vector<Row> rows;
  Statement read(db_.get(), "SELECT key, value FROM rows ORDER BY key");
  if (!read.good()) return std::unexpected(failed());
  int result = read.step();
  for (; result == SQLITE_ROW; result = read.step()) rows.push_back({read.text_at(0), read.blob_at(1)});
  if (result != SQLITE_DONE) return std::unexpected(failed());
  return rows;
}

Outcome<> RowStore::write(std::span<const Row> rows) {
  TRY_VOID(run("BEGIN IMMEDIATE"));
  Outcome<> outcome;
  {
    Statement put(db_.get(),
                  "INSERT INTO rows (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
    Statement drop(db_.get(), "DELETE FROM rows WHERE key = ?1");
    if (!put.good() || !drop.good()) outcome = std::unexpected(failed());
    for (const Row& row : rows) {
      if (!outcome) break;
      Statement& statement = row.value ? put : drop;
      statement.text(1, row.key);
      if (row.value) statement.blob(2, *row.value);
      if (!statement.done()) outcome = std::unexpected(failed());
    }
  }
  if (outcome) outcome = run("COMMIT");
  if (!outcome && sqlite3_get_autocommit(db_.get()) == 0)
    sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  return outcome;
}

Outcome<> RowStore::remember_shown(std::span<const std::string> items) {
  TRY_VOID(run("BEGIN IMMEDIATE; DELETE FROM shown;"));
  Outcome<> outcome;
  {
    Statement put(db_.get(), "INSERT INTO shown (number, item) VALUES (?1, ?2)");
    if (!put.good()) outcome = std::unexpected(failed());
    for (std::size_t i = 0; outcome && i < items.size(); ++i) {
      sqlite3_bind_int64(put.raw(), 1, static_cast<sqlite3_int64>(i + 1));
      put.text(2, items[i]);
      if (!put.done()) outcome = std::unexpected(failed());
    }
  }
  if (outcome) outcome = run("COMMIT");
  if (!outcome && sqlite3_get_autocommit(db_.get()) == 0)
    sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  return outcome;
}

Outcome<std::vector<std::string>> RowStore::all_shown() {
  std::vector<std::string> items;
  Statement read(db_.get(), "SELECT item FROM shown ORDER BY number");
  if (!read.good()) return std::unexpected(failed());
  int result = read.step();
  for (; result == SQLITE_ROW; result = read.step()) items.push_back(read.text_at(0));
  if (result != SQLITE_DONE) return std::unexpected(failed());
  return items;
}

Outcome<std::optional<std::string>> RowStore::shown(std::int64_t number) {
  Statement read(db_.get(), "SELECT item FROM shown WHERE number = ?1");
  if (!read.good()) return std::unexpected(failed());
  sqlite3_bind_int64(read.raw(), 1, number);
  const int result = read.step();
  if (result == SQLITE_ROW) return std::optional(read.text_at(0));
  if (result == SQLITE_DONE) return std::optional<std::string>{};
  return std::unexpected(failed());
}

}  // namespace attune::cli
