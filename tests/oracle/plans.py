"""What a plan comes to, worked out a second time, in exact fractions, from the words of the plan format alone.

    python tests/oracle/plans.py COUNT [SEED] > plans.jsonl

Each line holds a random plan and the amount of every node of its five trees. It shares no code with the engine and goes
other ways where there are any: shares are fractions, and the level at which bounded shares reach their total is found among
the points where a bound begins or ceases to bind. tests/it/oracle.rs compares, to the last unit.
"""

import json
import random
import sys
from fractions import Fraction

DIMENSIONS = ("organisation", "product", "customer", "channel", "time")
METHODS = ("even", "percent", "amount", "weight", "history")
MOST = 10**15
NO_CAP = 2**53


# ---- What siblings bring ----


def method(tree: dict, node: int, parents: dict) -> str:
    """A node's own, or that of the nearest node above."""
    while "method" not in tree["nodes"][node] and node in parents:
        node = parents[node]
    return tree["nodes"][node].get("method", "even")


def known(tree: dict, node: int, field: str):
    """A node's own figure, or the sum of those known below it. None if nothing is."""
    if field in tree["nodes"][node]:
        return Fraction(tree["nodes"][node][field])
    below = [known(tree, child, field) for child in tree["nodes"][node]["children"]]
    below = [it for it in below if it is not None]
    return sum(below) if below else None


def claims(tree: dict, node: int, parents: dict, total: int) -> list[Fraction]:
    """The weights by which the children of a node share. Never all zero."""
    children, how = tree["nodes"][node]["children"], method(tree, node, parents)
    if how == "even":
        return [Fraction(1)] * len(children)
    if how in ("percent", "amount"):
        given = [tree["nodes"][child].get(how) for child in children]
        given = [None if it is None else Fraction(it) for it in given]
        rest = max(Fraction(100 if how == "percent" else total) - sum(it for it in given if it is not None), Fraction(0))
        stand_in = rest / max(1, given.count(None))
    else:
        given = [known(tree, child, "weight" if how == "weight" else "last_year") for child in children]
        some = [it for it in given if it is not None]
        stand_in = sum(some) / len(some) if some else Fraction(0)
    claims = [stand_in if it is None else it for it in given]
    return claims if any(claims) else [Fraction(1)] * len(children)


# ---- Whole units ----


