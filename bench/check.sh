#!/usr/bin/env bash
# Builds etamil, measures `etamil check` beside tsc and biome and writes the table into docs/performance.md. The peers are pinned
# and installed by npm into the user's cache folder. Status 1 when a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "bench: npm is missing; on Debian: apt-get install nodejs npm" >&2; exit 1; }
peers="${XDG_CACHE_HOME:-$HOME/.cache}/etamil/bench-check"
if [[ ! -x $peers/node_modules/.bin/tsc || ! -x $peers/node_modules/.bin/biome ]]; then
  mkdir -p "$peers"
  npm install --prefix "$peers" --no-audit --no-fund --save-exact typescript@7.0.2 @biomejs/biome@2.6.8 >&2
fi
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
exec go run ./check -root .. -peers "$peers" "$@"
