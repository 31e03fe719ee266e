// SQLite with its errors turned into StoreTrouble: a connection and its prepared statements.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/store/store.h"

namespace attune::server {

/// A prepared statement in use; reset and ready for the next one when destroyed.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds the next parameter, from the first on. Bytes must outlive the statement's use.
  Statement& bind(std::int64_t value);
  Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(ByteView value);
  Statement& bind_or_null(const std::optional<ByteView>& value);
  /// True: there is a row. Throws StoreTrouble.
  bool step();
  void run() { step(); }

  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(number(column)); }
  /// Valid until the next step().
  [[nodiscard]] ByteView bytes(int column) const;
  [[nodiscard]] bool null(int column) const;
  /// A value of fixed size; anything else in its place is damage.
  template <class F>
  [[nodiscard]] F fixed(int column) const {
    const ByteView raw = bytes(column);
    if (raw.size() != F::kSize) throw StoreTrouble{StoreTrouble::Kind::damaged};
    return F::copy_of(raw);
  }

 private:
  sqlite3_stmt* statement_;
  int next_ = 1;
};

/// Throws what an SQLite result means.
[[noreturn]] void throw_trouble(int result);

class Database {
 public:
  enum class Mode : std::uint8_t { create, write, read };
  /// Throws StoreTrouble.
  Database(const std::filesystem::path& file, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Prepared once for each text. The text must be a literal.
  Statement statement(const char* text);
  /// One or several statements without parameters or rows.
  void run(const char* text);
  /// The first column of the first row of a pragma.
  std::int64_t number(const char* text) { return first_number(text); }
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* raw() { return db_; }

 private:
  std::int64_t first_number(const char* text);

  sqlite3* db_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace attune::server
