"""How near whole units can come to the product of two margins, by HiGHS.

    python tests/oracle/tables.py COUNT [SEED] > tables.jsonl

Each line holds random margins and the distance of the nearest table. tests/it/oracle.rs compares, to a thousandth.
"""

import json
import random
import sys

import nearest


def random_margins() -> tuple[list[int], list[int]]:
    height, width = random.randint(2, 60), random.randint(2, 60)
    most = 10 ** random.randint(1, 9)
    cells = [[random.randrange(most) for _ in range(width)] for _ in range(height)]
    cells[0][0] += 1  # never nothing at all
    return [sum(row) for row in cells], [sum(column) for column in zip(*cells)]


def main():
    random.seed(int(sys.argv[2]) if 2 < len(sys.argv) else 2027)
    for _ in range(int(sys.argv[1])):
        rows, columns = random_margins()
        model, cells = nearest.model(rows, columns)
        best = cells(nearest.solve(model))
        width = len(columns)
        held = [sum(best[at * width : (at + 1) * width]) for at in range(len(rows))] == rows
        if not held or [sum(best[at::width]) for at in range(width)] != columns:
            raise SystemExit("the solver's table misses its margins")
        print(json.dumps({"rows": rows, "columns": columns, "nearest": str(nearest.distance(best, rows, columns))}))


if __name__ == "__main__":
    main()
