#!/usr/bin/env bash
# Installs what is missing, and only that: `install.sh build` for `make run` and `make dist`, `install.sh test` for
# `make test` as well, `install.sh check` for the lints alone. A second run finds everything and installs nothing.
#
# What is installed where:
#   the browser's standard library   rustup's toolchain (or Debian's packages: wasm-from-debian.sh)
#   trunk, wasm-bindgen, splitter     $SEXTANT_TOOLS/bin, by default ~/.cache/sextant/bin; ~/.cargo/bin is not touched
#   wasm-opt, the static server      tools/node_modules
#   Playwright, axe                  tests/e2e/node_modules
#   Chromium, ChromeDriver, a CJK font, a C linker   the system, by apt-get
#
# Refuses: to install Rust or Node themselves; to use sudo where it would have to ask and nobody could answer; to
# download a browser, a compiler or a prebuilt tool from anywhere but the package registries.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/system.sh

trunk_version=0.21.14
wasm_bindgen_version="$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)"

need_rust_and_node() {
    command -v cargo >/dev/null || die "Rust is missing: install its stable toolchain with rustup, then run this again."
    command -v npm >/dev/null || die "Node.js with npm is missing: install version 20 or newer, then run this again."
    local node; node="$(node -p 'process.versions.node.split(".")[0]')"
    [ "$node" -ge 20 ] || die "Node.js $node is too old: install version 20 or newer, then run this again."
}

need_linker() {
    command -v cc >/dev/null || apt_install "a C linker, which Rust needs" gcc libc6-dev
}

need_lints() {
    local tool
    for tool in clippy fmt; do
        cargo "$tool" --version >/dev/null 2>&1 && continue
        { command -v rustup >/dev/null && rustup component add clippy rustfmt; } ||
            die "cargo $tool is missing and rustup could not bring it."
    done
}

need_wasm_target() {
    has_wasm_target rustc && return
    say "the wasm32-unknown-unknown target, with rustup"
    if command -v rustup >/dev/null && rustup target add wasm32-unknown-unknown && has_wasm_target rustc; then return; fi
    say "rustup could not bring the target; building it from Debian's packages instead, about a minute"
    tools/wasm-from-debian.sh
    . tools/env.sh # the paths again: from here on Debian's compiler comes first
}

# Both are built from source. Their release profiles optimise for a speed that nobody here would notice and double
# or triple the time, so we lower them: trunk 20 processor-minutes with its fat LTO, 8 without.
cargo_install() { # cargo_install WHAT MINUTES ARGUMENTS...
    local what=$1 minutes=$2; shift 2
    say "$what with cargo, about $minutes minutes on two cores"
    CARGO_TARGET_DIR="$SEXTANT_TOOLS/build" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false \
        cargo install --root "$SEXTANT_TOOLS" "$@" || die "$what could not be installed: cargo's message is above."
    rm -rf "$SEXTANT_TOOLS/build"
}

need_trunk() {
    [ "$(trunk --version 2>/dev/null)" = "trunk $trunk_version" ] && return
    cargo_install "trunk $trunk_version" 5 trunk --version "$trunk_version" --locked --no-default-features --features rustls
}

# Not --locked: this tool's own lock file names a dependency that the registry no longer serves.
need_wasm_bindgen() {
    [ -n "$wasm_bindgen_version" ] || die "Cargo.lock names no version of wasm-bindgen."
    local tool ok=yes
    for tool in wasm-bindgen wasm-bindgen-test-runner; do
        case "$("$tool" --version 2>/dev/null)" in *" $wasm_bindgen_version"*) ;; *) ok=no ;; esac
    done
    [ "$ok" = yes ] && return
    cargo_install "wasm-bindgen $wasm_bindgen_version" 4 wasm-bindgen-cli --version "$wasm_bindgen_version"
}

# What takes parts of the page out of its first download. Its stamp is its lock file: a version that nobody can ask for.
need_split() {
    cmp -s tools/split/Cargo.lock "$SEXTANT_TOOLS/split.lock" && command -v sextant-split >/dev/null && return
    cargo_install "the splitter of the page" 2 --path tools/split --locked --force
    cp tools/split/Cargo.lock "$SEXTANT_TOOLS/split.lock"
}

need_npm() { # need_npm FOLDER WHAT: what its package-lock.json says, exactly
    cmp -s "$1/package-lock.json" "$1/node_modules/.installed" && return
    say "$2, with npm"
    npm ci --prefix "$1" --no-audit --no-fund || die "$2 could not be installed: npm's message is above."
    cp "$1/package-lock.json" "$1/node_modules/.installed"
}

need_browser() {
    local missing=()
    [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
    [ -n "${CHROMEDRIVER:-}" ] || missing+=(chromium-driver)
    fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk)
    [ ${#missing[@]} = 0 ] || apt_install "what the browser tests need" "${missing[@]}"
}

need_crates() {
    cargo fetch --locked --quiet --target wasm32-unknown-unknown --target "$(rustc -vV | sed -n 's/^host: //p')" ||
        die "The Rust packages named in Cargo.lock could not be fetched: cargo's message is above."
}

case "${1:-}" in check | build | test) ;; *) die "Say what for: tools/install.sh check, build or test." ;; esac
need_rust_and_node
need_linker
need_wasm_target
need_crates
[ "$1" = build ] || need_lints
[ "$1" = check ] && exit
need_npm tools "wasm-opt and the static server"
need_wasm_bindgen
need_split
need_trunk
[ "$1" = build ] && exit
need_npm tests/e2e "Playwright and axe"
need_browser