def largest_remainder(shares: list[Fraction]) -> list[int]:
    parts = [share.numerator // share.denominator for share in shares]
    spare = int(sum(shares)) - sum(parts)
    by_rest = sorted(range(len(shares)), key=lambda at: parts[at] - shares[at])  # stable: ties keep their order
    for at in by_rest[:spare]:
        parts[at] += 1
    return parts


def running_totals(shares: list[Fraction]) -> list[int]:
    """Every running total to the nearest unit, halves up."""
    parts, running, before = [], Fraction(0), 0
    for share in shares:
        running += share
        after = (2 * running.numerator + running.denominator) // (2 * running.denominator)
        parts.append(after - before)
        before = after
    return parts


def rounded(shares: list[Fraction], is_time: bool) -> list[int]:
    return running_totals(shares) if is_time else largest_remainder(shares)


# ---- Bounds ----


def level(total: int, weights: list[Fraction], bounds: list[tuple[int, int]]) -> Fraction:
    """Where clamp(level * weight, floor, cap) sums to the total. All weights are above zero."""
    at = lambda level: sum(min(max(level * weight, low), high) for weight, (low, high) in zip(weights, bounds))
    points = sorted({Fraction(bound) / weight for weight, pair in zip(weights, bounds) for bound in pair})
    below, above = 0, len(points) - 1
    if total <= at(points[below]):
        return points[below]
    while below + 1 < above:  # at(points[below]) < total <= at(points[above])
        middle = (below + above) // 2
        below, above = (middle, above) if at(points[middle]) < total else (below, middle)
    one, other = points[below], points[above]
    return one + (total - at(one)) * (other - one) / (at(other) - at(one))


def split(total: int, weights: list[Fraction], bounds: list[tuple[int, int]], is_time: bool) -> list[int]:
    """Who has no weight gets the floor, and more only where all others are at their caps."""
    parts = [low for low, _ in bounds]
    weighted = [at for at, weight in enumerate(weights) if weight]
    idle = [at for at, weight in enumerate(weights) if not weight]
    left = total - sum(parts[at] for at in idle)
    shared = min(left, sum(bounds[at][1] for at in weighted))
    if weighted:
        reached = level(shared, [weights[at] for at in weighted], [bounds[at] for at in weighted])
        inside = [at for at in weighted if bounds[at][0] < reached * weights[at] < bounds[at][1]]
        for at in weighted:
            parts[at] = bounds[at][0] if reached * weights[at] <= bounds[at][0] else bounds[at][1]
        for at, part in zip(inside, rounded([reached * weights[at] for at in inside], is_time)):
            parts[at] = part
    fill_evenly(left - shared, idle, bounds, parts)
    return parts


def fill_evenly(left: int, idle: list[int], bounds: list[tuple[int, int]], parts: list[int]):
    while left and (room := [at for at in idle if parts[at] < bounds[at][1]]):
        each = max(1, left // len(room))
        for at in room:
            more = min(each, bounds[at][1] - parts[at], left)
            parts[at] += more
            left -= more


# ---- Siblings ----


def part_of(typed: dict, whole: int) -> int:
    """What a typed number is of another whole, to the nearest unit, halves up."""
    return (2 * typed["part"] * whole + typed["whole"]) // (2 * typed["whole"])


def share(total: int, nodes: list[dict], weights: list[Fraction], bounds: list[tuple[int, int]], is_time: bool):
    """Locked siblings first, then typed ones, then the others by weight."""
    fixed = [low == high for low, high in bounds]
    typed = [None if fixed[at] else node.get("typed") for at, node in enumerate(nodes)]
    parts = [low for low, _ in bounds]
    for at, it in enumerate(typed):
        if it:
            parts[at] = min(max(part_of(it, total), bounds[at][0]), bounds[at][1])
    free = [at for at in range(len(nodes)) if not fixed[at] and not typed[at]]
    rest = total - sum(parts[at] for at in range(len(nodes)) if at not in free)
    if free and sum(bounds[at][0] for at in free) <= rest <= sum(bounds[at][1] for at in free):
        claims = [weights[at] for at in free]
        claims = claims if any(claims) else [Fraction(1)] * len(free)
        for at, part in zip(free, split(rest, claims, [bounds[at] for at in free], is_time)):
            parts[at] = part
    elif any(typed):  # nobody is free to take the rest: those who were typed share it
        parts = split(total, [Fraction(it["part"] if it else 0) for it in typed], bounds, is_time)
    return parts


# ---- A plan ----


def order(tree: dict) -> list[int]:
    """Parents before children."""
    found, open_ = [], [tree["root"]]
    while open_:
        found.append(open_.pop())
        open_ += reversed(tree["nodes"][found[-1]]["children"])
    return found


def possible(tree: dict) -> dict[int, tuple[int, int]]:
    """The least and the most that each node can get, by the locks at it and below it."""
    bounds = {}
    for node in reversed(order(tree)):
        below = [bounds[child] for child in tree["nodes"][node]["children"]]
        low, high = sum(it[0] for it in below), sum(it[1] for it in below) if below else NO_CAP
        low, high = min(low, NO_CAP), min(high, NO_CAP)
        if "lock" in tree["nodes"][node] and node != tree["root"]:
            low = high = min(max(tree["nodes"][node]["lock"]["value"], low), high)
        bounds[node] = (low, high)
    return bounds


def divide(plan: dict) -> dict[str, dict[int, int]]:
    """The amount of every node."""
    trees = plan["trees"]
    bounds = {dimension: possible(trees[dimension]) for dimension in DIMENSIONS}
    low, high = 0, MOST
    for dimension in DIMENSIONS:
        least, most = bounds[dimension][trees[dimension]["root"]]
        if max(low, least) <= min(high, most):
            low, high = max(low, least), min(high, most)
        else:  # a tree at odds with those before it lets its locks go
            bounds[dimension] = {node: (0, NO_CAP) for node in trees[dimension]["nodes"]}


    total = min(max(plan["goal"].get("target", 0), low), high)
    return {dimension: amounts(trees[dimension], bounds[dimension], total, dimension == "time") for dimension in DIMENSIONS}


def amounts(tree: dict, bounds: dict, total: int, is_time: bool) -> dict[int, int]:
    got, parents = {tree["root"]: total}, {}
    for node in order(tree):
        children = tree["nodes"][node]["children"]
        if children:
            weights = claims(tree, node, parents, got[node])
            nodes = [tree["nodes"][child] for child in children]
            parts = share(got[node], nodes, weights, [bounds[child] for child in children], is_time)
            got.update(zip(children, parts))
            parents.update((child, node) for child in children)
    return got


# ---- Random plans ----


def random_size(target: int) -> int:
    return random.choice((0, random.randrange(20), random.randrange(10**6), target * random.randrange(1200) // 1000))


def random_decimal(most: int) -> str:
    value = random.choice((random.choice((0, 1, 2, 10, 20, 25, 30, 40, 60, 130)), random.randrange(most)))
    places = random.choice((0, 0, 1, 2, 6))
    return str(value) if places == 0 else f"{value // 10**places}.{value % 10**places:0{places}}".rstrip("0").rstrip(".")


def random_node(target: int, said: bool, typed_against: int) -> dict:
    node = {"name": ""}
    chance = lambda part: random.random() < part
    if chance(0.5):
        node["method"] = random.choice(METHODS)
    for field, make in (
        ("percent", lambda: random_decimal(1000)),
        ("weight", lambda: random_decimal(1_000_000)),
        ("amount", lambda: random_size(target)),
        ("last_year", lambda: random_size(target)),
    ):
        if chance(0.7):
            node[field] = make()
    if said and chance(0.25):
        node["typed"] = {"part": random_size(target), "whole": typed_against}
    if said and chance(0.2):
        node["lock"] = {"value": random_size(target) // random.choice((1, 4, 10))}
    return node


def random_tree(many: int, target: int, said: bool) -> dict:
    nodes = {0: random_node(target, False, 1) | {"children": []}}
    against = {}  # siblings were typed against one whole
    for node in range(1, many):
        parent = random.randrange(node)
        whole = against.setdefault(parent, max(1, random_size(target)))
        nodes[node] = random_node(target, said, whole) | {"children": []}
        nodes[parent]["children"].append(node)
    return {"root": 0, "next": many, "nodes": nodes}


def random_year(target: int, said: bool) -> dict:
    children = {0: [1, 2, 3, 4]} | {quarter: [3 * quarter + it for it in (2, 3, 4)] for quarter in (1, 2, 3, 4)}
    against = {node: max(1, random_size(target)) for node in range(5)}
    parents = {child: node for node, below in children.items() for child in below}
    nodes = {
        node: random_node(target, said and 0 < node, against[parents.get(node, 0)]) | {"children": children.get(node, [])}
        for node in range(17)
    }
    return {"root": 0, "next": 17, "nodes": nodes}


def random_plan() -> dict:
    target = random.choice((random.randrange(20), random.randrange(10**6), random.randrange(10**13)))
    said = random.random() < 0.6
    sizes = {"organisation": 12, "product": 8, "customer": 6, "channel": 5}
    trees = {name: random_tree(random.randint(1, most), target, said) for name, most in sizes.items()}
    return {
        "schema": 1,
        "title": "oracle",
        "unit": {"money": "CNY"},
        "goal": {"target": target, "basis": {"strategy": "", "market": "", "capability": ""}},
        "calendar": {"year": 2027, "start_month": random.randint(1, 12)},
        "trees": trees | {"time": random_year(target, said)},
    }


def main():
    random.seed(int(sys.argv[2]) if 2 < len(sys.argv) else 2027)
    for _ in range(int(sys.argv[1])):
        plan = random_plan()
        text = json.dumps(plan)
        print(f'{{"plan":{text},"amounts":{json.dumps(divide(plan))}}}')


if __name__ == "__main__":
    main()
