"""Who stands between others, over the lived lines.

Betweenness follows lines as they run, over ordered pairs, without the ends, and is not divided by anything. Constraint
and effective size look at the ties around an actor: a tie's weight is a_ij + a_ji, so 2 for a two-way pair, and effective
size takes it as one. All three say little on a small map: with a dozen places they hang on a single line.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from workshopkit.analysis import arrays, load
from workshopkit.analysis.arrays import Rows
from workshopkit.analysis.relabel import Ints
from workshopkit.network.network import Network

__all__ = ["Broker", "Brokers", "betweenness", "constraint", "effective_size", "find"]

# Above so many actors betweenness is estimated, from so many of them; above the second number from fewer.
EXACT_ACTORS, PIVOTS = 5_000, 512
MANY_ACTORS, PIVOTS_OF_MANY = 20_000, 256
# A map of at most so many actors is listed in full, a larger one up to the second number.
ALL_LISTED, LISTED = 1_000, 100
# So many searches go side by side, in so many threads: what they write must fit near the processor.
_NUMBERS, _THREADS = 1 << 19, 2
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Broker:
    """What one actor is to others; constraint and effective size are None for one without any line.

    Its load is its lived lines, in and out; its capacity how many it can carry.
    """

    actor: str
    betweenness: float
    constraint: float | None
    effective_size: float | None
    load: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Brokers:
    """The brokers of one map.

    Parameters
    ----------
    rows
        By betweenness, the highest first, then by name: all up to 1 000 actors, else the first 100.
    method
        ``"exact"``; above 5 000 actors ``"512 pivots"``, above 20 000 ``"256 pivots"``: an estimate of betweenness, to be shown as a set without order.
    """

    rows: tuple[Broker, ...]
    method: str


def find(net: Network, *, seed: int = 0) -> Brokers:
    """Give who stands between others.

    Parameters
    ----------
    net
        The map.
    seed
        Where the pivots of a large map come from.

    Returns
    -------
    Brokers
        No rows without actors.

    References
    ----------
    As `betweenness`, `constraint`, `effective_size` and `workshopkit.analysis.load.find` name them.

    Examples
    --------
    >>> find(Network.from_edges(["ab", "bc"])).rows[0]
    Broker(actor='b', betweenness=1.0, constraint=0.5, effective_size=2.0, load=2, capacity=5)
    """
    between, carried = betweenness(net, seed=seed), load.find(net)
    order = sorted(net.actors, key=lambda actor: (-between[actor], actor))
    listed = order if len(order) <= ALL_LISTED else order[:LISTED]
    most = load.capacity(carried, net.capacities)
    ties = _Ties(net)
    held, size = constraint(net, listed, ties=ties), effective_size(net, listed, ties=ties)
    rows = tuple(Broker(one, between[one], held[one], size[one], carried[one], most[one]) for one in listed)
    return Brokers(rows, f"{pivots} pivots" if (pivots := _pivots(len(net.actors))) else "exact")


def betweenness(net: Network, *, seed: int = 0) -> dict[str, float]:
    """Give, by actor v, the sum over ordered pairs of others s, t of (shortest routes by v / shortest routes).

    From 0 to (n-1)(n-2). A pair without a route adds nothing. Above 5 000 actors only the routes from 512 drawn
    actors are counted, above 20 000 from 256, and multiplied by n/512 or n/256: an estimate.

    Parameters
    ----------
    net
        The map.
    seed
        Where the drawn actors come from.

    Returns
    -------
    dict of float
        In the map's order, to ten digits, so that what is equal compares as equal.

    References
    ----------
    L. C. Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40(1), 35-41. U. Brandes
    (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2), 163-177. U. Brandes
    and C. Pich (2007), Centrality estimation in large networks, International Journal of Bifurcation and Chaos 17(7),
    2303-2318.

    Examples
    --------
    >>> betweenness(Network.from_edges(["ab", "bc"]))
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    n = len(net.actors)
    drawn, pivots = np.arange(n), _pivots(n)
    if pivots:
        drawn = np.random.default_rng((seed, 3)).choice(n, size=min(n, pivots), replace=False)
    values = _carried(net, drawn) * (n / max(len(drawn), 1))
    # What is added up in another order may differ in its last digits.
    return {actor: float(f"{value:.10g}") for actor, value in zip(net.actors, values.tolist(), strict=True)}


