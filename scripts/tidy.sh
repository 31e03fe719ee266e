#!/usr/bin/env bash
# tidy.sh: clang-tidy over every C++ source that the dev preset compiles.
set -euo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root"
[ -f build/cmake/dev/build.ninja ] || cmake --preset dev >/dev/null
cmake --build build/cmake/dev --target attune_wordlist
mapfile -t sources < <(find wire core/attune server cli sim tools/schema -name '*.cpp' 2>/dev/null | sort)
[ ${#sources[@]} -gt 0 ] || stop "There is nothing to look at."
printf '%s\0' "${sources[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 -p build/cmake/dev --quiet
