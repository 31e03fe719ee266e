#include "wasm/rows.h"

namespace attune {

namespace {

constexpr std::uint32_t kDeleted = 0xFFFFFFFF;

}  // namespace

void read_rows(Reader& in, std::vector<Row>& rows) {
  while (in.left() > 0 && !in.failed()) {
    Row row;
    row.key = std::string(as_text(in.bytes(in.number<std::uint16_t>())));
    const auto length = in.number<std::uint32_t>();
    if (length != kDeleted) {
      const ByteView value = in.bytes(length);
      row.value = Bytes(value.begin(), value.end());
    }
    if (!in.failed()) rows.push_back(std::move(row));
  }
}

Bytes write_rows(const std::vector<Row>& rows) {
  Writer out;
  for (const Row& row : rows) {
    out.number(static_cast<std::uint16_t>(row.key.size())).bytes(as_bytes(row.key));
    if (row.value) {
      out.sized(*row.value);
    } else {
      out.number(kDeleted);
    }
  }
  return std::move(out).take();
}

}  // namespace attune
