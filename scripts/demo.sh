#!/usr/bin/env bash
# demo.sh PORT: a relay with a sample couple in it. It is made anew each time, so whatever was tried out is gone then.
set -euo pipefail
. "$(dirname -- "$0")/say.sh"
port=$1
folder="$root/build/demo/$port"
rm -rf "$folder"
(umask 077 && mkdir -p "$folder/relay")
"$root/build/bin/attuned" --port "$port" --data "$folder/relay" --web "$root/build/web" --registration open >"$folder/relay.log" 2>&1 </dev/null &
relay=$!
trap 'kill "$relay" 2>/dev/null; wait "$relay" 2>/dev/null; exit 0' INT TERM
trap 'kill "$relay" 2>/dev/null || true' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$relay" 2>/dev/null || { cat "$folder/relay.log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
say "Making a sample couple with a year behind them…"
people=$("$root/scripts/node.sh" "$root/scripts/demo.mjs" "http://localhost:$port" "$folder/homes") || stop "The sample couple could not be made."
# One browser keeps two people apart by the two names of this computer.
hosts=(localhost 127.0.0.1)
n=0
say ""
while read -r name words; do
  say "  $name: http://${hosts[n]}:$port/#demo=$words"
  n=$((n + 1))
done <<<"$people"
say ""
say "Open one of them, or both side by side, and tap through what brings them back. Stop with Ctrl-C; the next --demo begins anew."
wait "$relay"
