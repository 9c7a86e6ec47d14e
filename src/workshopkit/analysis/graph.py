"""The few things about graphs that all measures rest on.

A graph is a sequence of rows: row i holds the places that lines run to from place i. Sets of places are the bits of
one integer, so that reach over a whole room is a handful of operations.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

__all__ = [
    "Adjacency",
    "articulation_points",
    "bits",
    "both_ways",
    "closure",
    "components",
    "masks",
    "reach",
    "reached",
    "route",
    "turned",
    "weak_components",
]

Adjacency = Sequence[Sequence[int]]


def masks(out: Adjacency) -> list[int]:
    """Give every row as the bits of an integer.

    Examples
    --------
    >>> masks([(1, 2), (2,), ()])
    [6, 4, 0]
    """
    return [sum(1 << there for there in row) for row in out]


def bits(mask: int) -> Iterator[int]:
    """Give the places in a mask, the lowest first.

    Examples
    --------
    >>> list(bits(0b1101))
    [0, 2, 3]
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def closure(rows: Iterable[int]) -> list[int]:
    """Give, by place, which other places can be reached (Warshall).

    Parameters
    ----------
    rows
        As `masks` gives them.

    References
    ----------
    S. Warshall (1962), A theorem on Boolean matrices, Journal of the ACM 9(1), 11-12.

    Examples
    --------
    >>> closure(masks([(1,), (2,), (1,)]))
    [6, 4, 2]
    """
    found = list(rows)
    for middle in range(len(found)):
        bit, beyond = 1 << middle, found[middle]
        for place, mask in enumerate(found):
            if mask & bit:
                found[place] = mask | beyond
    return [mask & ~(1 << place) for place, mask in enumerate(found)]


def reach(rows: Sequence[int], start: int) -> int:
    """Give the places that can be reached from those in the mask `start`, these included.

    Examples
    --------
    >>> list(bits(reach(masks([(1,), (2,), (), (0,)]), 0b0001)))
    [0, 1, 2]
    """
    seen = fresh = start
    while fresh:
        found = 0
        for place in bits(fresh):
            found |= rows[place]
        fresh = found & ~seen
        seen |= fresh
    return seen


def route(out: Adjacency, source: int, target: int, *, prefer: Container[int] = ()) -> tuple[int, ...] | None:
    """Give a shortest route; None if there is none.

    Parameters
    ----------
    out
        The graph.
    source, target
        Where it begins and ends.
    prefer
        Of several shortest routes the one through these; else the first in the order of places.

    Examples
    --------
    >>> route([(1, 2), (3,), (3,), ()], 0, 3, prefer={2})
    (0, 2, 3)
    >>> route([(), ()], 0, 1) is None
    True
    """
    before: dict[int, list[int]] = {source: []}
    layer = [source]
    while layer and target not in before:
        found: dict[int, list[int]] = {}
        for here in layer:
            for there in out[here]:
                if there not in before:
                    found.setdefault(there, []).append(here)
        before.update(found)
        layer = list(found)
    if target not in before:
        return None
    way = [target]
    while way[-1] != source:
        options = before[way[-1]]
        way.append(next((place for place in options if place in prefer), min(options)))
    return tuple(reversed(way))


def turned(out: Adjacency) -> list[list[int]]:
    """Give the graph with every line the other way round."""
    back: list[list[int]] = [[] for _ in out]
    for here, row in enumerate(out):
        for there in row:
            back[there].append(here)
    return back


def both_ways(out: Adjacency) -> list[list[int]]:
    """Give the underlying graph: every line both ways, once."""
    return [
        sorted({*row, *back} - {place})
        for place, (row, back) in enumerate(zip(out, turned(out), strict=True))
    ]


def components(out: Adjacency) -> list[tuple[int, ...]]:
    """Give the strongly connected components, single places included, by their first place.

    References
    ----------
    M. Sharir (1981), A strong-connectivity algorithm and its applications in data flow analysis, Computers &
    Mathematics with Applications 7(1), 67-72.

    Examples
    --------
    >>> components([(1,), (0, 2), ()])
    [(0, 1), (2,)]
    """
    last_first = reversed([place for tree in _walks(out, range(len(out))) for place in tree])
    return sorted(tuple(sorted(tree)) for tree in _walks(turned(out), last_first))


def weak_components(out: Adjacency) -> list[tuple[int, ...]]:
    """Give the components of the underlying graph, by their first place.

    Examples
    --------
    >>> weak_components([(1,), (), ()])
    [(0, 1), (2,)]
    """
    return [tuple(sorted(tree)) for tree in _walks(both_ways(out), range(len(out)))]


def reached(out: Adjacency, starts: Iterable[int]) -> set[int]:
    """Give the places that can be reached from any of some, these included.

    Examples
    --------
    >>> sorted(reached([(1,), (), (1,)], [0]))
    [0, 1]
    """
    return {place for tree in _walks(out, starts) for place in tree}


def _walks(out: Adjacency, roots: Iterable[int]) -> Iterator[list[int]]:
    """Walk depth first from each root that was not met before; give the places as they are finished."""
    seen = [False] * len(out)
    for root in roots:
        if seen[root]:
            continue
        seen[root] = True
        finished = []
        stack = [(root, iter(out[root]))]
        while stack:
            here, rest = stack[-1]
            there = next((place for place in rest if not seen[place]), None)
            if there is None:
                finished.append(here)
                stack.pop()
            else:
                seen[there] = True
                stack.append((there, iter(out[there])))
        yield finished


def articulation_points(out: Adjacency) -> list[int]:
    """Give the places without which the underlying graph falls into more parts.

    References
    ----------
    J. Hopcroft and R. Tarjan (1973), Algorithm 447: efficient algorithms for graph manipulation, Communications of
    the ACM 16(6), 372-378.

    Examples
    --------
    >>> articulation_points([(1,), (2,), ()])
    [1]
    """
    graph = both_ways(out)
    depth = [-1] * len(graph)
    low = [0] * len(graph)
    found: set[int] = set()
    for root in range(len(graph)):
        if depth[root] >= 0:
            continue
        depth[root] = children = 0
        stack = [(root, iter(graph[root]))]
        while stack:
            here, rest = stack[-1]
            there = next(rest, None)
            if there is None:
                stack.pop()
                if not stack:
                    continue
                above = stack[-1][0]
                low[above] = min(low[above], low[here])
                if above == root:
                    children += 1
                elif low[here] >= depth[above]:
                    found.add(above)
            elif depth[there] < 0:
                depth[there] = low[there] = depth[here] + 1
                stack.append((there, iter(graph[there])))
            else:
                low[here] = min(low[here], depth[there])
        if children > 1:
            found.add(root)
    return sorted(found)
