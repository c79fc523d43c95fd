#!/bin/sh
# Measures what the store promises: sh Tests/Benchmarks/store.sh [SUBACCOUNTS [SMALL [LARGE [COMMITS]]]]
#
# Prints bytes per subaccount and per change, the bytes of a grant to all, how long opening takes for a
# small and a large agency, how long the longest journal's tail is read, how long questions about one
# subaccount take after a hundred thousand changes, and how fast single statements commit. A million
# subaccounts, ten thousand, ten million and ten thousand commits are the figures that are published;
# the large agency wants 5 GB of disk and some minutes. What it generates is kept in .build/benchmarks.
# Do nothing else with the machine meanwhile.
set -eu
cd "$(dirname "$0")/../.."
subaccounts=${1:-1000000}
small=${2:-10000}
large=${3:-10000000}
commits=${4:-10000}
data=.build/benchmarks
mkdir -p "$data"

swift build -c release --product permql >&2
swift build -c release --product StorageBenchmarks >&2
for size in "$subaccounts" "$small" "$large"; do
  agency=$data/compact-$size.csv
  [ -e "$agency" ] || {
    python3 Tests/Benchmarks/agency.py compact "$size" >"$agency.part"
    mv "$agency.part" "$agency"
  }
done
python3 Tests/Benchmarks/store.py .build/release/permql "$data" "$subaccounts" "$small" "$large" \
  "$commits"
echo
echo "the longest tail of a journal, on $subaccounts subaccounts"
.build/release/StorageBenchmarks replay "$subaccounts"
echo
echo "$(uname -srm), $(nproc) processors, $(date -u +%Y-%m-%d)"
