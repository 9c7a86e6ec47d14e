"""Who reaches whom on one map, worked out once and kept with it.

Places that reach each other are one component, and reach the same. So reach is carried back from component to component,
those that lead nowhere first, as the bits of one integer: a bit for every place that is asked for. Where these would
take too much memory at a time they are asked for a part at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import TypeVar

from workshopkit.analysis import graph
from workshopkit.network.network import Network

__all__ = ["ahead", "back", "components", "once", "pairs", "possible_back"]

T = TypeVar("T")

# How many bits all components together may hold at a time: 64 MB.
_MOST_BITS = 1 << 29


def once(measure: Callable[[Network], T]) -> Callable[[Network], T]:
    """Compute a measure of a map once, and keep it as long as the map."""
    name = f"{measure.__module__}.{measure.__qualname__}"

    @wraps(measure)
    def kept(net: Network) -> T:
        known = vars(net)
        if name not in known:
            known[name] = measure(net)
        found: T = known[name]
        return found

    return kept


@once
def components(net: Network) -> list[tuple[int, ...]]:
    """Give the strongly connected components of the lived map, by their first place.

    Examples
    --------
    >>> components(Network.from_edges(["ab", "ba", "bc"]))
    [(0, 1), (2,)]
    """
    return sorted(_lived_sinks_first(net))


def ahead(
    net: Network, goals: Sequence[int], *, possible: bool = False
) -> Iterator[tuple[Sequence[int], list[int]]]:
    """Give, by place, which goals it reaches over the lived map; a goal reaches itself.

    Parameters
    ----------
    net
        The map.
    goals
        Places.
    possible
        Add every claim to those who are silent.

    Yields
    ------
    tuple
        Some of the goals, and by place a mask with a bit for each of these.

    Examples
    --------
    >>> list(ahead(Network.from_edges(["ab", "bc"]), [1, 2]))
    [([1, 2], [3, 3, 2])]
    """
    out = net.possible if possible else net.out
    parts = _possible_sinks_first(net) if possible else _lived_sinks_first(net)
    of = [0] * len(out)
    for number, part in enumerate(parts):
        for place in part:
            of[place] = number
    beyond = [sorted({of[there] for here in part for there in out[here]} - {of[part[0]]}) for part in parts]
    step = max(64, _MOST_BITS // max(len(parts), 1))
    for start in range(0, len(goals), step):
        some = goals[start : start + step]
        masks = [0] * len(parts)
        for number, goal in enumerate(some):
            masks[of[goal]] |= 1 << number
        for number, further in enumerate(beyond):
            for there in further:
                masks[number] |= masks[there]
        yield some, [masks[part] for part in of]


@once
def pairs(net: Network) -> int:
    """Count the ordered pairs of which the first reaches the second over the lived map.

    Examples
    --------
    >>> pairs(Network.from_edges(["ab", "bc", "cb"]))
    4
    """
    n = len(net.actors)
    found = 0
    for _, masks in ahead(net, range(n)):
        counted: dict[int, int] = {}
        for mask in masks:
            if id(mask) not in counted:
                counted[id(mask)] = mask.bit_count()
            found += counted[id(mask)]
    return found - n


@once
def back(net: Network) -> list[list[int]]:
    """Give, by place, from where lived lines run to it."""
    return graph.turned(net.out)


@once
def possible_back(net: Network) -> list[list[int]]:
    """Give the same with every claim to those who are silent added."""
    return graph.turned(net.possible) if net.into_silence else back(net)


@once
def _lived_sinks_first(net: Network) -> list[tuple[int, ...]]:
    return graph.sinks_first(net.out)


@once
def _possible_sinks_first(net: Network) -> list[tuple[int, ...]]:
    return graph.sinks_first(net.possible) if net.into_silence else _lived_sinks_first(net)
