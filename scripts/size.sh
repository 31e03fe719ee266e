#!/bin/sh
# size.sh FILE…: the size of each file, raw and as Brotli sends it.
set -eu
for file in "$@"; do
  packed=$(brotli --best --stdout "$file" | wc -c)
  echo "$(basename "$file"): $(($(wc -c <"$file") / 1024)) KB, $((packed / 1024)) KB compressed"
done
