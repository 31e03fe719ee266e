#include "server/store/database.h"

#include <cerrno>
#include <utility>

namespace attune::server {

void throw_trouble(int result) {
  // SQLite says FULL for ENOSPC alone; a quota or a limit on file sizes is the same to us. errno is that of the write
  // that failed just now (sqlite3_system_errno() does not cover writes).
  const int system = errno;
  const bool disk = (result & 0xff) == SQLITE_IOERR;
  if (result == SQLITE_FULL || (disk && (system == ENOSPC || system == EDQUOT || system == EFBIG))) {
    throw StoreTrouble{StoreTrouble::Kind::full};
  }
  if ((result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB) {
    throw StoreTrouble{StoreTrouble::Kind::damaged};
  }
  throw StoreTrouble{StoreTrouble::Kind::failed};
}

Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(std::int64_t value) {
  if (const int result = sqlite3_bind_int64(statement_, next_++, value); result != SQLITE_OK) throw_trouble(result);
  return *this;
}

Statement& Statement::bind(ByteView value) {
  // An empty view may have no address, which SQLite would take for NULL.
  const void* data = value.empty() ? "" : static_cast<const void*>(value.data());
  const int result = sqlite3_bind_blob64(statement_, next_++, data, value.size(), SQLITE_STATIC);
  if (result != SQLITE_OK) throw_trouble(result);
  return *this;
}

Statement& Statement::bind_or_null(const std::optional<ByteView>& value) {
  if (value) return bind(*value);
  if (const int result = sqlite3_bind_null(statement_, next_++); result != SQLITE_OK) throw_trouble(result);
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) throw_trouble(result);
  return false;
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

ByteView Statement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Database::Database(const std::filesystem::path& file, Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  const int result = sqlite3_open_v2(file.c_str(), &db_, flags, nullptr);
  if (result != SQLITE_OK) {
    sqlite3* const failed = std::exchange(db_, nullptr);
    sqlite3_close(failed);
    throw StoreTrouble{StoreTrouble::Kind::failed};
  }
  sqlite3_busy_timeout(db_, 5000);
}

Database::~Database() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

Statement Database::statement(const char* text) {
  sqlite3_stmt*& prepared = statements_[text];
  if (prepared == nullptr) {
    const int result = sqlite3_prepare_v3(db_, text, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (result != SQLITE_OK) throw_trouble(result);
  }
  return Statement(prepared);
}

void Database::run(const char* text) {
  if (const int result = sqlite3_exec(db_, text, nullptr, nullptr, nullptr); result != SQLITE_OK) {
    throw_trouble(result);
  }
}

std::int64_t Database::first_number(const char* text) {
  sqlite3_stmt* prepared = nullptr;
  if (const int result = sqlite3_prepare_v2(db_, text, -1, &prepared, nullptr); result != SQLITE_OK) {
    throw_trouble(result);
  }
  const int result = sqlite3_step(prepared);
  const std::int64_t value = result == SQLITE_ROW ? sqlite3_column_int64(prepared, 0) : 0;
  sqlite3_finalize(prepared);
  if (result != SQLITE_ROW && result != SQLITE_DONE) throw_trouble(result);
  return value;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

}  // namespace attune::server
