#!/bin/sh
# Measures what the store promises:
#   sh Tests/Benchmarks/store.sh [OPTION…] [SUBACCOUNTS [SMALL [LARGE [COMMITS]]]]
#
# Prints a figure a line, with its target and whether it is met: bytes per subaccount and per
# change, the bytes of a grant to all, how long opening takes for a small and a large agency, how
# long the longest journal's tail is read, how long questions about one subaccount take after a
# hundred thousand changes, and how fast single statements commit. A million subaccounts, ten
# thousand, ten million and ten thousand commits are the figures that are published; an agency of
# ten million wants 10 GB of disk and some minutes. What it generates is kept in
# .build/benchmarks. Do nothing else with the machine meanwhile.
#
#   --progress   tell on standard error what is being done
#   --seed N     which subaccounts are asked about and written to; 0 if left out
set -eu
cd "$(dirname "$0")/../.."
swift build -c release --product permql >&2
swift build -c release --product StorageBenchmarks >&2
mkdir -p .build/benchmarks
python3 Tests/Benchmarks/store.py "$@"
echo "\`sh Tests/Benchmarks/store.sh $*\` on $(date -u +%Y-%m-%d): $(uname -srm)," \
  "$(nproc) processors"
