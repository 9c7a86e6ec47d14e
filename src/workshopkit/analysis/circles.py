"""Where the message goes round, and whether it still gets out.

A *two-way pair* answers each other, a good sign. A *directed cycle* joins three or more actors. Only a *closed circle*
is a finding: a strongly connected component of at least two actors, none of them an audience, from which no audience
can be reached. The advice is "open an exit", never "cut". Whether there is an exit is tried on the lived map with
every claim to those who are silent or have no voice added: a component closed only without these is *unknown*, since
silent teams would otherwise create circles that are not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import comb

from workshopkit.analysis import graph, reach
from workshopkit.network.network import Adjacency, Network, Pair

__all__ = ["Circles", "Closed", "Order", "closed", "find", "order", "shortest_cycle", "two_way"]

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The circles without an exit.

    Parameters
    ----------
    circles
        The findings; None if nothing can be judged, with the `reason`.
    unknown
        Components that a silent actor may open.
    reason
        ``"no_voiced_audience"``.
    hangs_on
        By circle that would not be one with the divided lines in, how many divided lines there are.
    """

    circles: tuple[Group, ...] | None
    unknown: tuple[Group, ...] = ()
    reason: str | None = None
    hangs_on: dict[Group, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """How far the lived map is a tree from the top, after Krackhardt; for the annex.

    Parameters
    ----------
    hierarchy
        1 - pairs that reach each other / pairs of which one reaches the other; None if there are none.
    connectedness
        Share of pairs that are joined in the underlying graph; None with fewer than two actors.
    efficiency
        1 - (m - sum(N - 1)) / sum(N - 1)^2 over the weak components of N actors; None without any line.
    """

    hierarchy: float | None
    connectedness: float | None
    efficiency: float | None


@dataclass(frozen=True, slots=True)
class Circles:
    """All that is known of circles on one map.

    Parameters
    ----------
    two_way
        Pairs that answer each other.
    closed
        The findings.
    largest
        Actors in the largest strongly connected component; 0 on an empty map.
    on_a_cycle
        How many actors lie on a directed cycle, two-way pairs included.
    order
        Krackhardt's figures.
    """

    two_way: tuple[Pair, ...]
    closed: Closed
    largest: int
    on_a_cycle: int
    order: Order


def find(net: Network) -> Circles:
    """Find out where the message goes round.

    Examples
    --------
    >>> found = find(Network.from_edges(["ab", "bc", "ca", "cd"], audiences="t"))
    >>> found.closed.circles, found.largest
    ((('a', 'b', 'c'),), 3)
    """
    parts = reach.components(net)
    return Circles(
        two_way=two_way(net),
        closed=closed(net),
        largest=max(map(len, parts), default=0),
        on_a_cycle=sum(len(part) for part in parts if len(part) > 1),
        order=order(net),
    )


def two_way(net: Network) -> tuple[Pair, ...]:
    """Give the pairs that hear each other directly, in the map's order.

    Examples
    --------
    >>> two_way(Network.from_edges(["ab", "ba", "bc"]))
    (('a', 'b'),)
    """
    lived = set(net.lived)
    return tuple((a, b) for a, b in net.lived if net.index[a] < net.index[b] and (b, a) in lived)


def shortest_cycle(net: Network, actor: str) -> Group | None:
    """Give a shortest directed cycle of three or more actors through an actor; None if there is none.

    Returns
    -------
    tuple
        The actors in the order of the message, the one asked for first.

    References
    ----------
    A. Itai and M. Rodeh (1978), Finding a minimum circuit in a graph, SIAM Journal on Computing 7(4), 413-423.

    Examples
    --------
    >>> shortest_cycle(Network.from_edges(["ab", "ba", "bc", "ca"]), "a")
    ('a', 'b', 'c')
    >>> shortest_cycle(Network.from_edges(["ab", "ba"]), "a") is None
    True
    """
    start = net.index[actor]
    others = [
        () if here == start else tuple(p for p in row if p != start) for here, row in enumerate(net.out)
    ]
    last = [place for place, row in enumerate(net.out) if start in row]
    ways = (graph.route(others, first, end) for first in net.out[start] for end in last if first != end)
    shortest = min((way for way in ways if way is not None), key=len, default=None)
    return None if shortest is None else (actor, *(net.actors[place] for place in shortest))


def closed(net: Network) -> Closed:
    """Find the closed circles.

    Parameters
    ----------
    net
        The map.

    Returns
    -------
    Closed
        None for the circles if no audience has a voice.

    References
    ----------
    Strongly connected components: R. Tarjan (1972), Depth-first search and linear graph algorithms, SIAM Journal on
    Computing 1(2), 146-160.

    Examples
    --------
    >>> closed(Network.from_edges(["ab", "bc", "ca", "cd"], audiences="t")).circles
    (('a', 'b', 'c'),)
    >>> closed(Network.from_edges(["ab", "bc", "ca", "cd", "dt"], audiences="t")).circles
    ()
    >>> closed(Network.from_edges(["ab", "ba"])).reason
    'no_voiced_audience'
    """
    if not net.voiced.intersection(net.audiences):
        return Closed(None, reason="no_voiced_audience")
    found = tuple(_shut(net, net.possible))
    maybe = tuple(part for part in _shut(net, net.out) if part not in found)
    also = net.with_divided
    still = set(_shut(also, also.possible)) if net.divided else set(found)
    return Closed(found, maybe, hangs_on={part: len(net.divided) for part in found if part not in still})


def _shut(net: Network, ways: Adjacency) -> Iterator[Group]:
    """Give the components of the lived map without an audience from which none can be reached by `ways`."""
    open_ = graph.reached(graph.turned(ways), (net.index[actor] for actor in net.audiences))
    for part in reach.components(net):
        if len(part) > 1 and part[0] not in open_:
            yield tuple(net.actors[place] for place in part)


def order(net: Network) -> Order:
    """Give hierarchy, connectedness and efficiency, each from 0 to 1, as R's sna computes them.

    References
    ----------
    D. Krackhardt (1994), Graph theoretical dimensions of informal organizations, in K. Carley and M. Prietula (eds),
    Computational organization theory, 89-111.

    Examples
    --------
    >>> order(Network.from_edges(["ab", "bc", "cb"]))
    Order(hierarchy=0.6666666666666667, connectedness=1.0, efficiency=0.75)
    >>> order(Network.from_edges([], actors="a"))
    Order(hierarchy=None, connectedness=None, efficiency=None)
    """
    n = len(net.actors)
    both = sum(comb(len(part), 2) for part in reach.components(net))
    ordered = reach.pairs(net)
    sizes = [len(part) for part in graph.weak_components(net.out)]
    needed, most = sum(size - 1 for size in sizes), sum((size - 1) ** 2 for size in sizes)
    return Order(
        hierarchy=1 - both / (ordered - both) if ordered else None,
        connectedness=sum(comb(size, 2) for size in sizes) / comb(n, 2) if n > 1 else None,
        efficiency=1 - (len(net.lived) - needed) / most if most else None,
    )
