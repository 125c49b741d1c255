#!/usr/bin/env bash
# Drives docs/examples/arattai under `etamil dev` in Chromium, and keeps pictures of what it shows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
pictures="${XDG_CACHE_HOME:-$HOME/.cache}/etamil/e2e/pictures-arattai"

need=()
command -v chromium >/dev/null || need+=(chromium)
[ -e /usr/share/fonts/truetype/lohit-tamil ] || need+=(fonts-lohit-taml)
if ((${#need[@]})); then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -yq --no-install-recommends "${need[@]}"
fi
"$repository/editors/deps.sh" "$here"

rm -rf "$pictures"
mkdir -p "$pictures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$repository" && CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -o "$work/etamil" ./cmd/etamil)
cp -r "$repository/docs/examples/arattai" "$work/arattai"
rm -f "$work"/arattai/*.db*
LC_ALL=C.UTF-8 node "$here/arattai.mjs" "$work/etamil" "$work/arattai" "$pictures"
echo "pictures: $pictures"
