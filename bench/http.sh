#!/usr/bin/env bash
# Measures `etamil serve` beside bare net/http and fastify and writes docs/performance.md. Status 1 when a peer is missing
# or a target is missed. npm installs the pinned fastify and better-sqlite3 into bench/http/node_modules.
set -euo pipefail
cd "$(dirname "$0")/.."
for peer in node npm wrk taskset; do
  command -v "$peer" >/dev/null || { echo "bench: $peer is missing; on Debian: apt-get install nodejs npm wrk util-linux" >&2; exit 1; }
done
if ! node -e 'require("./bench/http/node_modules/better-sqlite3")(":memory:"); require("./bench/http/node_modules/fastify")' 2>/dev/null; then
  (cd bench/http && npm ci --no-fund --no-audit)
fi
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
go build -trimpath -o ../bin/bench-bare ./http/bare
exec go run ./http -root .. -bare ../bin/bench-bare "$@"
