// A device written down for the other build of the same sources: its rows, and what every view shows of them.
#pragma once

#include "sim/world.h"

namespace attune::sim {

/// Writes `folder`/rows.bin (rows as at the browser's boundary, wasm/main.cpp) and `folder`/views.json: the moment it
/// is opened at, and for each view its name, arguments and the reply's text. False: a file could not be written.
bool dump(const Device& device, Now now, const std::string& folder);

}  // namespace attune::sim
