#!/usr/bin/env bash
# Has other programs read the exported workbooks: LibreOffice works every formula out anew, openpyxl and pandas read and add up.
#
# Installs openpyxl and pandas into tests/workbook/venv, and LibreOffice Calc by apt-get where it can (WITHOUT_OFFICE=1 leaves
# that out and says so). Stops with one sentence where they cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/system.sh
. tools/python.sh

need_python_packages tests/workbook "what reads workbooks in Python"
if [ -z "${WITHOUT_OFFICE:-}" ] && ! command -v soffice >/dev/null; then
    apt_install "the spreadsheet that works formulas out" libreoffice-calc
fi
books="$(mktemp -d)"
trap 'rm -rf "$books"' EXIT
WORKBOOKS="$books" cargo test --locked --quiet --test it workbook::written_for_other_programs -- --ignored
if [ -n "${WITHOUT_OFFICE:-}" ]; then soffice=""; else soffice="$(command -v soffice)"; fi
tests/workbook/venv/bin/python tests/workbook/read.py "$books" ${soffice:+"$soffice"}
