#!/bin/sh
# web.sh: the web app in build/web/, with the notices of what it contains, packed as it will be sent.
set -eu
cd "$(dirname -- "$0")/.."
(cd web && npm run build)
scripts/node.sh tools/notices/notices.mjs build/web/notices.txt build/notices.txt
brotli --best --force build/web/notices.txt
gzip --best --no-name --keep --force build/web/notices.txt
