"""Maps as arrays of places, for measures that go over every line of a large map.

A *tie* joins two places that have a line in whatever direction; its weight is 2 if lines run both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from workshopkit.analysis.reach import once
from workshopkit.analysis.relabel import Ints
from workshopkit.network.network import Network, Pair

__all__ = ["Rows", "ends", "lines", "ties"]


@once
def lines(net: Network) -> Ints:
    """Give the lived lines as rows of two places.

    Examples
    --------
    >>> lines(Network.from_edges(["ab", "ba", "bc"])).tolist()
    [[0, 1], [1, 0], [1, 2]]
    """
    return ends(net, net.lived)


def ends(net: Network, pairs: Sequence[Pair]) -> Ints:
    """Give any pairs of actors as rows of two places.

    Examples
    --------
    >>> ends(Network.from_edges(["ab", "bc"]), [("c", "a")]).tolist()
    [[2, 0]]
    """
    places = map(net.index.__getitem__, chain.from_iterable(pairs))
    return np.fromiter(places, dtype=np.int64, count=2 * len(pairs)).reshape(-1, 2)


@once
def ties(net: Network) -> tuple[Ints, Ints]:
    """Give the ties as rows of two places, the first one first, and their weights.

    Examples
    --------
    >>> found, weight = ties(Network.from_edges(["ab", "ba", "bc"]))
    >>> found.tolist(), weight.tolist()
    ([[0, 1], [1, 2]], [2, 1])
    """
    n, found = max(len(net.actors), 1), lines(net)
    pairs, weight = np.unique(found.min(axis=1) * n + found.max(axis=1), return_counts=True)
    return np.stack(np.divmod(pairs, n), axis=1), weight.astype(np.int64)


class Rows:
    """Where lines run to from each place, all rows one after the other.

    Parameters
    ----------
    source, target
        Both ends of every line.
    places
        How many there are.

    Attributes
    ----------
    order
        In which order the given lines stand here.
    near
        The other ends.
    count
        How many each place has.

    Examples
    --------
    >>> rows = Rows(np.array([1, 0, 0]), np.array([2, 2, 1]), 3)
    >>> rows.near.tolist(), rows.near[rows.of(np.array([1, 0]))].tolist()
    ([1, 2, 2], [2, 1, 2])
    """

    def __init__(self, source: Ints, target: Ints, places: int) -> None:
        self.order = np.lexsort((target, source))
        self.near: Ints = target[self.order]
        self.count: Ints = np.bincount(source, minlength=places).astype(np.int64)
        self._start: Ints = np.concatenate(([0], np.cumsum(self.count)))

    def part(self, place: int) -> slice:
        """Give where the row of one place stands."""
        return slice(int(self._start[place]), int(self._start[place + 1]))

    def of(self, places: Ints) -> Ints:
        """Give where the rows of some places stand, one after the other."""
        many = self.count[places]
        first = np.repeat(self._start[places] - np.cumsum(many) + many, many)
        return first + np.arange(len(first))
