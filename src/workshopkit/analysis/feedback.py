"""The fewest lines without which no directed cycle is left: the minimum feedback arc set, its size only.

Which lines they are is not unique, so they are not named. Two-way pairs count as cycles. Each strongly connected part
is first shrunk: a place with one line in and one out becomes a line. What remains is solved by dynamic programming
over subsets (up to 16 places), or as an integer program (up to 200 lines): of every cycle a line must go, and a cycle
is written down only once a solution leaves it whole. Beyond that, and where this takes more than a few seconds, Eades'
ordering gives an upper bound, and is called so.

References
----------
E. L. Lawler (1964), A comment on minimum feedback arc sets, IEEE Transactions on Circuit Theory 11(2), 296-297.
M. Groetschel, M. Juenger and G. Reinelt (1985), On the acyclic subgraph polytope, Mathematical Programming 33, 28-42.
P. Eades, X. Lin and W. F. Smyth (1993), A fast and effective heuristic for the feedback arc set problem, Information
Processing Letters 47(6), 319-323.
"""

from __future__ import annotations

import heapq
from itertools import pairwise
from time import perf_counter

import numpy as np
import numpy.typing as npt

from workshopkit.analysis import graph

__all__ = ["EXACT", "UPPER_BOUND", "fewest"]

EXACT, UPPER_BOUND = "exact", "upper bound"
LISTED_PLACES = 16
SOLVED_LINES, SECONDS = 200, 10.0
# Of two cycles as light the one with the fewest lines; far less than what a solution may be off.
_HOP, _OFF = 1e-7, 1e-4
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Weights = dict[int, dict[int, int]]


def fewest(out: graph.Adjacency, *, seconds: float = SECONDS) -> tuple[int, str]:
    """Give the number of lines to cut, from 0 to half of all lines, and whether it is exact.

    Parameters
    ----------
    out
        The graph.
    seconds
        How long integer programs may take together.

    Returns
    -------
    tuple
        The number, 0 without any cycle, and ``"exact"`` or ``"upper bound"``.

    Examples
    --------
    >>> fewest([(1,), (2, 3), (0,), (0,)])
    (1, 'exact')
    >>> fewest([(), ()])
    (0, 'exact')
    """
    cut, exact, until = 0, True, perf_counter() + seconds
    todo: list[Weights] = [{place: dict.fromkeys(row, 1) for place, row in enumerate(out)}]
    while todo:
        for part in _split(todo.pop()):
            places = len(part)
            cut += _shrink(part)
            if len(part) < places:
                todo.append(part)
            elif places <= LISTED_PLACES:
                cut += _listed(part)
            else:
                solved = _solved(part, until) if sum(map(len, part.values())) <= SOLVED_LINES else None
                exact = exact and solved is not None
                cut += _ordered(part) if solved is None else solved
    return cut, EXACT if exact else UPPER_BOUND


def _split(weights: Weights) -> list[Weights]:
    """Give the strongly connected parts of at least two places, each on its own."""
    names = list(weights)
    index = {name: place for place, name in enumerate(names)}
    parts = []
    for part in graph.components([[index[there] for there in row] for row in weights.values()]):
        if len(part) > 1:
            inside = {names[place] for place in part}
            parts.append(
                {
                    here: {there: weight for there, weight in weights[here].items() if there in inside}
                    for here in sorted(inside)
                }
            )
    return parts


def _into(weights: Weights) -> Weights:
    back: Weights = {here: {} for here in weights}
    for here, row in weights.items():
        for there, weight in row.items():
            back[there][here] = weight
    return back


def _shrink(part: Weights) -> int:
    """Take away, in place, every place that has one line in or none and one line out or none.

    Returns
    -------
    int
        The weight of the loops that came out of it: these must be cut.
    """
    into = _into(part)
    todo = list(part)
    loops = 0
    while todo:
        here = todo.pop()
        if here not in part or (into[here] and part[here] and len(into[here]) + len(part[here]) > 2):  # noqa: PLR2004
            continue
        before, after = into.pop(here), part.pop(here)
        for place in before:
            del part[place][here]
        for place in after:
            del into[place][here]
        if before and after:
            (first, one), (last, other) = *before.items(), *after.items()
            weight = min(one, other)
            if first == last:
                loops += weight
            else:
                part[first][last] = into[last][first] = part[first].get(last, 0) + weight
        todo += [*before, *after]
    return loops


