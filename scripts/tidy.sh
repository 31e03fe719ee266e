#!/usr/bin/env bash
# tidy.sh [FILE…]: clang-tidy over every C++ source that the dev preset compiles, or over these.
set -euo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root"
# Configured apart: nothing is compiled here, and a precompiled header that is not there stops clang-tidy.
[ -f build/cmake/tidy/build.ninja ] || cmake --preset dev -B build/cmake/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
cmake --build build/cmake/tidy --target attune_wordlist
sources=("$@")
[ $# -gt 0 ] || mapfile -t sources < <(find wire core/attune server cli sim tools/schema -name '*.cpp' 2>/dev/null | sort)
[ ${#sources[@]} -gt 0 ] || stop "There is nothing to look at."
printf '%s\0' "${sources[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 -p build/cmake/tidy --quiet
