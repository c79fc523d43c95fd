#!/bin/sh
# static.sh EXECUTABLE: fails where the executable needs a shared library, or can't tell its version.
set -eu
if [ "$(uname)" = Linux ] && ldd "$1" 2>&1 | grep -q '=>'; then
  echo "$1 is not one file: $(ldd "$1")" >&2
  exit 1
fi
env -i "$1" --version
# Nothing else on the machine: no library, no /proc, no file but itself; a script, and then the shell.
if [ "$(id -u)" = 0 ]; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  if command -v strip >/dev/null; then strip -o "$root/permql" "$1"; else cp "$1" "$root/permql"; fi
  answer=$(chroot "$root" /permql -o list -c 'create subaccount "A"' -c count)
  [ "$answer" = 1 ] || { echo "$1 does not run in an empty root: '$answer'" >&2; exit 1; }
  python3 "$(dirname "$0")/shell-in-root.py" "$root" ||
    { echo "$1 has no shell in an empty root" >&2; exit 1; }
else
  echo "static.sh: not root, so an empty root is not tried"
fi
