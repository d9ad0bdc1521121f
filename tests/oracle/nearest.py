"""The table of whole units that is nearest to the product of its margins, each cell rounded down or up: by HiGHS."""

import itertools

import highspy
import numpy


def model(rows: list[int], columns: list[int]):
    """The linear program, and what turns its solution into cells. Its corners are whole numbers (Hoffman, Kruskal)."""
    total, width, height = sum(rows), len(columns), len(rows)
    exact = [divmod(row * column, total) for row, column in itertools.product(rows, columns)]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(exact), height + width
    # A cell that is raised comes nearer by its rest and farther by what its rest lacks.
    lp.col_cost_ = numpy.array([1 - 2 * rest / total for _, rest in exact])
    lp.col_lower_ = numpy.zeros(len(exact))
    lp.col_upper_ = numpy.array([1.0 if rest else 0.0 for _, rest in exact])
    spare = [row - sum(whole for whole, _ in exact[at * width : (at + 1) * width]) for at, row in enumerate(rows)]
    spare += [column - sum(whole for whole, _ in exact[at::width]) for at, column in enumerate(columns)]
    lp.row_lower_ = lp.row_upper_ = numpy.array(spare, dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = numpy.arange(len(exact) + 1) * 2
    lp.a_matrix_.index_ = numpy.array([[at // width, height + at % width] for at in range(len(exact))]).ravel()
    lp.a_matrix_.value_ = numpy.ones(2 * len(exact))
    model = highspy.HighsModel()
    model.lp_ = lp
    return model, lambda raised: [whole + round(more) for (whole, _), more in zip(exact, raised)]


def text(rows: list[int], columns: list[int]) -> str:
    """The same program in the CPLEX LP format, its variables in the order of the cells."""
    built, _ = model(rows, columns)
    lp, width, height = built.lp_, len(columns), len(rows)
    lines = ["Minimize", " obj:"]
    lines += [f" {'-' if cost < 0 else '+'} {abs(cost)!r} x{at}" for at, cost in enumerate(map(float, lp.col_cost_))]
    of_rows = [range(at * width, (at + 1) * width) for at in range(height)]
    of_columns = [range(at, height * width, width) for at in range(width)]
    lines.append("Subject To")
    for at, (cells, spare) in enumerate(zip(of_rows + of_columns, lp.row_lower_)):
        lines.append(f" s{at}:")
        lines += [f" + x{cell}" for cell in cells]
        lines.append(f" = {spare:.0f}")
    lines.append("Bounds")
    lines += [f" 0 <= x{at} <= {most:.0f}" for at, most in enumerate(lp.col_upper_)]
    return "\n".join([*lines, "End"]) + "\n"


def solve(model) -> list[float]:
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(model)
    solver.run()
    return list(solver.getSolution().col_value)


def distance(cells: list[int], rows: list[int], columns: list[int]) -> int:
    """How far a table lies from the product of its margins, over all cells, times the total."""
    total = sum(rows)
    quotas = itertools.product(rows, columns)
    return sum(abs(cell * total - row * column) for cell, (row, column) in zip(cells, quotas))
