#!/bin/sh
# static.sh EXECUTABLE: fails where the executable needs a shared library, or can't tell its version.
set -eu
if [ "$(uname)" = Linux ] && ldd "$1" 2>&1 | grep -q '=>'; then
  echo "$1 is not one file: $(ldd "$1")" >&2
  exit 1
fi
env -i "$1" --version
