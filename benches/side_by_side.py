"""The engine beside other programs on the same work, and docs/performance.md written from it.

    python benches/side_by_side.py KERNEL MODULE YEARS [--quick]

KERNEL is the program that examples/kernel compiles to, MODULE the same as WebAssembly, YEARS what tools/chance.sh compiles. Runs take turns, ours and the peer's, so that whatever else the
machine does meets both alike; a row gives the median of each and their ratio. What comes out is added up here, in whole
numbers, whoever made it.
"""

import contextlib
import dataclasses
import itertools
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests" / "oracle"))  # where the solver's model of a table is
import nearest  # noqa: E402
REPORT = HERE.parent / "docs" / "performance.md"
ENOUGH = 2_000_000  # nanoseconds: a run is repeated until it lasts so long
WARM = 300_000_000  # nanoseconds that each runs before it is timed
START = Callable[[], "Worker"]  # starts our kernels, whatever they are compiled to
WHOLE = 123_456_789_012  # what is divided: a billion and more, in cents


class Worker:
    """A program that is told line by line what to load and how often to run it."""

    def __init__(self, *command: str, **environment: str):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, **pipes)

    def say(self, *words: object) -> str:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        answer = self.process.stdout.readline().strip()
        if not answer:
            raise SystemExit(f"{self.process.args[0]} stopped at: {' '.join(map(str, words))}")
        return answer

    def timed(self, command: str = "run") -> Callable[[int], int]:
        return lambda times: int(self.say(command, times))

    def answer(self) -> list[int]:
        with tempfile.NamedTemporaryFile("r") as file:
            self.say("answer", file.name)
            return [int(float(it)) for it in file.read().split()]

    def memory(self, command: str) -> int:
        """The most bytes that it held during a command beyond what it held before."""
        files = pathlib.Path(f"/proc/{self.process.pid}")
        (files / "clear_refs").write_text("5")  # the peak is now what is held
        peak = lambda: next(it for it in (files / "status").read_text().splitlines() if it.startswith("VmHWM"))
        held = int(peak().split()[1])
        self.say(command, 1)
        return (int(peak().split()[1]) - held) * 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def timed(function: Callable[[], object]) -> Callable[[int], int]:
    """The same for a function of Python."""

    def run(times: int) -> int:
        begun = time.perf_counter_ns()
        for _ in range(times):
            function()
        return time.perf_counter_ns() - begun

    return run


@dataclasses.dataclass
class Row:
    work: str  # its number among the goals first
    ours: float  # nanoseconds
    ours_exact: str
    peer: str
    theirs: float
    theirs_exact: str
    goal: float | None  # so many times as fast

    def line(self) -> str:
        ratio = self.theirs / self.ours
        goal = "" if self.goal is None else f"{self.goal:g} {'reached' if self.goal <= ratio else '**missed**'}"
        return (
            f"| {self.work} | {duration(self.ours)} | {self.ours_exact} | {self.peer} | {duration(self.theirs)} "
            f"| {self.theirs_exact} | {figure(ratio)} | {goal} |"
        )


def duration(nanoseconds: float) -> str:
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if size <= nanoseconds:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def figure(ratio: float) -> str:
    return f"{ratio:,.0f}" if 100 <= ratio else f"{ratio:.2g}"


