"""In which role an actor passes on between groups: i tells v, v tells j, and i does not tell j.

| role | groups of i, v, j |
| --- | --- |
| coordinator | all the same |
| itinerant | i and j the same, v of another |
| gatekeeper | v and j the same, i of another: it lets news in |
| representative | i and v the same, j of another: it carries news out |
| liaison | all different |
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np

from workshopkit.analysis import arrays
from workshopkit.analysis.arrays import Rows
from workshopkit.analysis.relabel import Ints
from workshopkit.network.network import Network

__all__ = ["Roles", "find"]


@dataclass(frozen=True, slots=True)
class Roles:
    """How often one actor stands in each role."""

    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0


# How many ways are looked at together.
_AT_A_TIME = 1 << 16
_ROLES = tuple(one.name for one in fields(Roles))
_COORDINATOR, _ITINERANT, _GATEKEEPER, _REPRESENTATIVE, _LIAISON = range(5)


def find(net: Network) -> dict[str, Roles]:
    """Count, by actor v that has a group, the ordered pairs (i, j) between which it stands, by role.

    Lived lines i→v→j with i ≠ j and no line i→j, all three with a group. Each count runs from 0 to (n-1)(n-2).

    Parameters
    ----------
    net
        The map, with its groups.

    Returns
    -------
    dict of Roles
        In the map's order; empty where nobody has a group.

    References
    ----------
    R. V. Gould and R. M. Fernandez (1989), Structures of mediation: a formal approach to brokerage in transaction
    networks, Sociological Methodology 19, 89-126.

    Examples
    --------
    >>> groups = {"a": "x", "b": "y", "c": "y"}
    >>> find(Network.from_edges(["ab", "bc"], groups=groups))["b"]
    Roles(coordinator=0, itinerant=0, gatekeeper=1, representative=0, liaison=0)
    >>> find(Network.from_edges(["ab", "bc"]))
    {}
    """
    number = {group: place for place, group in enumerate(dict.fromkeys(net.groups.values()))}
    group = np.array(
        [number[net.groups[actor]] if actor in net.groups else -1 for actor in net.actors], dtype=np.int64
    )
    ends = arrays.lines(net)
    ends = ends[(group[ends] >= 0).all(axis=1)]
    n = len(net.actors)
    rows = Rows(ends[:, 0], ends[:, 1], n)
    source, told = np.repeat(np.arange(n), rows.count), rows.near
    lines, ways = source * n + told, np.cumsum(rows.count[told])
    counts = np.zeros(n * len(_ROLES), dtype=np.int64)
    for first, last in pairwise(_parts(ways)):
        many = rows.count[told[first:last]]
        i, v = (np.repeat(end[first:last], many) for end in (source, told))
        j = rows.near[rows.of(told[first:last])]
        straight = i * n + j
        apart = np.flatnonzero(
            (lines[np.searchsorted(lines, straight).clip(max=len(lines) - 1)] != straight) & (i != j)
        )
        i, v, j = i[apart], v[apart], j[apart]
        role = _role(group[i], group[v], group[j])
        counts += np.bincount(v * len(_ROLES) + role, minlength=len(counts))
    by_actor = counts.reshape(n, len(_ROLES)).tolist()
    return {
        actor: Roles(**dict(zip(_ROLES, by_actor[place], strict=True)))
        for place, actor in enumerate(net.actors)
        if actor in net.groups
    }


def _parts(ways: Ints) -> list[int]:
    """Give at which lines to begin and end, so that not too many ways go on from these at a time."""
    steps = np.arange(_AT_A_TIME, ways[-1] if len(ways) else 0, _AT_A_TIME)
    found: list[int] = np.unique(np.concatenate(([0], np.searchsorted(ways, steps), [len(ways)]))).tolist()
    return found


def _role(i: Ints, v: Ints, j: Ints) -> Ints:
    """Give the number of the role, for each i, v and j."""
    other = np.where(v == j, _GATEKEEPER, np.where(i == j, _ITINERANT, _LIAISON))
    return np.where(i == v, np.where(v == j, _COORDINATOR, _REPRESENTATIVE), other)
