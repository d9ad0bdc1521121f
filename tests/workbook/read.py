"""Exported workbooks and tables, read by programs that are not ours.

    python tests/workbook/read.py FOLDER [SOFFICE]

FOLDER holds, by number, a workbook, the same table as CSV, and what should be in them (tests/it/workbook.rs writes all three).
The values that are kept with the formulas are taken out of a copy, so that LibreOffice, where it is given, has to work every
one of them out; then each number of each table is compared with the plan's, to the last unit. openpyxl reads the values that we
keep, pandas adds up the leaves. Prints one line; ends with status 1 at the first number that is another one.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas

CACHED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")


def number(value: object) -> Decimal:
    """What a program shows of a float: fifteen digits."""
    return Decimal(f"{value:.15g}")


def without_values(source: Path, target: Path) -> int:
    """A copy in which no formula has a value yet. Returns how many formulas there are."""
    formulas = 0
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in book.namelist():
            text = book.read(entry).decode()
            if entry.startswith("xl/worksheets/"):
                text, found = CACHED.subn(r"\1", text)
                formulas += found
            copy.writestr(entry, text)
    return formulas


def compare(book: openpyxl.Workbook, expected: dict, who: str) -> int:
    compared = 0
    for sheet, cells in expected["tables"].items():
        for place, amount, _ in cells:
            value = book[sheet][place].value
            if value is None or number(value) != Decimal(amount):
                sys.exit(f"{who}: {sheet}!{place} is {value}, the plan has {amount}")
            compared += 1
    return compared


def recalculated(soffice: str, copies: list[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out", *copies]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def added_up(table: pandas.DataFrame, expected: dict, who: str) -> None:
    """The leaves of the first table, by the columns of the shortest periods, make the whole."""
    cells = next(iter(expected["tables"].values()))
    leaves = [openpyxl.utils.cell.coordinate_from_string(place) for place, _, is_leaf in cells if is_leaf]
    column = openpyxl.utils.column_index_from_string
    total = sum((number(table.iloc[row - 2, column(letters) - 1]) for letters, row in leaves), Decimal(0))
    if total != Decimal(expected["total"]):
        sys.exit(f"{who}: the leaves come to {total}, the plan to {expected['total']}")


def main() -> None:
    source, soffice = Path(sys.argv[1]), sys.argv[2] if 2 < len(sys.argv) else ""
    books = sorted(source.glob("*.xlsx"))
    formulas = compared = again = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = []
        for path in books:
            expected = json.loads(path.with_suffix(".json").read_text())
            compared += compare(openpyxl.load_workbook(path, data_only=True), expected, f"openpyxl, {path.name}")
            added_up(pandas.read_excel(path, sheet_name=0), expected, f"pandas, {path.name}")
            added_up(pandas.read_csv(path.with_suffix(".csv")), expected, f"pandas, {path.stem}.csv")
            copies.append(folder / path.name)
            formulas += without_values(path, copies[-1])
        if soffice:
            recalculated(soffice, copies, folder)
            for copy in copies:
                expected = json.loads((source / copy.with_suffix(".json").name).read_text())
                book = openpyxl.load_workbook(folder / "out" / copy.name, data_only=True)
                again += compare(book, expected, f"LibreOffice, {copy.name}")
                checks = [row[1] for row in book[expected["about"]].iter_rows(values_only=True) if row[1] == 0]
                if len(checks) < len(expected["tables"]):
                    sys.exit(f"LibreOffice, {copy.name}: a check is not zero")
    how = f"worked out anew by LibreOffice: {again} the same" if soffice else "LibreOffice is not here: not worked out anew"
    print(f"{len(books)} workbooks, {compared} numbers as the plans have them, {formulas} formulas; {how}")


if __name__ == "__main__":
    main()
