// The device's rows in one SQLite file: what the core asked to store, and the short numbers the last list showed.
//
// A write is one transaction that is on the disk when it returns (WAL, synchronous=FULL). Deleted rows are overwritten
// (secure_delete), since rows hold keys and drafts.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attune/shell.h"
#include "cli/trouble.h"

struct sqlite3;

namespace attune::cli {

class RowStore {
 public:
  /// Opens the file or makes it (0600). A file of a newer Attune is refused before anything is written to it.
  /// Trouble: "data-newer", "storage-corrupt", "storage-unwritable", "disk-full".
  static Outcome<RowStore> open(const std::filesystem::path& file);

  Outcome<std::vector<Row>> read_all();
  /// All rows or none.
  Outcome<> write(std::span<const Row> rows);

  /// Remembers the items of a printed list: the first is number 1.
  Outcome<> remember_shown(std::span<const std::string> items);
  /// The items of the last list, in its order.
  Outcome<std::vector<std::string>> all_shown();
  /// The item that stood at this number, if there was one.
  Outcome<std::optional<std::string>> shown(std::int64_t number);

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  RowStore(std::unique_ptr<sqlite3, Close> db, std::string file) : db_(std::move(db)), file_(std::move(file)) {}
  Outcome<> prepare();
  Outcome<> run(const char* sql);
  [[nodiscard]] Trouble failed() const;

  std::unique_ptr<sqlite3, Close> db_;
  std::string file_;
};

}  // namespace attune::cli
