#!/bin/sh
# Fuzzes the lexer, the parser, the printer and the layout with libFuzzer and the address sanitizer.
#
#   sh Tests/Fuzz/language.sh [SECONDS [FOLDER]]
#
# SECONDS: how long, 60 if left out, 0 to build only. FOLDER: where the program, the corpus and
# findings go, .build/fuzz if left out. Ends with the fuzzer's exit status; a finding is left as
# FOLDER/crash-… and can be given to FOLDER/fuzz-language again.
set -eu
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${2:-$root/.build/fuzz}
mkdir -p "$folder/corpus"

build() { # MODULE, then its sources; objects and modules go to the folder
  module=$1
  shift
  swiftc -emit-module -emit-object -whole-module-optimization -O -g -enforce-exclusivity=checked \
    -swift-version 6 -package-name permql -module-name "$module" -parse-as-library \
    -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -sanitize=fuzzer,address -I "$folder" -o "$folder/$module.o" \
    -emit-module-path "$folder/$module.swiftmodule" "$@"
}

build Diagnostics $(find "$root/Sources/Diagnostics" -name '*.swift' | sort)
build Language $(find "$root/Sources/Language" -name '*.swift' | sort)
build FuzzLanguage "$root/Tests/Fuzz/Language/FuzzLanguage.swift"
swiftc -use-ld=lld -sanitize=fuzzer,address -o "$folder/fuzz-language" \
  "$folder/Diagnostics.o" "$folder/Language.o" "$folder/FuzzLanguage.o" -lm

[ "$seconds" -gt 0 ] || exit 0
for script in "$root"/samples/*.pql "$root"/samples/*/*.pql; do
  [ ! -f "$script" ] || cp "$script" "$folder/corpus/"
done
cd "$folder"
SWIFT_BACKTRACE=enable=no exec ./fuzz-language -max_total_time="$seconds" -timeout=10 -max_len=4096 \
  -dict="$root/Tests/Fuzz/language.dict" -print_final_stats=1 corpus
