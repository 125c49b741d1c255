#!/usr/bin/env bash
# Gives a folder of editors/ its node_modules: each lock file is installed once, into the user's cache, and linked to.
# Usage: deps.sh FOLDER
set -euo pipefail
folder=$(cd "$1" && pwd)
lock=$(sha256sum "$folder/package-lock.json" | cut -c1-16)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/etamil/npm/$(basename "$folder")-$lock"

if [ ! -e "$cache/done" ]; then
  rm -rf "$cache"
  mkdir -p "$cache"
  cp "$folder/package.json" "$folder/package-lock.json" "$folder/.npmrc" "$cache"
  (cd "$cache" && npm ci --no-audit --no-fund)
  touch "$cache/done"
fi
if [ -L "$folder/node_modules" ] || [ ! -e "$folder/node_modules" ]; then
  ln -sfn "$cache/node_modules" "$folder/node_modules"
fi
