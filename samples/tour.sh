#!/bin/sh
# A short tour: builds permql, imports the sample agency into a store that is thrown away afterwards,
# and shows what one does with it. Needs the Swift 6.3 toolchain and nothing else: sh samples/tour.sh
set -eu
cd "$(dirname "$0")/.."

missing=
need() {
  [ -e "/usr/include/$2" ] || missing="$missing $1"
}
need libedit-dev histedit.h
need libncurses-dev term.h
need libbsd-dev bsd/bsd.h
need libmd-dev md5.h
if [ -n "$missing" ] && command -v apt-get >/dev/null; then
  root=
  [ "$(id -u)" = 0 ] || root=sudo
  echo "> The line editor needs libraries: installing$missing"
  $root apt-get update -qq
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing
fi
command -v swift >/dev/null || {
  echo 'tour.sh: the Swift 6.3 toolchain is not on the PATH: see https://www.swift.org/install' >&2
  exit 1
}

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

say() {
  printf '\n> %s\n' "$*"
}
echo '> Building one static executable; the first time this takes some minutes.'
swift build -c release --product permql >"$place/build" 2>&1 || {
  cat "$place/build" >&2
  exit 1
}
permql=$PWD/.build/release/permql
cp samples/*.csv samples/*.json samples/*.pql "$place"
cd "$place"

# ask STATUS STATEMENTS: shows the statements and what they print; ends the tour at any other status.
ask() {
  expected=$1
  printf "\$ permql -s agency.permdb -c '%s'\n" "$2"
  status=0
  "$permql" -s agency.permdb --actor tour -c "$2" 2>&1 || status=$?
  [ "$status" = "$expected" ] || {
    echo "tour.sh: exit $status where $expected was expected" >&2
    exit 1
  }
}

say 'An agency of 240 subaccounts, from a CSV file.'
ask 0 'import "agency.csv"'

say 'Who can not make outbound calls? By plan, and by name.'
ask 0 'count lacking outbound by plan'
ask 0 'show subaccounts where name ~ "acme*" lacking outbound columns name, plan, region'

say 'A slip of the pen: nothing runs, and it says what to write.'
ask 2 'grant outbond to where name ~ "Acme*"'

say 'Looking before leaping: a preview changes nothing.'
ask 0 'preview grant outbound to where name ~ "Acme*"'

say 'Doing it, and only if it concerns exactly three.'
ask 0 'grant outbound to where name ~ "Acme*" expect 3 because "ticket 4711"'
ask 0 'count having outbound by plan'

say 'What must never be true is written down once; a change that would break it is refused whole.'
ask 0 'define policy no_minutes as no subaccounts where max_minutes = 0 having mcp because "FIN-77"'
ask 4 'grant mcp to all'

say 'A batch for the night: all of it, or none.'
echo '$ permql -s agency.permdb --actor nightly nightly.pql 40'
"$permql" -s agency.permdb --actor nightly nightly.pql 40

say 'The same answers for programs.'
echo "\$ permql -s agency.permdb -o json -c 'count lacking outbound by plan'"
"$permql" -s agency.permdb -o json -c 'count lacking outbound by plan'

say "That was $("$permql" --version). More of it: samples/*.pql, README.md"
