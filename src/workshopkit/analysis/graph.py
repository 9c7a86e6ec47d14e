"""The few things about graphs that all measures rest on.

A graph is a sequence of rows: row i holds the places that lines run to from place i. Sets of places are the bits of
one integer, so that reach over a whole room is a handful of operations.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rustworkx

__all__ = [
    "Adjacency",
    "articulation_points",
    "bits",
    "closure",
    "components",
    "masks",
    "reach",
    "reached",
    "route",
    "sinks_first",
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


def closure(out: Adjacency) -> list[int]:
    """Give, by place, which other places can be reached, as a mask.

    Examples
    --------
    >>> closure([(1,), (2,), (1,)])
    [6, 4, 2]
    """
    found = [0] * len(out)
    for part in sinks_first(out):
        inside = sum(1 << place for place in part)
        mask = inside
        for here in part:
            for there in out[here]:
                mask |= found[there]
        for place in part:
            found[place] = mask
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


def route(
    out: Adjacency,
    source: int,
    target: int,
    *,
    prefer: Container[int] = (),
    back: Adjacency | None = None,
) -> tuple[int, ...] | None:
    """Give a shortest route; None if there is none. It is sought from both ends, which keeps either side small.

    Parameters
    ----------
    out
        The graph.
    source, target
        Where it begins and ends.
    prefer
        Of several shortest routes the one through these; else the first in the order of places.
    back
        The graph `turned`, where it is there already.

    References
    ----------
    I. Pohl (1971), Bi-directional search, Machine Intelligence 6, 127-140.

    Examples
    --------
    >>> route([(1, 2), (3,), (3,), ()], 0, 3, prefer={2})
    (0, 2, 3)
    >>> route([(), ()], 0, 1) is None
    True
    """
    back = turned(out) if back is None else back
    if target in out[source]:
        return source, target
    if source != target and (between := set(out[source]).intersection(back[target])):
        return source, _chosen(between, prefer), target
    ahead, behind = [{source}], [{target}]
    seen = {source}, {target}
    while ahead[-1].isdisjoint(behind[-1]):
        forth = len(ahead[-1]) <= len(behind[-1])
        rows, layers, known = (out, ahead, seen[0]) if forth else (back, behind, seen[1])
        fresh = set().union(*(rows[place] for place in layers[-1])) - known
        if not fresh:
            return None
        layers.append(fresh)
        known |= fresh
    ahead[-1] &= behind.pop()
    while behind:
        ahead.append(behind.pop().intersection(there for place in ahead[-1] for there in out[place]))
    way = [target]
    for layer in ahead[-2::-1]:
        way.append(_chosen(layer.intersection(back[way[-1]]), prefer))
    return tuple(reversed(way))


def _chosen(options: set[int], prefer: Container[int]) -> int:
    return min((place for place in options if place in prefer), default=min(options))


def turned(out: Adjacency) -> list[list[int]]:
    """Give the graph with every line the other way round."""
    back: list[list[int]] = [[] for _ in out]
    for here, row in enumerate(out):
        for there in row:
            back[there].append(here)
    return back


def components(out: Adjacency) -> list[tuple[int, ...]]:
    """Give the strongly connected components, single places included, by their first place.

    Examples
    --------
    >>> components([(1,), (0, 2), ()])
    [(0, 1), (2,)]
    """
    return sorted(sinks_first(out))


def sinks_first(out: Adjacency) -> list[tuple[int, ...]]:
    """Give the strongly connected components in an order in which lines run to earlier ones only.

    References
    ----------
    R. Tarjan (1972), Depth-first search and linear graph algorithms, SIAM Journal on Computing 1(2), 146-160.

    Examples
    --------
    >>> sinks_first([(1,), (0, 2), ()])
    [(2,), (0, 1)]
    """
    import rustworkx

    known = rustworkx.PyDiGraph()
    known.add_nodes_from(range(len(out)))
    known.add_edges_from_no_data([(here, there) for here, row in enumerate(out) for there in row])
    return [tuple(sorted(part)) for part in rustworkx.strongly_connected_components(known)]


def weak_components(out: Adjacency) -> list[tuple[int, ...]]:
    """Give the components of the underlying graph, by their first place.

    Examples
    --------
    >>> weak_components([(1,), (), ()])
    [(0, 1), (2,)]
    """
    import rustworkx

    return sorted(tuple(sorted(part)) for part in rustworkx.connected_components(_underlying(out)))


def _underlying(out: Adjacency) -> rustworkx.PyGraph[int, None]:
    import rustworkx

    known = rustworkx.PyGraph(multigraph=False)
    known.add_nodes_from(range(len(out)))
    known.add_edges_from_no_data([(here, there) for here, row in enumerate(out) for there in row])
    return known


def reached(out: Adjacency, starts: Iterable[int]) -> set[int]:
    """Give the places that can be reached from any of some, these included.

    Examples
    --------
    >>> sorted(reached([(1,), (), (1,)], [0]))
    [0, 1]
    """
    seen = set(starts)
    todo = list(seen)
    while todo:
        for there in out[todo.pop()]:
            if there not in seen:
                seen.add(there)
                todo.append(there)
    return seen


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
    import rustworkx

    return sorted(rustworkx.articulation_points(_underlying(out)))
