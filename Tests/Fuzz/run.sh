#!/bin/sh
# Fuzzes what reads foreign bytes, with libFuzzer and the address sanitizer:
#   sh Tests/Fuzz/run.sh [RUNS [SEED]]     a short, repeatable smoke: 20,000 inputs each, seed 1
#   sh Tests/Fuzz/run.sh 0 [SEED]          an hour for each, the corpus of earlier hours included
# What is found is left in .build/fuzz/TARGET-crash-…; the corpus grows in .build/fuzz/TARGET-corpus.
set -eu
cd "$(dirname "$0")/../.."
runs=${1:-20000}
seed=${2:-1}
# A crash is to be reported at once and by the sanitizer, not by a debugger.
export SWIFT_BACKTRACE=enable=no PERMQL_FUZZ=1

# fuzz TARGET SEEDS [SHARE]: SHARE of the inputs, one in so many, for what is slow.
fuzz() {
  target=$1
  seeds=$2
  limit=-runs=$((runs / ${3:-1}))
  [ "$runs" != 0 ] || limit=-max_total_time=3600
  swift build --scratch-path .build/fuzz --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xswiftc -O \
    --product "$target" >.build/fuzz-log 2>&1 || { cat .build/fuzz-log >&2; exit 1; }
  corpus=.build/fuzz/$target-corpus
  dictionary=
  [ ! -f Tests/Fuzz/"$target".dict ] || dictionary=-dict=Tests/Fuzz/"$target".dict
  # A smoke begins with the same inputs each time, so that it is repeatable.
  [ "$runs" = 0 ] || rm -rf "$corpus"
  mkdir -p "$corpus"
  for file in $seeds; do
    head -c 4000 "$file" >"$corpus/seed-$(basename "$file")"
  done
  .build/fuzz/debug/"$target" "$limit" -seed="$seed" -max_len=4096 -timeout=10 \
    -rss_limit_mb=2048 $dictionary -print_final_stats=0 \
    -artifact_prefix=".build/fuzz/$target-" "$corpus" >.build/fuzz-log 2>&1 ||
    { tail -n 40 .build/fuzz-log >&2; exit 1; }
  echo "$target: $(tail -n 1 .build/fuzz-log), nothing found"
}
mkdir -p .build
fuzz FuzzScripts "$(echo samples/*.pql)"
fuzz FuzzImports "$(echo Tests/Fuzz/Imports/Corpus/*)"
# Each opens a store, asks it everything and verifies it.
fuzz FuzzStores "$(echo Tests/Fuzz/Stores/Corpus/*)" 6
