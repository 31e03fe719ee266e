#!/bin/sh
# format.sh [FILE…]: lays out the given C++ files, or all of them, by .clang-format.
set -eu
cd "$(dirname -- "$0")/.."
if [ $# -gt 0 ]; then
  clang-format-19 -i "$@"
else
  find wire core server cli sim wasm tests tools cmake -name node_modules -prune -o \( -name '*.h' -o -name '*.cpp' -o -name '*.c' \) -print0 2>/dev/null |
    xargs -0 -r clang-format-19 -i
fi
