#!/usr/bin/env bash
# Builds etamil, measures etamil fmt beside gofmt, biome and prettier and writes the table of docs/performance.md. Status 1
# when a peer is missing or a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
for peer in node npm; do
  command -v "$peer" >/dev/null || { echo "bench: $peer is missing; on Debian: apt-get install nodejs npm" >&2; exit 1; }
done
(cd bench/fmt && npm ci --silent --no-audit --no-fund)
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
exec go run ./fmt -root .. "$@"
