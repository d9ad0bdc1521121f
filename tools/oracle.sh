#!/usr/bin/env bash
# Works out thousands of plans in exact fractions, hundreds of tables with a solver and thousands of trees with
# hierarchicalforecast, and compares the engine with them: PLANS=10000 TABLES=200 TREES=2000 SEED=2027 unless said otherwise.
# The native tests do the same with the few that are kept in tests/oracle, where Python is not needed.
#
# Installs those two, and only into tests/oracle/venv. Stops with one sentence where they cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/system.sh
. tools/python.sh

need_python_packages tests/oracle "the solver that tables are compared with, and what trees are"
answers="$(mktemp -d)"
trap 'rm -rf "$answers"' EXIT
python=tests/oracle/venv/bin/python
say() { printf 'oracle: %s\n' "$*"; }

say "${PLANS:=10000} plans in fractions, ${TABLES:=200} tables by the solver, ${TREES:=2000} trees, from seed ${SEED:=2027}"
"$python" tests/oracle/plans.py "$PLANS" "$SEED" >"$answers/plans.jsonl"
"$python" tests/oracle/tables.py "$TABLES" "$SEED" >"$answers/tables.jsonl"
"$python" tests/oracle/trees.py "$TREES" "$SEED" >"$answers/trees.jsonl"
ORACLE_PLANS="$answers/plans.jsonl" ORACLE_TABLES="$answers/tables.jsonl" ORACLE_TREES="$answers/trees.jsonl" \
    cargo test --locked --test it oracle:: -- --nocapture