def _listed(part: Weights) -> int:
    """Solve a part over all subsets: the fewest lines that run back within the first places of an order."""
    names = list(part)
    every = 1 << len(names)
    back = [_back(part, here, names) for here in names]
    size = np.zeros(1, dtype=np.int8)
    for _ in names:
        size = np.concatenate([size, size + 1])
    cost = np.zeros(every, dtype=np.int32)
    by_size = np.argsort(size, kind="stable")
    ends = np.cumsum(np.bincount(size))
    for start, end in pairwise(ends.tolist()):
        subsets = by_size[start:end]
        best = np.full(len(subsets), np.iinfo(np.int32).max, dtype=np.int32)
        for place in range(len(names)):
            has = np.flatnonzero(subsets >> place & 1)
            without = subsets[has] ^ (1 << place)
            best[has] = np.minimum(best[has], cost[without] + back[place][without])
        cost[subsets] = best
    return int(cost[-1])


def _back(part: Weights, here: int, names: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Give, by subset, the weight of the lines from a place into it: they run back if it is put after them."""
    found = np.zeros(1, dtype=np.int32)
    for there in names:
        found = np.concatenate([found, found + part[here].get(there, 0)])
    return found


def _ordered(part: Weights) -> int:
    """Bound a part from above: sinks to the end, sources to the front, else what gives most more than it takes."""
    into = _into(part)
    gives = {here: sum(row.values()) for here, row in part.items()}
    takes = {here: sum(row.values()) for here, row in into.items()}
    # A rank and a place in one number: many are compared.
    most, wide = max(*gives.values(), *takes.values()), max(part) + 1

    def rank(here: int) -> int:
        return _rank(gives[here], takes[here], most) * wide + here

    waiting = [rank(here) for here in part]
    heapq.heapify(waiting)
    gone: set[int] = set()
    back = 0
    while waiting:
        first = heapq.heappop(waiting)
        here = first % wide
        if here in gone:
            continue
        if first != (now := rank(here)):
            # It has come to stand further back since.
            heapq.heappush(waiting, now)
            continue
        gone.add(here)
        if gives[here]:
            # It goes to the front, so what still comes into it runs back.
            back += takes[here]
        for row, left in ((into[here], gives), (part[here], takes)):
            for place, weight in row.items():
                if place not in gone:
                    left[place] -= weight
                    # Who gives less stands further back, but for who gives nothing any more.
                    if left is takes or not left[place]:
                        heapq.heappush(waiting, rank(place))
    return back


def _rank(gives: int, takes: int, most: int) -> int:
    """Order sinks first, then sources, then the rest by what they give minus what they take, up to `most`."""
    if not gives:
        return 0
    return most + 2 + takes - gives if takes else 1


def _solved(part: Weights, until: float) -> int | None:
    """Solve a part as an integer program, first with fractions, which mostly come out whole; None if time is up."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {name: number for number, name in enumerate(part)}
    lines = [(place[here], place[there], weight) for here in part for there, weight in part[here].items()]
    source, target, weights = np.array(lines).T
    gone, whole = np.zeros(len(lines)), False
    cycles: list[list[int]] = []
    while True:
        left = _unbroken(source, target, gone)
        if not left and (whole or np.abs(gone - gone.round()).max() < _OFF):
            return round(float(weights @ gone))
        cycles += left
        # With fractions no cycle is whole any more: now without.
        whole = whole or not left
        ends = np.cumsum([0, *map(len, cycles)])
        rows = csr_array((np.ones(ends[-1]), np.concatenate(cycles), ends), shape=(len(cycles), len(lines)))
        found = milp(
            weights,
            constraints=LinearConstraint(rows, lb=1),
            bounds=Bounds(0, 1),
            integrality=np.full(len(lines), int(whole)),
            options={"time_limit": max(0.0, until - perf_counter())},
        )
        if found.status or perf_counter() > until:
            return None
        gone = found.x.round() if whole else found.x.clip(0, 1)


def _unbroken(source: Ints, target: Ints, gone: Floats) -> list[list[int]]:
    """Give, by line, the lightest cycle through it of which less than a whole line is gone, each once, as lines."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    number = {ends: line for line, ends in enumerate(zip(source.tolist(), target.tolist(), strict=True))}
    places = int(source.max()) + 1
    ways = csr_array((gone + _HOP, (source, target)), shape=(places, places))
    far, before = dijkstra(ways, return_predecessors=True, limit=1)
    found: dict[frozenset[int], None] = {}
    for line in np.flatnonzero(far[target, source] + gone < 1 - _OFF).tolist():
        start, here, cycle = int(target[line]), int(source[line]), [line]
        while here != start:
            last = int(before[start, here])
            cycle.append(number[last, here])
            here = last
        found[frozenset(cycle)] = None
    return [sorted(cycle) for cycle in found]
