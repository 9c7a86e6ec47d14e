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
    group = [net.groups.get(actor) for actor in net.actors]
    out = [
        {there for there in row if group[there] is not None} if group[place] is not None else set()
        for place, row in enumerate(net.out)
    ]
    counts = [[0] * len(_ROLES) for _ in out]
    for i, told in enumerate(out):
        for v in told:
            for j in out[v] - told:
                if j != i:
                    counts[v][_role(group[i], group[v], group[j])] += 1
    return {
        actor: Roles(**dict(zip(_ROLES, counts[place], strict=True)))
        for place, actor in enumerate(net.actors)
        if group[place] is not None
    }


def _role(i: str | None, v: str | None, j: str | None) -> int:
    if i == v:
        return _COORDINATOR if v == j else _REPRESENTATIVE
    if v == j:
        return _GATEKEEPER
    return _ITINERANT if i == j else _LIAISON
