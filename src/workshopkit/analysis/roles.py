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
    counts = np.zeros(n * len(_ROLES), dtype=np.int64)
    straight = np.zeros(n, dtype=bool)
    for i in np.flatnonzero(rows.count).tolist():
        told = rows.near[rows.part(i)]
        v, j = np.repeat(told, rows.count[told]), rows.near[rows.of(told)]
        straight[told] = straight[i] = True
        apart = ~straight[j]
        straight[told] = straight[i] = False
        v, j = v[apart], j[apart]
        np.add.at(counts, v * len(_ROLES) + _role(int(group[i]), group[v], group[j]), 1)
    by_actor = counts.reshape(n, len(_ROLES)).tolist()
    return {
        actor: Roles(**dict(zip(_ROLES, by_actor[place], strict=True)))
        for place, actor in enumerate(net.actors)
        if actor in net.groups
    }


def _role(i: int, v: Ints, j: Ints) -> Ints:
    """Give the number of the role, for each pair of v and j."""
    other = np.where(v == j, _GATEKEEPER, np.where(i == j, _ITINERANT, _LIAISON))
    return np.where(i == v, np.where(v == j, _COORDINATOR, _REPRESENTATIVE), other)
