#!/bin/sh
# fetch-libsodium.sh: puts the source of Debian's libsodium (the very one libsodium-dev is built from, Debian's patches
# included) into build/deps/libsodium. Needs no root: apt reads a package list of its own made from the machine's.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
deps="$root/build/deps"
upstream=libsodium_1.0.18.orig.tar.gz
sha256=d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4

mkdir -p "$root/build"
exec 9>"$root/build/libsodium.lock"
flock 9
[ -f "$deps/libsodium/.complete" ] && exit 0

fail() {
  cat "$deps/apt.log" >&2 2>/dev/null || true
  echo "$1" >&2
  exit 1
}

rm -rf "$deps/libsodium" "$deps/apt" "$deps/download"
mkdir -p "$deps/apt/lists/partial" "$deps/apt/parts" "$deps/download"
for file in /etc/apt/sources.list.d/*.sources; do
  [ -f "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$deps/apt/parts/$(basename "$file")"
done
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ -f "$file" ] && sed -n 's/^deb /deb-src /p' "$file" >"$deps/apt/parts/$(basename "$file" .list).list"
done

apt() {
  apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$deps/apt/parts" \
    -o Dir::State::lists="$deps/apt/lists" -o Dir::Cache="$deps/apt" -o APT::Sandbox::User="$(id -un)" "$@" >>"$deps/apt.log" 2>&1 </dev/null
}
: >"$deps/apt.log"
apt update || true  # a source list of somebody else may fail; what counts is the next line
cd "$deps/download"
apt source --download-only libsodium ||
  fail "The source of libsodium could not be fetched from the Debian mirror. Check the network connection and start again."
echo "$sha256  $upstream" | sha256sum --check --status 2>/dev/null ||
  fail "The fetched source of libsodium is not the 1.0.18 that Attune was checked with; nothing of it is used."
dpkg-source --no-check -x ./*.dsc "$deps/libsodium" >>"$deps/apt.log" 2>&1 ||
  fail "The source of libsodium could not be unpacked."
cp ./*.dsc "$deps/libsodium/source.dsc"
rm -rf "$deps/apt" "$deps/download" "$deps"/libsodium_*
touch "$deps/libsodium/.complete"
