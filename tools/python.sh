# shellcheck shell=bash
# Sourced by the scripts beside it that run Python: its packages are installed in a folder of their own, never system-wide.

need_python_packages() { # need_python_packages FOLDER WHAT: what FOLDER/requirements.txt says, into FOLDER/venv
    cmp -s "$1/requirements.txt" "$1/venv/.installed" && return
    command -v python3 >/dev/null || die "Python is missing: install version 3.10 or newer, then run this again."
    say "$2, with pip"
    { python3 -m venv "$1/venv" && "$1/venv/bin/pip" install --quiet --requirement "$1/requirements.txt"; } ||
        die "$2 could not be installed: the message is above."
    cp "$1/requirements.txt" "$1/venv/.installed"
}
