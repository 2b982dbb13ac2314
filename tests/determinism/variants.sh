#!/usr/bin/env bash
# Builds the program with g++ and clang++ at -O0 and -O3, compares the fingerprints of some seeds and tests the scenarios against
# their golden results; then one binary with address randomisation off, with a perturbed heap, in another locale, and with one job
# and two. Fails where any differs.
#
#   tests/determinism/variants.sh [SEEDS] [BUILD_FOLDER] [JOBS]
set -euo pipefail
cd "$(dirname "$0")/../.."
seeds=${1:-20}
work=${2:-build/variants}
jobs=${3:-$(nproc)}
scenario=(scenarios/omnichannel-week.json --set nodes.stores=4 --set catalogue.generated=300 --set calendar.to=2026-11-18T00:00:00Z
          --set demand.store_sales_per_day=60 --set channels.web.orders_per_day=200 --set expect={}
          --set 'faults=[{"kind":"loss","target":"*","probability":0.01},{"kind":"duplicate","target":"*","probability":0.01}]')
patterns=(ideal nightly-batch point-to-point polling-hub event-choreography event-orchestrated)

fingerprints() {  # the command that runs the program
  for pattern in "${patterns[@]}"; do
    for seed in $(seq 1 "$seeds"); do
      # A run that breaks an invariant has a fingerprint, too; one without fails the grep.
      { "$@" run "${scenario[@]}" --pattern "$pattern" --seed "$seed" --json 2>/dev/null || true; } | grep '"fingerprint"' | sed "s/^/$pattern $seed/"
    done
  done
}

mkdir -p "$work"
reference=
failed=0
compare() {  # name, file
  if [[ -z $reference ]]; then
    reference=$2
  elif ! cmp -s "$reference" "$2"; then
    echo "DIFFERENT: $1"
    diff "$reference" "$2" | head -5
    failed=1
    return
  fi
  echo "same: $1 ($(wc -l <"$2") runs)"
}

for compiler in g++ clang++; do
  for level in O0 O3; do
    name=$compiler-$level
    command -v "$compiler" >/dev/null || { echo "skipped: $name ($compiler is not installed)"; continue; }
    cmake -S . -B "$work/$name" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-$level" >"$work/$name.log"
    cmake --build "$work/$name" --target omnisim -j "$jobs" >>"$work/$name.log" 2>&1 || { tail -20 "$work/$name.log"; exit 1; }
    fingerprints "$work/$name/omnisim" >"$work/$name.txt"
    compare "$name" "$work/$name.txt"
    if "$work/$name/omnisim" test scenarios --jobs "$jobs" >"$work/$name.test"; then
      echo "same golden results: $name ($(tail -1 "$work/$name.test"))"
    else
      echo "OTHER GOLDEN RESULTS: $name"
      grep -v '^pass' "$work/$name.test" | head -20
      failed=1
    fi
    last=$work/$name/omnisim
  done
done

around() {  # name, command…
  local name=$1
  shift
  fingerprints "$@" "$last" >"$work/$name.txt"
  compare "$name" "$work/$name.txt"
}
around again env
around no-aslr setarch -R
around heap env MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1
around turkish env LC_ALL=tr_TR.UTF-8

list=$(IFS=,; echo "${patterns[*]}")
for j in 1 2; do
  "$last" compare "${scenario[@]}" --patterns "$list" --seeds "$seeds" --jobs "$j" --json >"$work/jobs-$j.json"
done
cmp "$work/jobs-1.json" "$work/jobs-2.json" && echo "same: 1 and 2 jobs" || failed=1
exit $failed
