"""The actors and lines that join two domains, and what breaks without them.

A *line* is a bridge if it runs from one domain to another, an *actor* if it has lived lines with two domains, its own
counted; both only if ordered pairs break without it. It is a strength and a risk: the advice is to lay a second line.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.analysis import failure, graph, reach
from workshopkit.network.network import Adjacency, Network, Pair

__all__ = ["COUNTED_ACTORS", "Bridge", "Bridges", "find"]

# Above so many actors lines are not looked at: each that breaks something is counted over the whole map.
COUNTED_ACTORS = 2_000


@dataclass(frozen=True, slots=True)
class Bridge:
    """What joins two domains.

    Parameters
    ----------
    ends
        One actor, or the sender and the receiver of a line.
    domains
        What it joins, in the order of the map.
    lost
        How many ordered pairs break without it.
    """

    ends: tuple[str, ...]
    domains: tuple[str, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class Bridges:
    """All bridges of one map, those on which most hangs first.

    Parameters
    ----------
    actors, lines
        What joins two domains.
    method
        ``"counted"``; above 200 actors ``"lines counted"``, and above 2 000 ``"not counted"``.
    """

    actors: tuple[Bridge, ...]
    lines: tuple[Bridge, ...]
    method: str = "counted"


def find(net: Network) -> Bridges:
    """Find what joins two domains: without a line up to n(n-1) pairs break, without an actor those of others.

    Returns
    -------
    Bridges
        Empty on a map without domains; no actors above 200 actors, and no lines above 2 000.

    References
    ----------
    R. S. Burt (2004), Structural holes and good ideas, American Journal of Sociology 110(2), 349-399.

    Examples
    --------
    >>> found = find(Network.from_edges(["ab", "bc", "cd"], groups=dict(a="x", b="x", c="y", d="y")))
    >>> found.lines
    (Bridge(ends=('b', 'c'), domains=('x', 'y'), lost=4),)
    >>> [(bridge.ends, bridge.lost) for bridge in found.actors]
    [(('b',), 2), (('c',), 2)]
    """
    order = dict.fromkeys(net.groups.values())
    lost = failure.find(net).lost or {}
    back = reach.back(net)
    actors = []
    for actor, count in lost.items():
        place = net.index[actor]
        ends = (actor, *(net.actors[end] for end in (*net.out[place], *back[place])))
        joined = {net.groups[end] for end in ends if end in net.groups}
        if count and len(joined) > 1:
            actors.append(Bridge((actor,), tuple(domain for domain in order if domain in joined), count))
    small = len(net.actors) <= COUNTED_ACTORS
    rows, into = (graph.masks(net.out), graph.masks(back)) if small else ([], [])
    lines = [
        Bridge(pair, (net.groups[pair[0]], net.groups[pair[1]]), count)
        for pair in (net.lived if small else ())
        if _joins(net, pair)
        and not _other_way(net.out, rows, into, net.index[pair[0]], net.index[pair[1]])
        and (count := _lost(net, net.index[pair[0]], net.index[pair[1]]))
    ]
    few = len(net.actors) <= failure.COUNTED_ACTORS
    method = "counted" if few else "lines counted" if small else "not counted"
    return Bridges(_worst_first(actors), _worst_first(lines), method)


def _joins(net: Network, pair: Pair) -> bool:
    one, other = (net.groups.get(end) for end in pair)
    return one is not None and other is not None and one != other


def _other_way(out: Adjacency, rows: list[int], into: list[int], source: int, target: int) -> bool:
    """Tell whether the ends of a line stay joined without it; on most maps by way of one or two others."""
    if rows[source] & into[target]:
        return True
    last = into[target] & ~(1 << source)
    if any(there != target and rows[there] & last for there in out[source]):
        return True
    seen = fresh = rows[source] & ~(1 << target)
    while fresh and not seen & last:
        found = 0
        for place in graph.bits(fresh):
            found |= rows[place]
        fresh = found & ~seen & ~(1 << source)
        seen |= fresh
    return bool(seen & last)


def _lost(net: Network, source: int, target: int) -> int:
    """Count the pairs that break without a line."""
    without = list(net.out)
    without[source] = tuple(there for there in net.out[source] if there != target)
    return reach.pairs(net) - sum(mask.bit_count() for mask in graph.closure(without))


def _worst_first(found: list[Bridge]) -> tuple[Bridge, ...]:
    return tuple(sorted(found, key=lambda bridge: -bridge.lost))