def constraint(
    net: Network, actors: Sequence[str] | None = None, *, ties: _Ties | None = None
) -> dict[str, float | None]:
    """Give Burt's constraint: how much of an actor's ties lead back to the same others.

    c_i = sum over i's neighbours j of (p_ij + sum over q of p_iq p_qj)^2, q other than i and j, with
    p_ij = (a_ij + a_ji) / sum over k of (a_ik + a_ki). Above 0; low where somebody joins others who are not joined; it
    may exceed 1.

    Parameters
    ----------
    net
        The map.
    actors
        Whose; all if not given.
    ties
        The map's ties, if they were collected before.

    Returns
    -------
    dict
        By actor; None for one without any line.

    References
    ----------
    R. S. Burt (1992), Structural holes: the social structure of competition, Harvard University Press, chapter 2.

    Examples
    --------
    >>> constraint(Network.from_edges(["ab", "bc"], actors="abcd"))
    {'a': 1.0, 'b': 0.5, 'c': 1.0, 'd': None}
    """
    ties = ties or _Ties(net)
    found: dict[str, float | None] = {}
    for actor in net.actors if actors is None else actors:
        place = net.index[actor]
        near, weight = ties.around(place)
        if not near.size:
            found[actor] = None
            continue
        direct = weight / weight.sum()
        there, by, how_many = ties.beyond(near)
        share = np.repeat(direct / ties.strength[near], how_many) * by
        indirect = np.bincount(there, share, minlength=len(net.actors))[near]
        found[actor] = float(np.square(direct + indirect).sum())
    return found


def effective_size(
    net: Network, actors: Sequence[str] | None = None, *, ties: _Ties | None = None
) -> dict[str, float | None]:
    """Give the effective size of an actor's surroundings: d - 2t/d, on the underlying graph.

    With d neighbours and t ties between these. From 1 (all know each other) to d (none do).

    Parameters
    ----------
    net
        The map.
    actors
        Whose; all if not given.
    ties
        The map's ties, if they were collected before.

    Returns
    -------
    dict
        By actor; None for one without any line.

    References
    ----------
    S. P. Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20(1), 35-38.

    Examples
    --------
    >>> effective_size(Network.from_edges(["ab", "ac", "ad"], actors="abcde"))
    {'a': 3.0, 'b': 1.0, 'c': 1.0, 'd': 1.0, 'e': None}
    """
    ties = ties or _Ties(net)
    found: dict[str, float | None] = {}
    mine = np.zeros(len(net.actors), dtype=bool)
    for actor in net.actors if actors is None else actors:
        near, _ = ties.around(net.index[actor])
        if not near.size:
            found[actor] = None
            continue
        mine[near] = True
        there, _, _ = ties.beyond(near)
        # Every tie between two neighbours is met from both of its ends, so this is 2t.
        found[actor] = near.size - int(mine[there].sum()) / near.size
        mine[near] = False
    return found


class _Ties:
    """The ties around every place, with their weights."""

    def __init__(self, net: Network) -> None:
        found, weight = arrays.ties(net)
        ends = np.concatenate((found, found[:, ::-1]))
        both: Floats = np.tile(weight, 2).astype(np.float64)
        self.rows = Rows(ends[:, 0], ends[:, 1], len(net.actors))
        self.weight: Floats = both[self.rows.order]
        strength: Any = np.bincount(ends[:, 0], both, minlength=len(net.actors))
        self.strength: Floats = strength

    def around(self, place: int) -> tuple[Ints, Floats]:
        """Give the neighbours of a place, and the weights of its ties."""
        part = self.rows.part(place)
        return self.rows.near[part], self.weight[part]

    def beyond(self, places: Ints) -> tuple[Ints, Floats, Ints]:
        """Give the neighbours of some places one after the other, the weights, and how many each place has."""
        found = self.rows.of(places)
        return self.rows.near[found], self.weight[found], self.rows.count[places]


def _pivots(actors: int) -> int:
    """Give from how many actors betweenness is estimated; 0 is exact."""
    return 0 if actors <= EXACT_ACTORS else PIVOTS if actors <= MANY_ACTORS else PIVOTS_OF_MANY


def _carried(net: Network, sources: Ints) -> Floats:
    """Add up what each place carries of the routes from some places, some of these side by side, after Brandes."""
    from scipy.sparse import csr_array

    n, lived = len(net.actors), arrays.lines(net)
    total = np.zeros(n)
    if not len(lived):
        return total
    out = csr_array((np.ones(len(lived)), (lived[:, 0], lived[:, 1])), shape=(n, n))
    back = csr_array(out.T)
    wide = min(64, max(8, _NUMBERS // n))
    parts = [sources[start : start + wide] for start in range(0, len(sources), wide)]
    with ThreadPoolExecutor(_THREADS) as pool:
        for carried in pool.map(lambda part: _from(out, back, part), parts):
            total += carried
    return total


def _from(out: Any, back: Any, sources: Ints) -> Floats:
    """Follow the shortest routes from some places a layer at a time, there and back; a column for each of them."""
    layer = np.ascontiguousarray(out[sources].toarray().T)
    unseen = layer == 0
    unseen[sources, np.arange(len(sources))] = False
    routes, layers = layer.copy(), [layer > 0]
    while unseen.any():
        layer = back @ layer
        layer *= unseen
        fresh = layer > 0
        if not fresh.any():
            break
        routes += layer
        unseen ^= fresh
        layers.append(fresh)
    routes[routes == 0] = 1
    carried: Floats = np.zeros_like(routes)
    share = np.empty_like(routes)
    for before, here in pairwise(reversed(layers)):
        np.add(carried, 1, out=share)
        share /= routes
        share *= before
        gain = out @ share
        gain *= routes
        gain *= here
        carried += gain
    found: Floats = carried.sum(axis=1)
    return found
