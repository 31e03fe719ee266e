// Rows as they cross the boundary: (key length u16 ‖ key ‖ value length u32, all ones: delete ‖ value)…
#pragma once

#include <vector>

#include "attune/shell.h"

namespace attune {

/// Those that are left to read, behind the ones in `rows`. One that is cut off is none.
void read_rows(Reader& in, std::vector<Row>& rows);
Bytes write_rows(const std::vector<Row>& rows);

}  // namespace attune