def interleaved(ours: Callable[[int], int], theirs: Callable[[int], int], rounds: int) -> tuple[float, float]:
    """The median nanoseconds of one run of each, taken in turns."""
    runs = [ours, theirs]
    for run in runs:  # not counted: whatever is compiled or cached at first, of which node compiles what is run often again
        warmed = run(3)
        while warmed < WARM:
            warmed += run(1)
    times = [max(1, min(1000, ENOUGH // max(1, run(1)))) for run in runs]
    taken = [[run(many) / many for run, many in zip(runs, times)] for _ in range(rounds)]
    one, other = zip(*taken)
    return statistics.median(one), statistics.median(other)


def write(lines: list[list[int]]) -> str:
    file = tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, dir=SCRATCH.name)
    file.write("\n".join(" ".join(map(str, line)) for line in lines) + "\n")
    file.close()
    return file.name


def off(parts, whole: int) -> str:
    by = abs(sum(int(it) for it in parts) - whole)
    return "exact" if by == 0 else f"{by} off"


def off_both(cells: list[int], rows: list[int], columns: list[int]) -> str:
    width = len(columns)
    by = sum(abs(sum(cells[at * width : (at + 1) * width]) - row) for at, row in enumerate(rows))
    by += sum(abs(sum(cells[at::width]) - column) for at, column in enumerate(columns))
    return "exact" if by == 0 else f"{by} off"


# ---- The rows ----


def tree_rows(kernel: START, rounds: int):
    """A tree of 10 x 10 x 100 leaves whose total changes, or one of its weights, beside the same tree as a sheet of formulas."""
    random.seed(1)
    weights = lambda many: [random.randint(1, 1000) for _ in range(many)]
    file = write([[WHOLE], [10, 10, 100], weights(10), weights(100), weights(10_000)])
    ours, flat, kept, plan = kernel(), kernel(), kernel(), kernel()
    ours.say("load", "tree", file), kept.say("load", "weight", file), plan.say("load", "reweighed", file)
    bounded, bounded_exact = bounded_work(flat, 10_000)
    for name, goal in (("HyperFormula", 150), ("IronCalc", 800)):
        sheet = Worker("node", str(HERE / "peers" / "sheets.mjs"))
        sheet.say("load", name, file)
        exact, theirs_exact = off(ours.answer(), WHOLE), off(sheet.answer(), WHOLE)
        few = rounds if name == "HyperFormula" else max(5, rounds // 3)
        peer = f"{name}, its formulas rounded"
        one, other = interleaved(ours.timed(), sheet.timed(), few)
        yield Row("1. Tree of 10 x 10 x 100, new total", one, exact, peer, other, theirs_exact, goal)
        if name == "HyperFormula":
            one, other = interleaved(flat.timed(), sheet.timed(), few)
            work = "2. 10,000 siblings, floors, caps and locks on 30 %, new total"
            yield Row(work, one, bounded_exact, f"{name}, the tree above without bounds", other, theirs_exact, 70)
            one, other = interleaved(kept.timed(), sheet.timed("weight"), few)
            again_exact = off(kept.answer(), WHOLE)
            work = "4. One weight of the tree changed"
            yield Row(work, one, again_exact, f"{name}, incremental", other, theirs_exact, 100)
            one, other = interleaved(plan.timed(), sheet.timed("weight"), few)
            work = "4. The same of a plan with that tree, and all that follows from it"
            yield Row(work, one, off(plan.answer(), WHOLE), f"{name}, incremental", other, theirs_exact, None)
        sheet.close()
    for worker in (ours, flat, kept, plan):
        worker.close()


def bounds(many: int) -> tuple[list[int], list[int], list[int]]:
    """Weights, floors and caps: a tenth of the members each with a floor, a cap and a lock near their share."""
    weights = [random.randint(1, 1000) for _ in range(many)]
    rate = WHOLE // sum(weights)
    floors, caps = [0] * many, [1 << 53] * many
    for at, kind in enumerate(random.choices(("free", "floor", "cap", "lock"), (7, 1, 1, 1), k=many)):
        share = rate * weights[at]
        if kind in ("floor", "lock"):
            floors[at] = share * random.randint(80, 120) // 100
        if kind in ("cap", "lock"):
            caps[at] = floors[at] if kind == "lock" else share * random.randint(80, 120) // 100
    return weights, floors, caps


def bounded_work(worker: Worker, many: int) -> tuple[tuple, str]:
    weights, floors, caps = bounds(many)
    worker.say("load", "bounded", write([[WHOLE], weights, floors, caps]))
    parts = worker.answer()
    inside = all(floor <= part <= cap for floor, part, cap in zip(floors, parts, caps))
    return (weights, floors, caps), off(parts, WHOLE) if inside else "out of bounds"


def apportion_rows(kernel: START, rounds: int):
    import numpy
    from apportionment import methods

    random.seed(3)
    weights = [random.randint(1, 1000) for _ in range(10_000)]
    seats = 1_000_000
    ours = kernel()
    ours.say("load", "tree", write([[seats], [len(weights)], weights]))
    exact = off(ours.answer(), seats)
    array = numpy.array(weights, dtype=numpy.int64)

    def with_numpy():
        product = array * seats
        whole = int(array.sum())
        parts = product // whole
        spare = seats - int(parts.sum())
        rests = product - parts * whole
        parts[numpy.argpartition(-rests, spare)[:spare]] += 1
        return parts

    parties = [str(it) for it in range(len(weights))]

    def with_package(fractions: bool):
        return methods.compute("largest_remainder", weights, seats, fractions=fractions, parties=parties, verbose=False)

    peers = (
        ("numpy, int64 and argpartition", with_numpy, 1, rounds),
        ("apportionment, floats", lambda: with_package(False), 800, rounds),
        ("apportionment, fractions", lambda: with_package(True), 3000, max(5, rounds // 2)),
    )
    for peer, function, goal, many in peers:
        one, other = interleaved(ours.timed(), timed(function), many)
        theirs_exact = off(function(), seats)
        yield Row("3. 10,000 claimants, 1,000,000 units", one, exact, peer, other, theirs_exact, goal)
    ours.close()


def quadratic_rows(kernel: START, rounds: int):
    """The bounded split as what it is in the continuum: least squares by weight under bounds."""
    import highspy
    import numpy

    random.seed(5)
    ours = kernel()
    (weights, floors, caps), exact = bounded_work(ours, 1000)
    scale = 1e6  # a solver wants numbers near to one

    def with_highs():
        model = highspy.HighsModel()
        many = len(weights)
        lp = model.lp_
        lp.num_col_, lp.num_row_ = many, 1
        lp.col_cost_ = numpy.zeros(many)
        lp.col_lower_ = numpy.array(floors) / scale
        lp.col_upper_ = numpy.minimum(numpy.array(caps, dtype=float), WHOLE) / scale
        lp.row_lower_ = lp.row_upper_ = numpy.array([WHOLE / scale])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = numpy.array([0, many])
        lp.a_matrix_.index_ = numpy.arange(many)
        lp.a_matrix_.value_ = numpy.ones(many)
        hessian = model.hessian_
        hessian.dim_ = many
        hessian.format_ = highspy.HessianFormat.kTriangular
        hessian.start_ = numpy.arange(many + 1)
        hessian.index_ = numpy.arange(many)
        hessian.value_ = 1 / numpy.array(weights, dtype=float)
        return nearest.solve(model)

    one, other = interleaved(ours.timed(), timed(with_highs), max(3, rounds // 4))
    theirs = off([round(it * scale) for it in with_highs()], WHOLE)
    yield Row("5. 1,000 siblings under bounds", one, exact, "HiGHS, quadratic program", other, f"{theirs} once rounded", 5000)
    ours.close()


def margins(height: int, width: int, most: int, empty: int = 0) -> tuple[list[int], list[int], list[int]]:
    """The cells of a random table, `empty` per cent of them nothing, and its margins."""
    cells = [0 if random.randrange(100) < empty else random.randrange(1, most) for _ in range(height * width)]
    rows = [sum(cells[at * width : (at + 1) * width]) for at in range(height)]
    return cells, rows, [sum(cells[at::width]) for at in range(width)]


def fit_rows(kernel: START, rounds: int):
    """A table of 500 x 200 with a fifth of its cells empty for good: fitted to its margins."""
    import numpy
    from ipfn import ipfn

    random.seed(6)
    cells, rows, columns = margins(500, 200, 1_000_000, empty=20)
    ours = kernel()
    caps = [0 if cell == 0 else 1 << 53 for cell in cells]
    file = write([rows, columns, [0] * len(cells), caps])
    down, across = numpy.array(rows, dtype=float), numpy.array(columns, dtype=float)
    seeds = numpy.outer(down, across) / down.sum() * (numpy.array(cells).reshape(500, 200) != 0)

    # Each returns what it made and how many sweeps that took.
    def with_ipfn():
        fit = ipfn.ipfn(seeds.copy(), [down, across], [[0], [1]], convergence_rate=1e-9, rate_tolerance=0, verbose=2)
        with contextlib.redirect_stdout(None):  # it says each time that it is done
            table, _, sweeps = fit.iteration()
        return table, len(sweeps)

    def in_place():
        table = seeds.copy()
        for sweep in itertools.count(1):
            table *= (down / table.sum(axis=1))[:, None]
            sums = table.sum(axis=0)
            table *= across / sums
            if numpy.abs(sums / across - 1).max() < 1e-9:
                return table, sweep

    def by_factors():
        factors = numpy.ones(200)
        for sweep in itertools.count(1):
            of_rows = down / (seeds @ factors)
            sums = of_rows @ seeds
            if numpy.abs(sums * factors / across - 1).max() < 1e-9:
                return seeds * of_rows[:, None] * factors, sweep
            factors = across / sums

    ours.say("load", "scaled", file)
    our_sweeps = int(ours.say("sweeps"))
    peers = (("ipfn", with_ipfn, 60), ("numpy in place", in_place, 2.5), ("numpy, two products a sweep", by_factors, 1))
    for peer, function, goal in peers:
        sweeps = function()[1]
        one, other = interleaved(ours.timed(), timed(function), rounds)
        work = f"6. Table of 500 x 200, a fifth of the cells empty, fitted: a cell and sweep ({our_sweeps} and {sweeps} of them)"
        each = (one / len(cells) / our_sweeps, "real numbers", f"{peer}, to 1e-9", other / len(cells) / sweeps)
        yield Row(work, *each, "real numbers", goal)
    ours.say("load", "fitted", file)
    exact = off_both(ours.answer(), rows, columns)
    one, other = interleaved(ours.timed(), timed(with_ipfn), rounds)
    work = "6. The same, fitted and rounded, as a whole"
    yield Row(work, one, exact, "ipfn, fitted to 1e-9", other, "real numbers", None)
    ours.close()


def rounding_rows(kernel: START, rounds: int):
    """A table of 200 x 52 in proportion to its margins, in whole units: controlled rounding."""
    random.seed(7)
    _, rows, columns = margins(200, 52, 1_000_000)
    ours = kernel()
    ours.say("load", "product", write([rows, columns]))
    cells = ours.answer()
    model, whole = nearest.model(rows, columns)
    one, other = interleaved(ours.timed(), timed(lambda: nearest.solve(model)), max(5, rounds // 2))
    best = whole(nearest.solve(model))
    gap = nearest.distance(cells, rows, columns) / nearest.distance(best, rows, columns) - 1
    work = f"7. Table of 200 x 52 rounded, both margins; ours {gap:.3%} farther than the best"
    theirs = off_both(best, rows, columns)
    yield Row(work, one, off_both(cells, rows, columns), "HiGHS, linear program", other, theirs, 150)
    ours.close()


def solver_rows(kernel: START, rounds: int):
    """The same table beside the same solver where a browser would run it. It takes its model as a text: reading that is timed
    by itself, and taken off."""
    random.seed(7)
    _, rows, columns = margins(200, 52, 1_000_000)
    ours = kernel()
    ours.say("load", "product", write([rows, columns]))
    cells = ours.answer()
    solver = Worker("node", str(HERE / "peers" / "solver.mjs"))
    with tempfile.NamedTemporaryFile("w", suffix=".lp", dir=SCRATCH.name) as file:
        file.write(nearest.text(rows, columns))
        file.flush()
        solver.say("load", file.name)
        _, whole = nearest.model(rows, columns)
        best = whole(solver.answer())
    few = max(5, rounds // 3)
    one, other = interleaved(ours.timed(), solver.timed(), few)
    _, read = interleaved(ours.timed(), solver.timed("read"), few)
    gap = nearest.distance(cells, rows, columns) / nearest.distance(best, rows, columns) - 1
    work = f"7. The same; ours {gap:.3%} farther than the best"
    peer = "HiGHS as WebAssembly, linear program, already read"
    yield Row(work, one, off_both(cells, rows, columns), peer, other - read, off_both(best, rows, columns), 150)
    solver.close()
    ours.close()


def reconcile_rows(kernel: START, rounds: int):
    """A tree of 10 x 10 x 10 whose numbers do not add up, each as uncertain as it has leaves."""
    import numpy
    import scipy.sparse
    from hierarchicalforecast.methods import MinTrace, MinTraceSparse

    random.seed(11)
    leaves = [1000] + [100] * 10 + [10] * 100 + [1] * 1000
    parents = [0] + [0] * 10 + [1 + at // 10 for at in range(100)] + [11 + at // 10 for at in range(1000)]
    own = [many * random.randrange(900_000, 1_100_000) for many in leaves]
    sums = numpy.zeros((len(leaves), 1000))
    sums[-1000:] = numpy.eye(1000)
    for at in range(len(leaves) - 1, 0, -1):
        sums[parents[at]] += sums[at]
    said = numpy.array(own, dtype=float)[:, None]
    sparse = scipy.sparse.csr_matrix(sums)
    ours = kernel()
    file = write([parents, own, leaves])
    peers = (
        ("sparse", lambda: MinTraceSparse(method="wls_struct").fit_predict(S=sparse, y_hat=said), 50),
        ("dense", lambda: MinTrace(method="wls_struct").fit_predict(S=sums, y_hat=said), 1000),
    )
    ours.say("load", "reconciled", file)
    for name, function, goal in peers:
        one, other = interleaved(ours.timed(), timed(function), rounds)
        peer = f"hierarchicalforecast, {name}"
        yield Row("11. Tree of 1,111 nodes reconciled", one, "real numbers", peer, other, "real numbers", goal)
    ours.say("load", "reconcile", file)
    units = ours.answer()
    by = sum(abs(unit - sum(it for it, above in zip(units[1:], parents[1:]) if above == at)) for at, unit in enumerate(units[:111]))
    one, other = interleaved(ours.timed(), timed(peers[0][1]), rounds)
    work = "11. The same, in whole units"
    yield Row(work, one, "exact" if by == 0 else f"{by} off", "hierarchicalforecast, sparse", other, "real numbers", None)
    ours.close()


def deals(many: int, years: int) -> tuple[str, list[list[int]]]:
    """Deals that are won or not, and of a lognormal size: chances and spreads in thousandths."""
    lines = [[2027, years], *zip(*((100 + 40 * at, 5_000 + 1_500 * at, 300 + 30 * at) for at in range(many)))]
    return write(lines), lines[1:]


def chance_rows(kernel: START, rounds: int):
    """100,000 years of 20 deals, and three quantiles of what they bring."""
    import numpy

    years = 100_000
    file, columns = deals(20, years)
    chances, middles, spreads = (numpy.array(it) for it in columns)
    random_numbers = numpy.random.Generator(numpy.random.PCG64(2027))

    def with_numpy():
        total = numpy.zeros(years)
        for chance, middle, spread in zip(chances / 1000, middles, spreads / 1000):
            sizes = middle * numpy.exp(spread * random_numbers.standard_normal(years))
            total += numpy.where(random_numbers.random(years) < chance, sizes, 0)
        return numpy.quantile(total, (0.1, 0.5, 0.9), method="inverted_cdf")

    ours = kernel()
    ours.say("load", "chance", file)
    peers = [("numpy, PCG64 and its own normals", timed(with_numpy), with_numpy, 1.8, None)]
    for kind, peer, goal in (("plain", "plain JavaScript in node, typed arrays", 3), ("squiggle", "Squiggle in node", 15)):
        worker = Worker("node", str(HERE / "peers" / "chance.mjs"))
        worker.say("load", kind, file)
        peers.append((peer, worker.timed(), worker.answer, goal, worker))
    said = lambda thirds: " / ".join(f"{round(it):,}" for it in thirds)
    work = "8. 100,000 years of 20 deals, and what a bad, a middling and a good one bring"
    for peer, run, answer, goal, worker in peers:
        one, other = interleaved(ours.timed(), run, max(5, rounds // 2))
        yield Row(work, one, said(ours.answer()), peer, other, said(answer()), goal)
        if worker:
            worker.close()
    factors = kernel()
    factors.say("load", "tornado", file)
    base, *bars = factors.answer()
    one, other = interleaved(factors.timed(), ours.timed(), rounds)
    # So many times as fast as one of three simulations: the goal is reached from 1 on.
    work = "10. Each of the 20 chances a tenth lower and higher, by the same draws"
    exact = f"reached in {base:,}, {min(bars):,} to {max(bars):,}"
    yield Row(work, one, exact, "three times the years above", 3 * other, "", 1)
    ours.close(), factors.close()


def worker_rows(module: str, rounds: int):
    """The same by the page's own module in workers of node: two beside one."""
    file, _ = deals(20, 100_000)
    both = Worker("node", str(HERE / "peers" / "chance.mjs"))
    both.say("load", "workers", file, module)
    bits = both.answer()
    exact = "the same bits" if bits[:3] == bits[3:] else "**other bits**"
    two, one = interleaved(both.timed("two"), both.timed(), rounds)
    yield Row("9. The years of row 8 by two workers", two, exact, "by one worker", one, "", 1.7)
    both.close()


# ---- How it grows ----


def growth(kernel: str, rounds: int):
    """(leaves, nanoseconds a leaf, bytes a leaf beyond the answer, nanoseconds a leaf of a whole plan): of a tree in groups of
    a hundred, and of everything that follows from a plan of people in teams of ten over a year."""
    for leaves in (1_000, 10_000, 100_000, 1_000_000):
        random.seed(leaves)
        weights = lambda many: [random.randint(1, 1000) for _ in range(many)]
        file = write([[WHOLE], [leaves // 100, 100], weights(leaves // 100), weights(leaves)])
        # Large pieces of memory go back to the system at once, so that what one command held can be told from the next.
        worker = Worker(kernel, MALLOC_MMAP_THRESHOLD_="65536", MALLOC_TRIM_THRESHOLD_="131072")
        worker.say("load", "tree", file)
        bytes_a_leaf = worker.memory("run") / leaves - 8
        worker.close()
        tree = alone(kernel, "tree", file, rounds)
        # A plan holds 20,000 nodes a tree; five times that is as far as this goes.
        plan = alone(kernel, "people", write([[leaves]]), max(3, rounds // 4)) / leaves if leaves <= 100_000 else None
        yield leaves, tree / leaves, bytes_a_leaf if 100_000 <= leaves else None, plan


def edits(start: START, rounds: int):
    """(people, what is edited, nanoseconds of what follows from the whole plan, and of what follows from the edit)."""
    for people in (1_000, 10_000):
        file = write([[people]])
        whole = start()
        whole.say("load", "people", file)
        for kind, edit in (("people-weight", "one weight"), ("people-number", "one number typed")):
            again = start()
            again.say("load", kind, file)
            yield people, edit, *interleaved(whole.timed(), again.timed(), max(3, rounds // 2))
            again.close()
        whole.close()


def number(value: float | None) -> str:
    return "" if value is None else f"{max(0, value):,.0f}"


def alone(kernel: str, kind: str, file: str, rounds: int) -> float:
    """The median nanoseconds of one run without a peer."""
    worker = Worker(kernel)
    worker.say("load", kind, file)
    run = worker.timed()
    times = max(1, ENOUGH // max(1, run(1)))
    median = statistics.median(run(times) / times for _ in range(rounds))
    worker.close()
    return median


def same_bits(native: Worker, wasm: Worker) -> int:
    """How many numbers the two made, all of them the same."""
    random.seed(12)
    _, rows, columns = margins(60, 40, 1_000_000)
    cells, *held = margins(80, 30, 1_000_000, empty=20)
    weights = [random.randint(1, 1000) for _ in range(1000)]
    bounded = bounds(1000)
    parents = [0] + [random.randrange(at) for at in range(1, 500)]
    own, variances = ([random.randrange(1, 1 << 40) for _ in parents] for _ in range(2))
    works = {
        "tree": [[WHOLE], [1000], weights],
        "bounded": [[WHOLE], *bounded],
        "product": [rows, columns],
        "fitted": [*held, [0] * len(cells), [cell and cell + random.randrange(cell) for cell in cells]],
        "reconcile": [parents, own, variances],
        "people": [[500]],
        "chance": [[2027, 20_000], *deals(12, 20_000)[1]],
        "tornado": [[2027, 5_000], *deals(12, 5_000)[1]],
    }
    many = 0
    for kind, lines in works.items():
        file = write(lines)
        native.say("load", kind, file), wasm.say("load", kind, file)
        answer = native.answer()
        if not answer or answer != wasm.answer():
            raise SystemExit(f"{kind}: WebAssembly does not give the same numbers as native code")
        many += len(answer)
    native.close(), wasm.close()
    return many


# ---- The report ----

HEAD = """# Performance

Written by `make bench`, which installs the peers into `benches/peers` and nowhere else; none of them is part of the page.
The numbers below are those of its last run.

The engine's kernels run as native code, compiled for speed (`cargo build --profile bench --example kernel`), each on one
thread; the spreadsheet engines run in node, HiGHS and the Python packages in Python. Runs take turns, ours and the peer's,
and the table gives the median of each, so that other work on the machine meets both alike. Each runs for a third of a second
before it is timed, since node compiles twice, the second time what runs often. Memory that a run gives back is kept for the
next one, of every program alike, as it is in a page. Trust the ratios, not the times. A formula engine, a solver
and a statistics package can do far more than divide a target: the table says what a kernel made for one thing gains, and
whether its parts sum to the whole to the last unit.

{machine}

| work | ours | our sums | peer | its time | its sums | times as fast | goal |
| --- | ---: | --- | --- | ---: | --- | ---: | --- |
"""

WASM = """
## As WebAssembly

The same kernels compiled for speed to WebAssembly with its 128-bit instructions, in node, where both spreadsheet engines run
as well: what a browser can do. The peers outside node are native, as above. Of eight random works both compilations gave the
same {same:,} whole numbers.

| work | ours | our sums | peer | its time | its sums | times as fast | goal |
| --- | ---: | --- | --- | ---: | --- | ---: | --- |
"""

NOTES = """
## One edit

All that follows from a plan (`evaluate`: five trees, their tables, findings, every sum added up), and what follows from it
again after one edit (`evaluate_again`, which gives the same to the last bit): of people in teams of ten over the months,
quarters and year, one person's weight, or one person's number of one month.

| people | edit | the whole plan | after the edit | times as fast | as WebAssembly: the whole plan | after the edit | times as fast |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
{edits}

## Growth

A tree in groups of a hundred siblings, from the root to the leaves. And all that follows from a plan of people, as above.

| leaves | nanoseconds a leaf | bytes a leaf beyond the answer | whole plan, nanoseconds a leaf |
| ---: | ---: | ---: | ---: |
{growth}

{page}## What the rows do not say

- The numbers of the rows are those of the goals. Left out: what is no race (12, no `rust_decimal` in any of these loops; 13, the download, which `make dist` prints).
- Row 2 holds a split under bounds beside a sheet that has none: a sheet knows no bounds.
- Row 4: both know what the tree had before. First the kernel alone, on what it kept: the leaf's weight has a say in what its
  hundred siblings have, and in nothing else. Then the engine, which is given two plans and finds out by itself what is
  different between them, what depends on that in five trees and their tables, and what there is to say about it.
- One edit: a weight that has a say in what teams have, because theirs are the sums of their people's, changes the numbers of
  everybody; then after the edit is as long as the whole.
- Row 5: the peer solves for real numbers to its own tolerance; rounded one by one, they miss the whole.
- Row 6: all are given the table and its seeds, and make the fitted table; the time is divided by the cells, empty ones too,
  and by the sweeps. Ours stops at an error of 1e-13 of the whole, the peers at 1e-9 of each margin. Fitted and rounded, ours
  also makes its seeds and holds every cell against its bounds; none of the peers goes on to whole units.
- Row 7: the solver finds the nearest table; the work says by how much ours is farther. Up to 4,000 cells it is not. As
  WebAssembly the solver stands beside ours twice: native, and compiled for a browser as ours is; that one takes its model as a
  text, and its time is that of reading and solving it, less that of reading it alone.
- Row 8: whoever draws has other numbers and comes to other quantiles: beside each other they show that it is the same model.
  A bad year is the tenth of a hundred. numpy rejects and takes again where ours goes by one number a draw, so that a small
  change of the model moves no other draw. Row 9 is by two workers of node, each with the page's own module; row 10 beside three
  times the years of row 8, which is its goal.
- Row 11: by weighted least squares, a variance of as many units as a node has leaves (`wls_struct`).
- A plan holds 20,000 nodes a tree, so that the last whole plan is larger than any that can be saved. They are not timed beyond
  that.
- In the page these kernels (`src/kernels`) are compiled for speed too, but without 128-bit instructions, and all that stands
  around them for size: slower than here.
"""


def machine() -> str:
    names = pathlib.Path("/proc/cpuinfo").read_text().splitlines() if pathlib.Path("/proc/cpuinfo").exists() else []
    name = next((line.split(":")[1].strip() for line in names if line.startswith("model name")), platform.processor())
    version = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.split("(")[0].strip()
    return (
        f"Machine: {name}, {len([line for line in names if line.startswith('processor')])} cores, {platform.system()}; "
        f"{version('rustc', '--version')}, node {version('node', '--version')}, Python {platform.python_version()}."
    )


def page() -> str:
    """What the benches of the page wrote: it stands before the notes, and stays."""
    report = REPORT.read_text() if REPORT.exists() else ""
    begin, end = report.find("## The sheet in a browser"), report.find("## What the rows do not say")
    return report[begin:end] if 0 <= begin < end else ""


def main():
    kernel, module, years = sys.argv[1:4]
    rounds = 5 if "--quick" in sys.argv else 21

    def table(start: START, works: list) -> str:
        lines = []
        for row in itertools.chain.from_iterable(make(start, rounds) for make in works):
            lines.append(row.line())
            print(lines[-1], flush=True)
        return "\n".join(lines) + "\n"

    everything = [tree_rows, apportion_rows, quadratic_rows, fit_rows, rounding_rows, chance_rows, reconcile_rows]
    native = table(lambda: Worker(kernel), everything)
    in_node = lambda: Worker("node", str(HERE / "peers" / "kernel.mjs"), module)
    same = same_bits(Worker(kernel), in_node())
    by_workers = lambda _, rounds: worker_rows(years, rounds)
    browsers = [tree_rows, apportion_rows, fit_rows, rounding_rows, solver_rows, chance_rows, by_workers, reconcile_rows]
    wasm = table(in_node, browsers)
    curve = []
    for leaves, each, beyond, plan in growth(kernel, rounds):
        curve.append(f"| {leaves:,} | {each:.2f} | {number(beyond)} | {number(plan)} |")
        print(curve[-1], flush=True)
    changes = []
    for native_edit, wasm_edit in zip(edits(lambda: Worker(kernel), rounds), edits(in_node, rounds)):
        people, edit, *times = native_edit
        both = (times, wasm_edit[2:])
        changes.append(f"| {people:,} | {edit} | " + " | ".join(f"{duration(one)} | {duration(other)} | {figure(one / other)}" for one, other in both) + " |")
        print(changes[-1], flush=True)
    notes = NOTES.format(growth="\n".join(curve), edits="\n".join(changes), page=page())
    REPORT.write_text(HEAD.format(machine=machine()) + native + WASM.format(same=same) + wasm + notes)


if __name__ == "__main__":
    SCRATCH = tempfile.TemporaryDirectory()
    main()
