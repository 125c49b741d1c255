#!/usr/bin/env bash
# Builds etamil, measures it beside its peers and writes docs/performance.md. Status 1 when a peer is missing or a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
for peer in python3 lua5.4 node; do
  command -v "$peer" >/dev/null || { echo "bench: $peer is missing; on Debian: apt-get install python3 lua5.4 nodejs" >&2; exit 1; }
done
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
exec go run . -root .. "$@"
