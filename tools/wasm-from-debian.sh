#!/usr/bin/env bash
# The way out where rustup's server does not answer: builds the standard library for wasm32-unknown-unknown with the
# compiler that Debian 12 ships for its browsers (rustc-web, beside rustup's, in /usr/bin), and leaves it where that
# compiler looks. tools/env.sh then puts /usr/bin first, so that one compiler does everything but formatting.
#
# Needs root (or sudo) and the registry of Rust packages. Refuses: any system without those Debian packages.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/system.sh
debian_has_wasm_target && exit

packages=(rustc-web cargo-web rust-web-src rust-web-clippy)
dpkg -s "${packages[@]}" >/dev/null 2>&1 || apt_install "Debian's Rust, with the sources of its standard library" "${packages[@]}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Bitcode, because the release profile links with LTO; the bootstrap switch, because -Z is for nightly compilers.
mkdir "$work/src"
printf '[package]\nname = "empty"\nedition = "2021"\n[profile.release]\nopt-level = 3\n[workspace]\n' >"$work/Cargo.toml"
: >"$work/src/lib.rs"
(cd "$work" && PATH="/usr/bin:$PATH" CARGO_TARGET_DIR="$work/target" RUSTFLAGS=-Cembed-bitcode=yes RUSTC_BOOTSTRAP=1 \
    /usr/bin/cargo build --quiet --release -Z build-std=std,panic_abort,test --target wasm32-unknown-unknown) ||
    die "Debian's compiler could not build the wasm32-unknown-unknown library: cargo's message is above."

# The library, then the linker: Debian's packages have none for wasm, rustup's toolchain has.
library=/usr/lib/rustlib/wasm32-unknown-unknown/lib
as_root rm -rf "$(dirname "$library")"
as_root mkdir -p "$library"
rm -f "$work"/target/wasm32-unknown-unknown/release/deps/libempty-*
as_root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$library/"
host="$(/usr/bin/rustc -vV | sed -n 's/^host: //p')"
if [ ! -x "/usr/lib/rustlib/$host/bin/rust-lld" ]; then
    linker="$(rustup which rustc 2>/dev/null | sed 's|/bin/rustc$||')/lib/rustlib/$host/bin/rust-lld"
    [ -x "$linker" ] || die "No linker for wasm: rustup's toolchain has no rust-lld, and Debian's has none either."
    as_root mkdir -p "/usr/lib/rustlib/$host/bin"
    as_root ln -sf "$linker" "/usr/lib/rustlib/$host/bin/rust-lld"
fi
/usr/bin/rustc -V | as_root tee "$debian_stamp" >/dev/null
