#!/usr/bin/env bash
# packages.sh [build] [test] [hosting] [bench]: installs what is missing of the Debian 12 packages that building, testing,
# following docs/SELF_HOSTING.md, or comparing figures needs. Without arguments the first two. Does nothing, and needs no
# rights, when all is there.
set -euo pipefail
. "$(dirname -- "$0")/say.sh"

build=(
  ca-certificates clang-19 lld-19 llvm-19 libc6-dev cmake ninja-build ccache pkg-config
  libc++-19-dev-wasm32 libc++abi-19-dev-wasm32 libclang-rt-19-dev-wasm32 wasi-libc binaryen dpkg-dev
  libboost1.81-dev libsodium-dev libsqlite3-dev libspdlog-dev libcli11-dev libqrencode-dev libtomlplusplus-dev nlohmann-json3-dev libssl-dev
  fonttools python3-brotli brotli
)
test=(libclang-rt-19-dev libgtest-dev librapidcheck-dev clang-format-19 clang-tidy-19 chromium procps spin)
hosting=(caddy curl systemd)
bench=(redis-server)

[ $# -gt 0 ] || set -- build test
wanted=()
for group in "$@"; do
  case $group in
    build) wanted+=("${build[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    hosting) wanted+=("${hosting[@]}") ;;
    bench) wanted+=("${bench[@]}") ;;
    *) stop "packages.sh knows 'build', 'test', 'hosting' and 'bench', not '$group'." ;;
  esac
done

system() { (. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-an unknown system}"); }
is_debian_12() { (. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ]); }

command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 ||
  stop "Attune is built on Debian 12, and this is $(system). In a Debian 12 container or virtual machine it works as described."

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
# Node and npm may have come from elsewhere; any pair that runs will do, for it only fetches the build's own Node.
{ command -v node && command -v npm; } >/dev/null 2>&1 || missing+=(nodejs npm)

[ ${#missing[@]} -gt 0 ] || exit 0

is_debian_12 ||
  stop "Attune is built on Debian 12, and this is $(system), where these packages are missing: ${missing[*]}."

as_root=()
if [ "$(id -u)" != 0 ]; then
  as_root=(sudo)
  [ -t 0 ] || as_root=(sudo -n)
  command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; } ||
    stop "Some Debian packages are missing, and installing them needs root. Run this once as root, then start again:
  apt-get install --no-install-recommends ${missing[*]}"
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

if [ ${#missing[@]} -gt 8 ]; then
  say "Installing the ${#missing[@]} Debian packages that are missing (about 1 GB, once)…"
else
  say "Installing the Debian packages that are missing: ${missing[*]}…"
fi
if [ -t 0 ] && [ "$(id -u)" != 0 ]; then sudo -v; fi
quietly apt-update apt update ||
  say "The package lists could not all be refreshed; trying with what there is."
quietly apt-install apt install --no-install-recommends "${missing[@]}" ||
  stop "The Debian packages could not be installed. Nothing of Attune was changed. Check the network connection and the free space ($(df -h --output=avail / | tail -n 1 | tr -d ' ') left), then start again."
