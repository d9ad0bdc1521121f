#!/usr/bin/env bash
# Compiles the kernel of chance as a small module of its own, for speed and with 128-bit instructions: `chance.sh FILE`.
# The page is compiled for size; this is what its worker runs (src/page/chance.js). Trunk calls it for every build.
set -euo pipefail
cd "$(dirname "$0")/.."
out="${1:-${TRUNK_STAGING_DIR:?say where to: chance.sh FILE}/chance.wasm}"
rustc --edition 2024 --crate-name chance --crate-type cdylib --target wasm32-unknown-unknown \
    -C opt-level=3 -C target-feature=+simd128 -C panic=abort -C lto=fat -C codegen-units=1 -C strip=symbols \
    -o "$out" src/page/chance.rs
