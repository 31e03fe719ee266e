#!/bin/sh
# node.sh FILE ARGS…: runs FILE with the Node that the build brings along, so that nothing depends on the machine's own.
# node.sh --path: prints where that Node is.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
"$root/scripts/npm-ci.sh" "$root/tools"
node="$root/tools/node_modules/.bin/node"
[ -x "$node" ] || { echo "There is no Node for this kind of processor ($(uname -m)); x86_64 and aarch64 have one." >&2; exit 1; }
if [ "${1:-}" = --path ]; then
  echo "$node"
else
  exec "$node" "$@"
fi
