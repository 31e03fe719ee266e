#!/usr/bin/env bash
# fuzz.sh SECONDS: runs every fuzzer of tests/fuzz for so long, one on each core. What one finds is left in build/results/;
# the corpora of the repository are only read. Ends with "N passed, N failed".
set -uo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root" || exit 1

seconds=${1:?how many seconds for each}
results="$root/build/results"
mkdir -p "$results"

one() {
  local name=$1 log="$logs/fuzz-$1.log" status
  mkdir -p "build/fuzz/$name"
  timeout --kill-after=15 $((seconds + 120)) "build/cmake/asan/fuzz-$name" "-max_total_time=$seconds" \
    -rss_limit_mb=2048 -timeout=60 "-artifact_prefix=$results/fuzz-$name-" \
    "build/fuzz/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1 </dev/null
  status=$?
  if [ $status -eq 0 ]; then
    printf '%s: passed, %s\n' "$name" "$(grep -oE '^Done [0-9]+ runs' "$log" | tail -n 1)"
  else
    printf '%s: FAILED, ended with status %s (build/logs/fuzz-%s.log)\n%s\n' "$name" $status "$name" "$(tail -n 40 "$log")"
  fi
}
export -f one
export seconds results logs

said=$(basename -a tests/fuzz/corpus/*/ | xargs -P "$(nproc)" -I{} bash -c 'one {}')
printf '%s\n' "$said"
failed=$(grep -cE '^[a-z-]+: FAILED' <<<"$said")
printf '%d passed, %d failed\n' "$(grep -cE '^[a-z-]+: passed' <<<"$said")" "$failed"
[ "$failed" -eq 0 ]
