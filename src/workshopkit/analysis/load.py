"""How many lived lines an actor carries, in and out, and how many it can.

Drawing every line makes a map look perfect; what it asks of people is its *overload*, the sum of max(0, load -
capacity). The capacity is max(5, 1.5 x the load at the start, rounded up) until somebody says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workshopkit.analysis import arrays
from workshopkit.network.network import Network

__all__ = ["capacity", "find", "overload"]

LEAST_CAPACITY = 5


def find(net: Network) -> dict[str, int]:
    """Give, by actor, its lived lines in and out: from 0 to 2(n-1).

    References
    ----------
    L. C. Freeman (1978), Centrality in social networks: conceptual clarification, Social Networks 1(3), 215-239.

    Examples
    --------
    >>> find(Network.from_edges(["ab", "ba", "bc"]))
    {'a': 2, 'b': 3, 'c': 1}
    """
    load = np.bincount(arrays.lines(net).ravel(), minlength=len(net.actors))
    return dict(zip(net.actors, load.tolist(), strict=True))


def capacity(load: Mapping[str, int], given: Mapping[str, float] | None = None) -> dict[str, int]:
    """Give, by actor, how many lines it can carry: what was given, else by its load at the start.

    Examples
    --------
    >>> capacity({"a": 2, "b": 7, "c": 1}, {"c": 3})
    {'a': 5, 'b': 11, 'c': 3}
    """
    # ceil(1.5 x) in whole numbers.
    usual = {actor: max(LEAST_CAPACITY, (3 * lines + 1) // 2) for actor, lines in load.items()}
    return {**usual, **{actor: int(most) for actor, most in (given or {}).items() if actor in usual}}


def overload(load: Mapping[str, int], most: Mapping[str, int]) -> int:
    """Give the lines above capacity, over all actors; 0 where everybody can carry theirs.

    Examples
    --------
    >>> overload({"a": 12, "b": 3}, {"a": 9, "b": 5})
    3
    """
    return sum(max(0, lines - most[actor]) for actor, lines in load.items())
