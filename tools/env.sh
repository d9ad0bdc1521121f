# shellcheck shell=bash
# Sourced by the Makefile's recipes and by the scripts beside it; never run by itself.
# Says where the tools are and which compiler builds for the browser. It installs nothing and changes no file.

here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# The project's own copies of trunk and wasm-bindgen stay out of ~/.cargo/bin, where another version may serve
# another project.
SEXTANT_TOOLS="${SEXTANT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sextant}"
cargo_bin="${CARGO_HOME:-$HOME/.cargo}/bin"
case ":$PATH:" in *":$cargo_bin:"*) ;; *) PATH="$cargo_bin:$PATH" ;; esac

has_wasm_target() { # has_wasm_target RUSTC: does this compiler know the browser's standard library?
    local lib
    lib="$("$1" --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" || return 1
    compgen -G "$lib/libcore-*.rlib" >/dev/null
}

# Where rustup could not bring the target, tools/wasm-from-debian.sh has built it for Debian's compiler. The stamp
# says which compiler that was: a library built by another one would be refused with a page of errors.
debian_stamp=/usr/lib/rustlib/wasm32-unknown-unknown/built-by
debian_has_wasm_target() { [ -f "$debian_stamp" ] && [ "$(cat "$debian_stamp")" = "$(/usr/bin/rustc -V 2>/dev/null)" ]; }
if ! has_wasm_target rustc && debian_has_wasm_target; then PATH="/usr/bin:$PATH"; fi

PATH="$SEXTANT_TOOLS/bin:$here/tools/node_modules/.bin:$PATH"
export PATH SEXTANT_TOOLS
export TRUNK_SKIP_VERSION_CHECK=true PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

# Browser tests: cargo hands the compiled tests to this runner, which drives Chromium as webdriver.json says.
CHROMIUM="${CHROMIUM:-$(command -v chromium || true)}"
CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver || true)}"
for name in CHROMIUM CHROMEDRIVER; do if [ -n "${!name}" ]; then export "${name?}"; else unset "$name"; fi; done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-120}"              # seconds for all tests; 20 if not said
export WASM_BINDGEN_TEST_DRIVER_TIMEOUT="${WASM_BINDGEN_TEST_DRIVER_TIMEOUT:-30}" # for a cold start; 5 if not said
