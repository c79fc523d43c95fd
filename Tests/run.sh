#!/bin/sh
# Installs what is missing, builds, lints and tests everything: sh Tests/run.sh
# Without a network it works where all is installed already. Ends with 1 if anything fails.
set -u
cd "$(dirname "$0")/.." || exit 1

# --- what the build and the tests need ------------------------------------------------------------

# need PACKAGE FILE: the Debian package is missing where the file is.
missing=
need() {
  [ -e "$2" ] || missing="$missing $1"
}
need libedit-dev /usr/include/histedit.h
need libncurses-dev /usr/include/term.h
need libbsd-dev /usr/include/bsd/bsd.h
need libmd-dev /usr/include/md5.h
need sqlite3 /usr/bin/sqlite3
need tmux /usr/bin/tmux
need time /usr/bin/time
need strace /usr/bin/strace
need python3-pyte /usr/lib/python3/dist-packages/pyte/__init__.py
need zsh /usr/bin/zsh
need fish /usr/bin/fish
need curl /usr/bin/curl
need jq /usr/bin/jq
command -v python3 >/dev/null || missing="$missing python3"
if [ -n "$missing" ]; then
  root=
  [ "$(id -u)" = 0 ] || root=sudo
  echo "installing$missing"
  # shellcheck disable=SC2086
  { $root apt-get update -q && $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing; } ||
    { echo "run.sh: install these packages first:$missing" >&2; exit 1; }
fi
command -v swift >/dev/null || { echo "run.sh: the Swift 6.3 toolchain is not on the PATH" >&2; exit 1; }

# --- the steps, each of which must pass -----------------------------------------------------------

passed=0
failed=0
step() {
  name=$1
  shift
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "== $name: FAILED" >&2
  fi
}

# must NAME COMMAND...: a step without which the others make no sense.
must() {
  before=$failed
  step "$@"
  [ "$failed" = "$before" ] || { echo "$passed steps passed, $failed failed"; exit 1; }
}

step 'lint' swift format lint --strict -r Sources Tests Package.swift
must 'build, warnings as errors' swift build --build-tests
step 'tests' swift test --skip-build --disable-xctest
must 'release build' swift build -c release --product permql
step 'the executable needs nothing else' sh Tests/static.sh .build/release/permql
step 'samples and hostile input on the release build' \
  env PERMQL_EXECUTABLE="$PWD/.build/release/permql" \
  swift test --skip-build --disable-xctest --filter SamplesTests
step 'tour' sh samples/tour.sh
# Debian's own interpreter, which has the terminal emulator.
step 'scenes on a terminal' /usr/bin/python3 Tests/Terminal/run.py .build/release/permql
step 'widths of characters' /usr/bin/python3 Tests/Terminal/width.py .build/release/permql
step 'sessions at a prompt' /usr/bin/python3 Tests/Terminal/session.py .build/release/permql
step 'real processes' python3 Tests/Processes/processes.py .build/release/permql
step 'requests to the platform' python3 Tests/Api/api.py .build/release/permql 20
step 'SQL on three engines' python3 Tests/Sql/sql.py .build/release/permql 40 1
step 'power cuts' swift run -c release Crashes 100000
step 'fuzz smokes' sh Tests/Fuzz/run.sh 3000

echo "$passed steps passed, $failed failed"
[ "$failed" = 0 ]
