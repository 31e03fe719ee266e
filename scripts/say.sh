# Sourced by the other scripts: where things are, and how they speak.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
logs="$root/build/logs"
mkdir -p "$logs"

say() { printf '%s\n' "$*"; }

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# quietly NAME COMMAND…: the output goes to a log; only a failure shows its end.
quietly() {
  local name=$1
  shift
  if ! "$@" >"$logs/$name.log" 2>&1 </dev/null; then
    tail -n 40 "$logs/$name.log" >&2
    printf 'All of it: build/logs/%s.log\n' "$name" >&2
    return 1
  fi
}
