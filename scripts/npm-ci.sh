#!/bin/sh
# npm-ci.sh DIR: installs what DIR/package-lock.json names, unless that is there already.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
dir=$(CDPATH= cd -- "$1" && pwd)
command -v npm >/dev/null 2>&1 || { echo "npm is missing; scripts/packages.sh installs it." >&2; exit 1; }

# npm passes over an optional package, and a bundler's binary is one, if it asks for a newer Node than the one npm runs on:
# Debian's is too old for some. So all but the build's own Node is fetched with that one. (Debian's npm looks for its parts
# where Debian's Node would.)
if [ "$dir" != "$root/tools" ]; then
  "$root/scripts/npm-ci.sh" "$root/tools"
  PATH="$root/tools/node_modules/.bin:$PATH"
  NODE_PATH=/usr/share/nodejs
  export PATH NODE_PATH
fi

stamp() { cat "$dir/package.json" "$dir/package-lock.json" | sha256sum; }

mkdir -p "$root/build"
exec 9>"$root/build/npm.lock"
flock 9
if [ "$(cat "$dir/node_modules/.installed" 2>/dev/null)" != "$(stamp)" ]; then
  log="$root/build/npm-$(basename "$dir").log"
  if ! (cd "$dir" && npm ci --no-fund --no-audit --loglevel=error) >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "The npm packages of $(basename "$dir")/ could not be fetched. Check the network connection and start again; what is fetched already is kept." >&2
    exit 1
  fi
  # npm 9 drops the link to the Node of this processor while it drops the package of the other one.
  for node in "$dir"/node_modules/node-linux-*/bin/node; do
    [ ! -x "$node" ] || ln -sf "../${node#"$dir/node_modules/"}" "$dir/node_modules/.bin/node"
  done
  stamp >"$dir/node_modules/.installed"
fi
