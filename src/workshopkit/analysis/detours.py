"""How the lines that senders believe straight really run.

Every believed line has one outcome: *straight* (the receiver heard it directly) · *via* k others, the shortest lived
route having k + 1 hops · *heard_via_unknown* (the receiver said that it came by way of another, and the map has no
route) · *unknown* (the receiver is silent, or a route exists once the claims to silent receivers are added) ·
*did_not_arrive*. The five counts sum to the number of believed lines. A detour is not a fault: some arrive better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise

from workshopkit.analysis import arrays, graph, hops, reach
from workshopkit.analysis.arrays import Rows
from workshopkit.network.network import Network, Pair

__all__ = ["OUTCOMES", "Detour", "Detours", "find"]

OUTCOMES = ("straight", "via", "heard_via_unknown", "unknown", "did_not_arrive")


@dataclass(frozen=True, slots=True)
class Detour:
    """How one believed line runs.

    Parameters
    ----------
    source, target
        The sender and the receiver.
    outcome
        One of `OUTCOMES`.
    stops
        How many others the shortest lived route passes; 0 if straight, None without a route.
    route
        A shortest lived route, both ends included; of several the one through a way that the receiver named.
    ways
        What the receiver named as ways. Only of these it may be said that the message *runs via* them.
    hangs_on
        How many divided lines the route would pass that another outcome or a shorter route hangs on.
    """

    source: str
    target: str
    outcome: str
    stops: int | None = None
    route: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    hangs_on: int = 0

    @property
    def could_run_via(self) -> tuple[str, ...]:
        """Give who stands in between on a route that the receiver did not name: it *could* reach via them."""
        return () if self.ways else self.route[1:-1]


@dataclass(frozen=True)
class Detours:
    """All believed lines, and how many have which outcome.

    Parameters
    ----------
    net
        The map.
    via
        By the number of stops, how many lines have that many.
    """

    net: Network = field(repr=False)
    straight: int
    via: dict[int, int]
    heard_via_unknown: int
    unknown: int
    did_not_arrive: int

    @cached_property
    def lines(self) -> tuple[Detour, ...]:
        """Give how each runs, in the order of the believed map; on a large map that takes longer than to count them."""
        net = self.net
        lived, divided = set(net.lived), set(net.divided)
        lines = []
        for pair in net.believed:
            found = _straight(net, pair) if pair in lived else _run(net, net, pair)
            if divided and found.outcome != "straight":
                other = _run(net, net.with_divided, pair)
                if (other.outcome, other.stops) != (found.outcome, found.stops):
                    found = replace(found, hangs_on=sum(hop in divided for hop in pairwise(other.route)))
            lines.append(found)
        return tuple(lines)


def find(net: Network) -> Detours:
    """Find out how every believed line runs: detour = hops - 1 of the shortest lived route, from 0 to n - 2.

    Parameters
    ----------
    net
        The map.

    Returns
    -------
    Detours
        No lines and zeros where nobody believes anything.

    References
    ----------
    The two sides of a line, laid over each other: D. Krackhardt (1987), Cognitive social structures, Social Networks
    9(2), 109-134.

    Examples
    --------
    >>> net = Network(
    ...     tuple("abc"),
    ...     voiced=frozenset("abc"),
    ...     received=frozenset("abc"),
    ...     believed=(("a", "b"), ("a", "c"), ("c", "a")),
    ...     lived=(("a", "b"), ("b", "c"), ("c", "b")),
    ... )
    >>> found = find(net)
    >>> found.straight, found.via, found.did_not_arrive
    (1, {1: 1}, 1)
    >>> found.lines[1].could_run_via
    ('b',)
    """
    lived = set(net.lived)
    heard = [pair for pair in net.believed if pair[1] in net.received]
    bent = [pair for pair in heard if pair not in lived]
    far = _hops(net, net.lived, bent)
    lost = [pair for pair in compress(bent, (not hop for hop in far)) if pair not in net.ways]
    maybe = sum(map(bool, _hops(net, (*net.lived, *net.into_silence), lost))) if net.into_silence else 0
    by_way = far.count(0) - len(lost)
    return Detours(
        net,
        straight=len(heard) - len(bent),
        via={hop - 1: far.count(hop) for hop in sorted(set(far)) if hop},
        heard_via_unknown=by_way,
        unknown=len(net.believed) - len(heard) + maybe,
        did_not_arrive=len(lost) - maybe,
    )


def _hops(net: Network, over: Sequence[Pair], pairs: Sequence[Pair]) -> list[int]:
    """Give, by pair, the hops of a shortest route over some lines; 0 without one."""
    if not pairs:
        return []
    (here, there), (source, target) = arrays.ends(net, over).T, arrays.ends(net, pairs).T
    out, back = (Rows(*ends, len(net.actors)) for ends in ((here, there), (there, here)))
    found: list[int] = hops.between(out, back, source, target).tolist()
    return found


def _straight(net: Network, pair: Pair) -> Detour:
    source, target = pair
    if target not in net.received:
        return Detour(source, target, "unknown")
    return Detour(source, target, "straight", 0, pair, net.ways.get(pair, ()))


def _run(net: Network, over: Network, pair: Pair) -> Detour:
    source, target = pair
    start, end = net.index[source], net.index[target]
    ways = net.ways.get(pair, ())
    if target not in net.received:
        return Detour(source, target, "unknown")
    named = {net.index[way] for way in ways if way in net.index}
    way = graph.route(over.out, start, end, prefer=named, back=reach.back(over))
    if way is not None:
        stops = len(way) - 2
        route = tuple(net.actors[place] for place in way)
        return Detour(source, target, "via" if stops else "straight", stops, route, ways)
    if pair in net.ways:
        return Detour(source, target, "heard_via_unknown", ways=ways)
    maybe = graph.route(net.possible, start, end, back=reach.possible_back(net)) is not None
    return Detour(source, target, "unknown" if maybe else "did_not_arrive")
