"""What becomes of the map with steps that change it.

What is shown of a map before and after is its *outcome*; the one number J behind proposals is

    J = (speaker, audience) pairs within two hops + believed lines that run straight
        - actors in closed circles - walls - overload

with every weight 1. It takes it that each step works, and so says what is possible and not what will be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workshopkit.analysis import arrival, circles, graph, load, walls
from workshopkit.network.network import Network, Pair
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, PRICES, Price, Step

__all__ = [
    "KINDS",
    "PRICES",
    "Outcome",
    "Price",
    "Step",
    "applied",
    "changes",
    "outcome",
]


def changes(net: Network, step: Step) -> frozenset[Pair]:
    """Give the lines that a step lays, or takes away; none if it does not fit this map.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "bc"], groups=dict(a="x", b="x", c="y"))
    >>> sorted(changes(net, Step("bridge", "a", "c")))
    [('a', 'c'), ('c', 'a')]
    >>> changes(net, Step("add", "a", "b"))
    frozenset()
    """
    return frozenset(pair for pair in _FITS[step.kind](net, step) if pair[0] != pair[1])


def _repair(net: Network, step: Step) -> Iterator[Pair]:
    pair = step.source, step.target
    if pair in net.believed and pair not in net.lived and not _joined(net, pair):
        yield pair


def _shorten(net: Network, step: Step) -> Iterator[Pair]:
    pair = step.source, step.target
    if pair in net.believed and pair not in net.lived and _joined(net, pair):
        yield pair


def _add(net: Network, step: Step) -> Iterator[Pair]:
    pair = step.source, step.target
    if pair not in net.believed and pair not in net.lived:
        yield pair


def _remove(net: Network, step: Step) -> Iterator[Pair]:
    pair = step.source, step.target
    if pair in net.lived:
        yield pair


def _bridge(net: Network, step: Step) -> Iterator[Pair]:
    one, other = step.source, step.target
    groups = net.groups.get(one), net.groups.get(other)
    if None not in groups and groups[0] != groups[1]:
        yield from {(one, other), (other, one)} - set(net.lived)


def _channel(net: Network, step: Step) -> Iterator[Pair]:
    listeners = (actor for actor, group in net.groups.items() if group == step.target)
    yield from {(step.source, actor) for actor in listeners} - set(net.lived)


def _workshop(net: Network, step: Step) -> Iterator[Pair]:
    """Lay what is drawn and not lived between an actor and a domain, both ways."""
    there = {actor for actor, group in net.groups.items() if group == step.target} - {step.source}
    lived = set(net.lived)
    for source, target in net.believed:
        between = (source == step.source and target in there) or (target == step.source and source in there)
        if between and (source, target) not in lived:
            yield source, target


def _campaign(net: Network, step: Step) -> Iterator[Pair]:
    if step.target == EVERY_AUDIENCE and step.source not in net.audiences:
        yield from {(step.source, one) for one in net.audiences if one in net.voiced} - set(net.lived)


def _small(net: Network, step: Step) -> Iterator[Pair]:
    """Lay a line within one domain: that is what nobody has to be asked for."""
    pair = step.source, step.target
    groups = net.groups.get(step.source), net.groups.get(step.target)
    if None not in groups and groups[0] == groups[1] and pair not in net.lived:
        yield pair


_FITS: Mapping[str, Callable[[Network, Step], Iterator[Pair]]] = {
    "repair": _repair,
    "shorten": _shorten,
    "add": _add,
    "bridge": _bridge,
    "channel": _channel,
    "workshop": _workshop,
    "campaign": _campaign,
    "small": _small,
    "remove": _remove,
}


def _joined(net: Network, pair: Pair) -> bool:
    return graph.route(net.out, net.index[pair[0]], net.index[pair[1]]) is not None


def applied(net: Network, steps: Iterable[Step]) -> Network:
    """Give the map on which all these steps have worked; their order makes no difference.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "bc"])
    >>> applied(net, [Step("remove", "a", "b"), Step("add", "a", "c")]).lived
    (('a', 'c'), ('b', 'c'))
    """
    laid: set[Pair] = set()
    gone: set[Pair] = set()
    for step in steps:
        (gone if step.kind == "remove" else laid).update(changes(net, step))

    def changed(pairs: Collection[Pair]) -> tuple[Pair, ...]:
        kept = (set(pairs) - gone) | laid
        return tuple(sorted(kept, key=lambda pair: (net.index[pair[0]], net.index[pair[1]])))

    return replace(
        net,
        believed=changed(net.believed),
        lived=changed(net.lived),
        divided=tuple(pair for pair in net.divided if pair not in laid),
        ways={pair: ways for pair, ways in net.ways.items() if pair not in laid},
    )


@dataclass(frozen=True)
class Outcome:
    """What a map comes to.

    Parameters
    ----------
    pairs
        The (speaker, audience) pairs; all ordered pairs on a map without audiences.
    direct, within_two, at_all
        How many of them are reached in one hop, in at most two, and in any way.
    believed, straight
        The lines that senders draw, and how many of these run straight.
    circles
        The closed circles; None where nothing can be judged.
    walls
        The pairs of domains between which there is a wall.
    overloaded
        By actor that carries more lines than it can, how many too many.
    """

    pairs: int
    direct: int
    within_two: int
    at_all: int
    believed: int
    straight: int
    circles: tuple[tuple[str, ...], ...] | None
    walls: tuple[Pair, ...]
    overloaded: Mapping[str, int] = field(default_factory=dict)

    @property
    def in_circles(self) -> int:
        """Count the actors in closed circles."""
        return sum(map(len, self.circles or ()))

    @property
    def overload(self) -> int:
        """Count the lines above what actors can carry."""
        return sum(self.overloaded.values())

    @property
    def score(self) -> int:
        """Give J."""
        return self.within_two + self.straight - self.in_circles - len(self.walls) - self.overload


def outcome(net: Network, *, capacity: Mapping[str, int] | None = None) -> Outcome:
    """Look at a map.

    Parameters
    ----------
    net
        The map, with or without steps.
    capacity
        By actor, how many lines it can carry: that of the map at the start; when left out, this is the start.

    References
    ----------
    The pairs: S. P. Borgatti (2006), Identifying sets of key players in a social network, Computational &
    Mathematical Organization Theory 12, 21-34.

    Examples
    --------
    >>> found = outcome(Network.from_edges(["ab", "bt"], audiences="t"))
    >>> found.pairs, found.direct, found.within_two, found.straight, found.score
    (2, 1, 2, 2, 4)
    """
    carried = load.find(net)
    most = load.capacity(carried, net.capacities) if capacity is None else capacity
    reach = arrival.headline(net).total
    return Outcome(
        pairs=reach.pairs if reach else 0,
        direct=reach.direct if reach else 0,
        within_two=reach.within_two if reach else 0,
        at_all=reach.at_all if reach else 0,
        believed=len(net.believed),
        straight=_straight(net),
        circles=circles.closed(net).circles,
        walls=walls.found(net),
        overloaded={actor: lines - most[actor] for actor, lines in carried.items() if lines > most[actor]},
    )


def _straight(net: Network) -> int:
    """Count as `workshopkit.analysis.detours` does, which looks for the routes of all others too."""
    lived = set(net.lived)
    return sum(pair in lived and pair[1] in net.received for pair in net.believed)
