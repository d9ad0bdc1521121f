#!/usr/bin/env bash
# Times the engine: alone with criterion, then beside other programs on the same work, taking turns with them; that table
# goes to docs/performance.md. Then times the sheet in a browser, and what a visit costs. `bench.sh peers` is the second part
# alone, `bench.sh sheet` the third. `bench.sh links` measures links instead, in characters: the table of docs/links.md.
#
# Installs the peers, and only into benches/peers: node_modules and venv there, both outside version control and outside the
# page (one of them is under the GPL, one is free for evaluation alone). Stops with one sentence where they cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/system.sh
. tools/python.sh

need_sheets() {
    cmp -s benches/peers/package-lock.json benches/peers/node_modules/.installed && return
    say "the spreadsheets and the packer of links that ours are held against, with npm"
    npm ci --prefix benches/peers --no-audit --no-fund || die "They could not be installed: npm's message is above."
    cp benches/peers/package-lock.json benches/peers/node_modules/.installed
}

time_sheet() {
    tools/install.sh test
    make --no-print-directory dist
    node benches/sheet.mjs --write ${QUICK:+--quick}
    node benches/visit.mjs --write
}

measure_links() {
    plans="$(mktemp -d)"
    trap 'rm -rf "$plans"' EXIT
    cargo run --locked --quiet --example links -- "$plans" | node benches/peers/links.mjs "$plans"
}

command -v npm >/dev/null || die "Node.js with npm is missing: install version 20 or newer, then run this again."
need_sheets
[ "${1:-}" != sheet ] || { time_sheet; exit; }
[ "${1:-}" != links ] || { measure_links; exit; }
need_python_packages benches/peers "the Python packages that ours is timed against"
[ "${1:-}" = peers ] || cargo bench --locked --bench engine
cargo build --locked --profile bench --example kernel
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-C target-feature=+simd128" \
    cargo build --locked --profile bench --target wasm32-unknown-unknown --example kernel-wasm
target="$(cargo metadata --no-deps --format-version 1 | sed -E 's/.*"target_directory":"([^"]*)".*/\1/')"
# Memory that is given back by one run is kept for the next.
export MALLOC_TRIM_THRESHOLD_=1000000000 MALLOC_MMAP_THRESHOLD_=1000000000
tools/chance.sh "$target/chance.wasm"
benches/peers/venv/bin/python benches/side_by_side.py "$target/release/examples/kernel" \
    "$target/wasm32-unknown-unknown/release/examples/kernel_wasm.wasm" "$target/chance.wasm" ${QUICK:+--quick}
time_sheet
