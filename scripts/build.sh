#!/usr/bin/env bash
# build.sh: everything that runs, as far as it is not built yet. The programs land in build/bin/, the web app in
# build/web/, the module in build/wasm/, the schema in build/schema/.
set -euo pipefail
. "$(dirname -- "$0")/say.sh"
cd "$root"

# Compilers of the Beast files take close to 1 GB each.
gigabytes=$(($(awk '/^MemAvailable:/ {print $2}' /proc/meminfo) / 1048576))
jobs=$(nproc)
[ "$jobs" -le $((gigabytes + 1)) ] || jobs=$((gigabytes + 1))

# build PRESET TARGETS…
build() {
  local preset=$1
  shift
  if [ ! -f "build/cmake/$preset/build.ninja" ]; then
    quietly "cmake-$preset" cmake --preset "$preset" || stop "The $preset build could not be prepared."
  fi
  if [ -t 1 ]; then
    NINJA_STATUS='  %f of %t  ' cmake --build "build/cmake/$preset" -j "$jobs" --target "$@" </dev/null || stop "The $preset build failed."
  else
    quietly "build-$preset" cmake --build "build/cmake/$preset" -j "$jobs" --target "$@" || stop "The $preset build failed."
  fi
}

# A hash of everything the web app is made from.
web_inputs() {
  find web content build/wasm/attune.wasm build/schema tools scripts/web.sh \
    \( -name node_modules -o -name '.*' -o -path web/e2e \) -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum
}

case ${1:-} in
  --preset)
    shift
    build "$@"
    exit
    ;;
esac

say "Building the relay and the terminal client…"
build release attuned attune attune_schema_files
say "Building the core for the browser…"
build wasm attune_module
if [ "$(cat build/web.inputs 2>/dev/null)" != "$(web_inputs)" ] || [ ! -f build/web/index.html ]; then
  say "Building the web app…"
  rm -f build/web.inputs
  scripts/npm-ci.sh web
  quietly build-web scripts/web.sh || stop "The web app could not be built."
  web_inputs >build/web.inputs
fi
