#!/bin/sh
# Measures the release build alone: sh Tests/Benchmarks/alone.sh [SUBACCOUNTS [STATEMENTS [RUNS]]]
#
# Prints medians of whole processes, start to end, with a warm file cache. A million subaccounts, a
# hundred thousand statements and five runs are the figures that are published. What it generates is
# kept in .build/benchmarks and made once. Do nothing else with the machine meanwhile.
set -eu
cd "$(dirname "$0")/../.."
subaccounts=${1:-1000000}
statements=${2:-100000}
runs=${3:-5}
here=Tests/Benchmarks
data=.build/benchmarks
permql=.build/release/permql

swift build -c release --product permql
mkdir -p "$data"

# make FILE COMMAND...: FILE is what the command prints; made only where it is not there.
make() {
  file=$1
  shift
  [ -e "$file" ] || { "$@" >"$file.part" && mv "$file.part" "$file"; }
}
agency=$data/agency-$subaccounts
script=$data/grants-$subaccounts-$statements.pql
make "$agency.csv" python3 $here/agency.py csv "$subaccounts"
make "$script" python3 $here/agency.py grants "$subaccounts" "$statements"

measure() {
  python3 $here/measure.py "$@"
}
echo "$(uname -srm), $(nproc) processors, $(date -u +%Y-%m-%d)"
echo "$subaccounts subaccounts, $statements statements"

# Every import starts from nothing; the last one's store is what the others begin with.
measure "$runs" 'import the agency' --per "$subaccounts" subaccounts/s \
  --fresh - "$agency.permdb" -- \
  "$permql" --store "$agency.permdb" --quiet --command "import \"$agency.csv\""
measure "$runs" 'open the store and count' -- \
  "$permql" --store "$agency.permdb" --command count
measure "$runs" 'grant to each by exact name, one transaction' --per "$statements" statements/s \
  --fresh "$agency.permdb" "$data/work.permdb" -- \
  "$permql" --store "$data/work.permdb" --quiet "$script"
measure "$runs" 'the same, only parsed and resolved (--check)' --per "$statements" statements/s -- \
  "$permql" --check "$script"

# Ten times the statements, so that starting the process weighs little.
for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$script"; done >"$data/long.pql"
measure "$runs" 'parsing alone, ten times as long (--check)' --per "$((statements * 10))" \
  statements/s -- "$permql" --check "$data/long.pql"
