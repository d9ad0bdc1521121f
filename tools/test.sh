#!/usr/bin/env bash
# All that a change must pass, cheapest first: `test.sh check` stops after the lints, `test.sh` goes on to the journeys.
# Stops at the first stage that fails and says which; every stage says how long it took. Ends with the counts.
#
# Refuses nothing and installs nothing: that is install.sh's part.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. tools/env.sh

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
begun=$(date +%s) passed=0 failed=0 skipped=0

# The closing lines of cargo test, of wasm-bindgen's runner (the same) and of tests/e2e/support/closing.mjs.
tally() { sed -nE "s/^(test result|journeys):.*[^0-9]([0-9]+) $1.*/\2/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
count() {
    passed=$((passed + $(tally passed))) failed=$((failed + $(tally failed)))
    skipped=$((skipped + $(tally ignored) + $(tally skipped)))
}
closing() {
    [ $((passed + failed + skipped)) = 0 ] || printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
}

stage() { # stage NAME COMMAND...
    local name=$1 start seconds status
    shift
    start=$(date +%s)
    printf '\n=== %s\n' "$name"
    "$@" | tee "$log"
    status=${PIPESTATUS[0]}
    seconds=$(($(date +%s) - start))
    count
    if [ "$status" != 0 ]; then
        printf '=== stopped: %s failed after %s s\n' "$name" "$seconds" >&2
        closing
        exit 1
    fi
    printf '=== %s: %s s\n' "$name" "$seconds"
}

stage "formatting" cargo fmt --all --check
stage "licences, sources and known faults" tools/supply.sh
stage "lints" cargo clippy --locked --all-targets -- -D warnings
stage "lints, as compiled for the browser" cargo clippy --locked --target wasm32-unknown-unknown --lib --bins --test web -- -D warnings
[ "${1:-}" = check ] && exit
stage "native tests" cargo test --locked
stage "browser tests" cargo test --locked --target wasm32-unknown-unknown --test web
stage "release build" make --no-print-directory dist
stage "journeys" npm test --prefix tests/e2e
printf '=== everything: %s s\n' "$(($(date +%s) - begun))"
closing
