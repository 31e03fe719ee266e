#!/usr/bin/env bash
# check-docs.sh: what the documents name exists: files behind links, paths in backticks, tests by their names; and every
# planted bug has the test that catches it.
# Prints what does not, and ends with "N passed, N failed".
set -uo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root" || exit 1

passed=0
failed=0
check() { # SENTENCE COMMAND…
  local sentence=$1
  shift
  if "$@" >/dev/null 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    say "Broken: $sentence"
  fi
}

# Everything that is part of the project, folders with a slash behind.
all=$(find . \( -name node_modules -o -path ./build -o -path ./data -o -path ./.git \) -prune -o \
  \( -type d -printf '%P/\n' -o -type f -printf '%P\n' \))

linked() { [ -e "$1/${2%%#*}" ]; }
# A path from the root, or the end of one: documents beside the sources name their neighbours shortly. What the build
# writes is not looked for.
named() {
  local path=$1
  while [[ $path == ../* ]]; do path=${path#../}; done
  case $path in build/* | data/* | schema.json) return 0 ;; esac
  grep -qE "(^|/)${path//./\\.}\$" <<<"$all"
}

mapfile -t docs < <(grep -E '\.md$' <<<"$all" | sort)
for doc in "${docs[@]}"; do
  while read -r link; do
    check "$doc links to $link" linked "$(dirname -- "$doc")" "$link"
  done < <(grep -oE '\]\([^)]+\)' "$doc" | sed 's/^](//; s/)$//' | grep -vE '^(https?:|#)' | sort -u)
  while read -r path; do
    check "$doc names $path" named "$path"
  done < <(grep -oE '`[^` ]+`' "$doc" | tr -d '`' | grep -E '^[a-z.][A-Za-z0-9_./-]*(/|\.(h|cpp|md|mjs|ts|sh|json|svelte|css))$' | sort -u)
done

# The threat model rests on tests: `Suite.Name`, and those of the web app as sentences in these quotes: “…”. Only what a
# test is called counts, whole or up to a comma: a comment or a text that reads the same shows nothing.
model=docs/THREAT_MODEL.md
while read -r name; do
  check "$model names the test $name" grep -rqE "^ *[A-Z_]+\(${name%%.*}, *${name#*.}[,)]" --include='*.cpp' tests
done < <(grep -oE '`[A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9]+`' $model | tr -d '`' | grep -vx 'Suite.Name' | sort -u)
sentences=$(grep -rhoP --include='*.mjs' --include='*.test.ts' "^\s*(?:test|scene|it)\((['\"\`])\K.*?(?=\1,)" web/e2e/tests web/src)
while read -r name; do
  check "$model names the test “$name”" grep -qxP "\\Q$name\\E([,:] .*)?" <<<"$sentences"
done < <(grep -oE '“[^”]+”' $model | sed 's/^“//; s/”$//' | grep -vx 'a sentence' | sort -u)

# Of the requirements of ASVS, no number stands twice, and each that is met names a test or a line that shows it. (That what
# is named exists was looked at above.)
asvs=$(sed -n '/^## ASVS/,/^## /p' $model | grep -E '^\| V[0-9]')
numbers=$(grep -oE '^\| [^|]+' <<<"$asvs" | grep -oE 'V[0-9]+(\.[0-9]+)*' | sort)
check "$model lists requirements of ASVS" test -n "$numbers"
while read -r number; do
  check "$model judges $number of ASVS once" test "$(grep -cx "${number//./\\.}" <<<"$numbers")" = 1
done < <(sort -u <<<"$numbers")
while IFS='|' read -r _ number _ state shown _; do
  case $state in
    ' met ') check "$model shows that$number is met" grep -qE '`[A-Z][A-Za-z]+\.[A-Z]|“[^”]+”|\]\(' <<<"$shown" ;;
    ' partly ' | ' not applicable ' | ' open ') check "$model says why$number is${state% }" grep -qE '[a-z]' <<<"$shown" ;;
    *) check "$model knows no state \"$state\" of$number" false ;;
  esac
done <<<"$asvs"

# A check that can be switched off is switched off by a test that misses it then, and there are enough of them.
while read -r bug; do
  check "the planted bug $bug is caught by a test" grep -qE "Planted planted\((log::planted\(\)|server::planted_bugs)\.$bug, bug\)" tests/sim/*_test.cpp
done < <(grep -hoE '^ *bool [a-z_]+ = false' core/attune/log/planted.h server/relay/planted.h | awk '{ print $2 }')
caught=$(cat tests/sim/*_test.cpp | grep -cE '^TEST\(PlantedBug, [A-Za-z]+IsCaught\)')
check 'at least twelve planted bugs are caught' [ "$caught" -ge 12 ]

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
