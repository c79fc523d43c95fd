#!/bin/sh
# Times permql beside sqlite3 and DuckDB: sh Tests/Benchmarks/run.sh [SUBACCOUNTS [RUNS [LINE…]]]
#
# Prints a Markdown table: medians of whole processes with their spread, the programs taking turns on
# the same generated agency, and how many times as long the others took. A million subaccounts and
# seven runs if left out, more runs where they take milliseconds; LINE: only lines whose names contain
# it. What is generated and loaded is kept in .build/benchmarks: about 2 GB a million subaccounts. Do
# nothing else with the machine meanwhile.
set -eu
cd "$(dirname "$0")/../.."
subaccounts=${1:-1000000}
runs=${2:-7}
[ $# -lt 2 ] && shift $# || shift 2
data=.build/benchmarks
mkdir -p "$data"

swift build -c release --product permql >&2
if ! command -v duckdb >/dev/null && ! [ -x "$data/venv/bin/duckdb" ]; then
  python3 -m venv "$data/venv"
  "$data/venv/bin/pip" install -q duckdb-cli
fi
agency=$data/compact-$subaccounts.csv
[ -e "$agency" ] || {
  python3 Tests/Benchmarks/agency.py compact "$subaccounts" >"$agency.part"
  mv "$agency.part" "$agency"
}
python3 Tests/Benchmarks/compare.py .build/release/permql "$data" "$subaccounts" "$runs" "$@"
echo
echo "\`sh Tests/Benchmarks/run.sh $subaccounts $runs\` on $(date -u +%Y-%m-%d): medians of $runs runs or more," \
  "$(uname -srm), $(nproc) processors."
