#!/usr/bin/env bash
# The built language server with real clients: VS Code's protocol library in node (every request, three encodings), Neovim
# and Emacs. What is missing is installed where that is possible (npm into the cache, Debian packages as root); a client
# that cannot be had is a failure, never skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export EDITORS=${here%/*}

missing=()
command -v nvim >/dev/null || missing+=(neovim)
emacs --batch --eval "(require 'eglot)" >/dev/null 2>&1 || missing+=(emacs-nox elpa-eglot)
if ((${#missing[@]})); then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "clients: install ${missing[*]} first" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -yq --no-install-recommends "${missing[@]}"
fi
"$EDITORS/deps.sh" "$here/node"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$EDITORS/.." && CGO_ENABLED=0 go build -trimpath -tags grpcnotrace -o "$work/bin/etamil" ./cmd/etamil)
export PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 HOME="$work/home"
mkdir "$HOME"

# A fresh copy of the workspace for a client, in $WORK. It is a repository, so that clients take it for one project.
copy() {
  export WORK="$work/$1-வேலை"
  cp -r "$here/workspace" "$WORK"
  mkdir "$WORK/.git"
}

echo "== node"
timeout 300 node "$here/node/session.mjs" "$work/bin/etamil" "$here/workspace" >"$work/log" || { grep -v '^ok' "$work/log"; exit 1; }
tail -n 1 "$work/log"
echo "== Neovim"
timeout 120 nvim --headless -u "$here/syntax.vim" -i NONE -n -c cquit </dev/null >/dev/null
copy neovim
timeout 300 nvim --headless -u NONE -i NONE -n -c "luafile $here/neovim.lua" -c cquit </dev/null 2>"$work/log" || { cat "$work/log"; exit 1; }
echo "== Emacs"
copy emacs
timeout 300 emacs --batch -q -l "$here/emacs.el" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
echo "== all clients are content"
