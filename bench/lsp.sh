#!/usr/bin/env bash
# Builds etamil, measures `etamil lsp` beside gopls and writes the tables into docs/performance.md; about 3 minutes on a
# machine that does nothing else. gopls is pinned and built into the user's cache folder. Status 1 when a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
gopls="${XDG_CACHE_HOME:-$HOME/.cache}/etamil/gopls-v0.23.0"
if [[ ! -x $gopls/gopls ]]; then
  GOBIN="$gopls" go install golang.org/x/tools/gopls@v0.23.0
fi
CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -ldflags '-s -w' -o bin/etamil ./cmd/etamil
cd bench
exec go run ./lsp -root .. -gopls "$gopls/gopls" "$@"
