#include "vectors/core/invalid.h"

#include "vectors/core/invalid_rows.h"

namespace attune::tests {

const std::vector<Row>& core_invalid_table() {
  static const std::vector<Row> table = [] {
    std::vector<Row> rows;
    add_sealing_rows(rows);
    add_json_rows(rows);
    add_reading_rows(rows);
    add_stream_rows(rows);
    add_key_rows(rows);
    add_space_rows(rows);
    return rows;
  }();
  return table;
}

}  // namespace attune::tests
