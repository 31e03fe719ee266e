#!/usr/bin/env bash
# check-house.sh: the rules of the house that a search can check (docs/ARCHITECTURE.md), and the layout of the C++ files.
# Prints what breaks a rule and ends with "N passed, N failed".
set -uo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root" || exit 1

passed=0
failed=0

# Every file of the project, new ones included, without what is built or fetched.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r file; do [ -f "$file" ] && printf '%s\n' "$file"; done)
else
  mapfile -t files < <(find . \( -name node_modules -o -path ./build -o -path ./data \) -prune -o -type f -printf '%P\n')
fi

# of PATTERN [EXCEPT]: the files whose path matches.
of() { printf '%s\n' "${files[@]}" | grep -E -- "$1" | grep -vE -- "${2:-^$}"; }

# nothing SENTENCE PATTERN FILES…: no line of the files may match.
nothing() {
  local sentence=$1 pattern=$2 found=''
  shift 2
  [ $# -gt 0 ] && found=$(grep -HnE -- "$pattern" "$@" 2>/dev/null | cut -c1-160)
  verdict "$sentence" "$found"
}

verdict() {
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'Broken: %s\n%s\n' "$1" "$(printf '%s' "$2" | head -n 20 | sed 's/^/  /')"
  fi
}

cxx='\.(h|cpp)$'
code='\.(h|cpp|c|cmake|ts|js|mjs|svelte|css|html|sh|md|json)$|^(run|test|CMakeLists\.txt)$|^\.ci/'
include='^ *# *include *[<"]'

mapfile -t inner < <(of "^(core|wire)/.*$cxx")
nothing 'The core and the wire do no input or output (no network, database, clock, thread, file or stream).' \
  "$include(boost/(asio|beast|thread|filesystem)|sqlite3|libpq|thread|mutex|shared_mutex|condition_variable|future|stop_token|chrono|ctime|time\.h|sys/|unistd|filesystem|fstream|iostream|ostream|istream|sstream|locale|random|format|print|regex)" "${inner[@]}"
nothing 'The core and the wire know no shell.' "$include(server|cli|sim|wasm|web)/" "${inner[@]}"
mapfile -t found < <(of "^wire/.*$cxx")
nothing 'The wire stands below the core.' "${include}attune/" "${found[@]}"

# Each layer of the core may include only what lies below it.
layer() {
  local above=$2 found
  mapfile -t found < <(of "^core/attune/$1/.*$cxx")
  nothing "Arrows point down: $1 includes nothing of what is above it." "${include}attune/($above)/" "${found[@]}"
}
layer crypto 'log|space|practices|today|us|coach|client'
layer log 'space|practices|today|us|coach|client'
layer space 'practices|today|us|coach|client'
layer practices 'today|us|client'

neighbours=''
for practice in core/attune/practices/*/; do
  [ -d "$practice" ] || continue
  name=$(basename "$practice")
  neighbours+=$(grep -rHnE "$include.*practices/" "$practice" | grep -v "practices/$name/")
done
verdict 'A practice never includes another.' "$neighbours"

mapfile -t found < <(of "^core/attune/.*/(state|fold)[a-z_]*\.(h|cpp)$")
nothing 'A fold has no float, unordered container, library shuffle or unstable sort.' \
  '\b(unordered_(map|set|multimap|multiset)|float|double|std::shuffle|ranges::shuffle|std::sort|ranges::sort)\b' "${found[@]}"

mapfile -t found < <(of "^server/.*$cxx")
nothing 'The server never includes the core.' "${include}(attune/|core/)" "${found[@]}"
mapfile -t found < <(of "^(server|sim|tests/server|tests/sim)/.*$cxx" '^(server|tests/server)/transport/|^server/main\.cpp$|^tests/server/')
nothing 'Only server/transport knows Beast and Asio (the value types of addresses aside).' \
  "${include}boost/(beast|asio(\.|/([a-hj-z]|i[^p]|ip/[b-mo-z])))" "${found[@]}"

mapfile -t found < <(of "$code" '^(LICENSE|scripts/check-house\.sh|content/validate.*)$|package-lock\.json$')
nothing 'Nothing is left unfinished.' '\b(TODO|FIXME|XXX|HACK|[Nn]ot (yet )?implemented|[Cc]oming soon|[Ss]tub(bed)?)\b' "${found[@]}"

mapfile -t found < <(of '^(tests|sim|web/e2e)/.*\.(cpp|h|ts|js|mjs)$|\.(test|spec)\.(ts|js|mjs)$')
nothing 'Every test can fail, none is skipped, none sleeps.' \
  'EXPECT_TRUE\(true\)|ASSERT_TRUE\(true\)|expect\(true\)|\b(it|test|describe)\.(skip|only|todo)\(|GTEST_SKIP|DISABLED_|waitForTimeout\(|sleep_for\(|\busleep\(' "${found[@]}"

mapfile -t found < <(of '^web/src/.*\.(svelte|ts)$' '\.test\.ts$')
nothing 'No screen sets HTML: what people write is text.' '\{@html|\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b' "${found[@]}"

mapfile -t found < <(of '^web/src/.*\.(svelte|css)$')
nothing 'Styles know start and end, not left and right: a language may run the other way.' \
  '(margin|padding|border|scroll-margin)-(left|right)|text-align: *(left|right)|float:|[{; ](left|right):' "${found[@]}"

mapfile -t found < <(of '(package-lock\.json|\.npmrc|package\.json)$')
nothing 'No file records where packages were downloaded.' '"resolved": *"|^registry *=|registry\.npm|://[^"]*/-/' "${found[@]}"

mapfile -t found < <(of "^(wire|core|server|cli|sim|wasm|tests|tools|cmake)/.*\.(h|cpp|c)$")
if command -v clang-format-19 >/dev/null 2>&1; then
  wrong=''
  [ ${#found[@]} -eq 0 ] || wrong=$(clang-format-19 --dry-run --Werror "${found[@]}" 2>&1 | grep -oE '^[^:]+:[0-9]+' | sort -u -t: -k1,1)
  verdict 'C++ is laid out by clang-format (scripts/format.sh does it).' "$wrong"
else
  verdict 'C++ is laid out by clang-format.' 'clang-format-19 is missing'
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
