#!/usr/bin/env bash
# Measures `etamil serve` beside bare net/http, fastify, deno and bun and writes docs/performance.md. Status 1 when a peer
# is missing or a target is missed. npm installs the pinned peers once, into the user's cache folder: 240 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
for peer in node npm wrk taskset; do
  command -v "$peer" >/dev/null || { echo "bench: $peer is missing; on Debian: apt-get install nodejs npm wrk util-linux" >&2; exit 1; }
done
editors/deps.sh bench/http
for peer in deno bun; do
  "bench/http/node_modules/.bin/$peer" --version >/dev/null || { echo "bench: $peer does not start" >&2; exit 1; }
done
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
go build -trimpath -o ../bin/bench-bare ./http/bare
go build -trimpath -o ../bin/bench-http ./http
exec taskset -c 1 ../bin/bench-http -root .. "$@" # the clients' core; each server goes to core 0
