"""What hangs on one actor: the ordered pairs of *others* that the lived map joins, and no longer joins without it."""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.analysis import graph
from workshopkit.analysis.reach import once
from workshopkit.network.network import Adjacency, Network, Pair

__all__ = ["COUNTED_ACTORS", "Failure", "broken", "find"]

COUNTED_ACTORS = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """The single points of failure of one map.

    Parameters
    ----------
    points
        The actors without which pairs of others break, the worst first.
    lost
        By actor, how many pairs break without it; None where they were not counted.
    method
        ``"counted"``, or above 200 actors ``"articulation points"``: those without which the underlying graph falls
        apart, in the map's order.
    """

    points: tuple[str, ...]
    lost: dict[str, int] | None
    method: str


@once
def find(net: Network) -> Failure:
    """Count what breaks without each actor: from 0 to (n-1)(n-2) pairs.

    Parameters
    ----------
    net
        The map.

    Returns
    -------
    Failure
        No points where nothing breaks.

    References
    ----------
    S. P. Borgatti (2006), Identifying sets of key players in a social network, Computational & Mathematical
    Organization Theory 12, 21-34.

    Examples
    --------
    >>> find(Network.from_edges(["ab", "bc"])).lost
    {'a': 0, 'b': 1, 'c': 0}
    >>> find(Network.from_edges([], actors="a")).points
    ()
    """
    if len(net.actors) > COUNTED_ACTORS:
        places = graph.articulation_points(net.out)
        return Failure(tuple(net.actors[place] for place in places), None, "articulation points")
    before = graph.closure(net.out)
    lost = {
        actor: sum(mask.bit_count() for mask in _missing(net.out, before, place))
        for place, actor in enumerate(net.actors)
    }
    points = sorted((actor for actor in net.actors if lost[actor]), key=lambda actor: -lost[actor])
    return Failure(tuple(points), lost, "counted")


def broken(net: Network, actor: str) -> tuple[Pair, ...]:
    """Give the pairs of others that break without an actor, in the map's order.

    Examples
    --------
    >>> broken(Network.from_edges(["ab", "bc"]), "b")
    (('a', 'c'),)
    """
    missing = _missing(net.out, graph.closure(net.out), net.index[actor])
    return tuple(
        (net.actors[source], net.actors[target])
        for source, mask in enumerate(missing)
        for target in graph.bits(mask)
    )


def _missing(out: Adjacency, before: list[int], without: int) -> list[int]:
    """Give, by place, the others that it reached, and no longer reaches."""
    bit = 1 << without
    after = graph.closure(
        [
            () if place == without else tuple(there for there in row if there != without)
            for place, row in enumerate(out)
        ]
    )
    return [
        0 if place == without else was & ~bit & ~now
        for place, (was, now) in enumerate(zip(before, after, strict=True))
    ]
