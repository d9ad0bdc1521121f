"""Trees whose numbers are brought together, by hierarchicalforecast and by exact fractions.

    python tests/oracle/trees.py COUNT [SEED] > trees.jsonl

Each line holds a tree, parents before children, what is said of each node with its variance, and the numbers that add up and
are nearest to that. Every third tree is one in which all nodes have a number and the variances are those of `ols` or
`wls_struct`: it is hierarchicalforecast's. The others, with nodes of which nothing is said and numbers that are hard, are
worked out from the conditions of the optimum in fractions. tests/it/oracle.rs compares, to a billionth.
"""

import json
import random
import sys
from fractions import Fraction

import numpy
from hierarchicalforecast.methods import MinTrace


def random_tree(most: int) -> list[int]:
    """The parent of each node, of any depth, every other time in even levels."""
    if random.random() < 0.5:
        parents, level = [0], [0]
        for _ in range(random.randint(1, 3)):
            below = [at for at in level for _ in range(random.randint(1, 4))]
            level = range(len(parents), len(parents) + len(below))
            parents += below
        return parents
    return [0] + [random.randrange(at) for at in range(1, random.randint(2, most))]


def leaves(parents: list[int]) -> list[int]:
    inner = set(parents[1:])
    return [at for at in range(len(parents)) if at not in inner]


def sums(parents: list[int]) -> numpy.ndarray:
    """Which leaves each node is the sum of."""
    below = numpy.zeros((len(parents), len(leaves(parents))))
    for column, leaf in enumerate(leaves(parents)):
        below[leaf, column] = 1
    for at in range(len(parents) - 1, 0, -1):
        below[parents[at]] += below[at]
    return below


def by_package(parents: list[int], own: list[int], method: str) -> list[float]:
    """It wants the leaves last."""
    last = leaves(parents)
    order = [at for at in range(len(parents)) if at not in set(last)] + last
    found = MinTrace(method=method).fit_predict(S=sums(parents)[order], y_hat=numpy.array(own, dtype=float)[order, None])
    numbers = dict(zip(order, found["mean"][:, 0]))
    return [numbers[at] for at in range(len(parents))]


def solved(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss and Jordan. There is one solution."""
    rows = [[*row, value] for row, value in zip(matrix, right)]
    for at in range(len(rows)):
        pivot = next(it for it in range(at, len(rows)) if rows[it][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [it / rows[at][at] for it in rows[at]]
        for other in range(len(rows)):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [one - factor * it for one, it in zip(rows[other], rows[at])]
    return [row[-1] for row in rows]


def in_fractions(parents: list[int], own: list[int | None], variances: list[int]) -> list[float]:
    """Least squares over the leaves under what is hard: the conditions of Lagrange."""
    below = [[Fraction(int(it)) for it in row] for row in sums(parents)]
    soft = [at for at, it in enumerate(own) if it is not None and variances[at]]
    hard = [at for at, it in enumerate(own) if it is not None and not variances[at]]
    many = len(below[0])
    gram = [[sum(below[at][i] * below[at][j] / variances[at] for at in soft) for j in range(many)] for i in range(many)]
    matrix = [gram[i] + [below[at][i] for at in hard] for i in range(many)]
    matrix += [below[at] + [Fraction(0)] * len(hard) for at in hard]
    right = [sum(below[at][i] * own[at] / variances[at] for at in soft) for i in range(many)] + [own[at] for at in hard]
    found = solved(matrix, right)[:many]
    return [float(sum(one * it for one, it in zip(row, found))) for row in below]


def case(index: int) -> dict:
    while True:
        parents = random_tree(40 if index % 3 == 0 else 16)
        many = sums(parents).sum(axis=1).astype(int).tolist()  # leaves below each
        own = [random.randrange(1, 10 ** random.randint(2, 9)) * it for it in many]
        if index % 3 == 0:
            method = random.choice(("ols", "wls_struct"))
            variances = [1] * len(parents) if method == "ols" else many
            numbers = by_package(parents, own, method)
        else:
            variances = [random.randint(1, 1000) for _ in parents]
            # Leaves keep their numbers, so that there is one answer; at most one node of each line is hard.
            own = [it if many[at] == 1 or random.random() < 0.7 else None for at, it in enumerate(own)]
            for at in random.sample(range(len(parents)), k=min(2, len(parents))):
                above, line = at, {at}
                while above:
                    above = parents[above]
                    line.add(above)
                if own[at] is not None and all(variances[it] for it in line) and not hard_below(parents, variances, at):
                    variances[at] = 0
            numbers = in_fractions(parents, own, variances)
        if all(0 <= it for it in numbers):
            return {"parents": parents, "own": own, "variances": variances, "numbers": numbers}


def hard_below(parents: list[int], variances: list[int], node: int) -> bool:
    inside = {node}
    for at in range(node + 1, len(parents)):
        if parents[at] in inside:
            inside.add(at)
    return any(variances[at] == 0 for at in inside)


def main():
    random.seed(int(sys.argv[2]) if 2 < len(sys.argv) else 2027)
    for index in range(int(sys.argv[1])):
        print(json.dumps(case(index)))


if __name__ == "__main__":
    main()
