"""The fewest lines without which no directed cycle is left: the minimum feedback arc set, its size only.

Which lines they are is not unique, so they are not named. Two-way pairs count as cycles. Each strongly connected part
is first shrunk: a place with one line in and one out becomes a line. What remains is solved by dynamic programming
over subsets (up to 18 places), or bounded: Eades' ordering from above, line-disjoint cycles from below (up to 200
lines). Where the bounds meet the number is exact too; else it is called an upper bound.

References
----------
E. L. Lawler (1964), A comment on minimum feedback arc sets, IEEE Transactions on Circuit Theory 11(2), 296-297.
P. Eades, X. Lin and W. F. Smyth (1993), A fast and effective heuristic for the feedback arc set problem, Information
Processing Letters 47(6), 319-323.
"""

from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np

from workshopkit.analysis import graph

__all__ = ["EXACT", "UPPER_BOUND", "fewest"]

EXACT, UPPER_BOUND = "exact", "upper bound"
LISTED_PLACES = 18
BOUNDED_LINES = 200
Weights = dict[int, dict[int, int]]


def fewest(out: graph.Adjacency) -> tuple[int, str]:
    """Give the number of lines to cut, from 0 to half of all lines, and whether it is exact.

    Parameters
    ----------
    out
        The graph.

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
    cut, exact = 0, True
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
                most = _ordered(part)
                exact = exact and sum(map(len, part.values())) <= BOUNDED_LINES and _disjoint(part) == most
                cut += most
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
    waiting = [(_rank(gives[here], takes[here]), here) for here in part]
    heapq.heapify(waiting)
    gone: set[int] = set()
    back = 0
    while waiting:
        rank, here = heapq.heappop(waiting)
        if here in gone or rank != _rank(gives[here], takes[here]):
            continue
        gone.add(here)
        if gives[here]:
            # It goes to the front, so what still comes into it runs back.
            back += takes[here]
        for row, left in ((into[here], gives), (part[here], takes)):
            for place, weight in row.items():
                if place not in gone:
                    left[place] -= weight
                    heapq.heappush(waiting, (_rank(gives[place], takes[place]), place))
    return back


def _rank(gives: int, takes: int) -> tuple[int, int]:
    """Order sinks first, then sources, then the rest by what they give minus what they take."""
    if not gives:
        return (0, 0)
    return (2, takes - gives) if takes else (1, 0)


def _disjoint(part: Weights) -> int:
    """Bound a part from below: cycles that share no line, the shortest first; each needs a cut of its own."""
    left = {here: dict(row) for here, row in part.items()}
    names = list(left)
    index = {name: place for place, name in enumerate(names)}
    found = 0
    while True:
        out = [[index[there] for there in left[name]] for name in names]
        ways = [graph.route(out, there, here) for here, row in enumerate(out) for there in row]
        cycles = [way for way in ways if way is not None]
        if not cycles:
            return found
        shortest = min(cycles, key=len)
        hops = [(names[a], names[b]) for a, b in pairwise((*shortest, shortest[0]))]
        weight = min(left[a][b] for a, b in hops)
        found += weight
        for a, b in hops:
            left[a][b] -= weight
            if not left[a][b]:
                del left[a][b]
