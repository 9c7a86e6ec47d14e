"""Core and shell of a map, on the underlying graph: who is tied, in whatever direction.

The k-core is what is left when everybody with fewer than k ties is taken away, again and again. The core after Lip is
the split in which the core is as close to all tied, and the shell as close to none tied, as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workshopkit.analysis import arrays
from workshopkit.network.network import Network

__all__ = ["Core", "core", "coreness"]


@dataclass(frozen=True, slots=True)
class Core:
    """The core of one map.

    Parameters
    ----------
    members
        In the map's order; None where there is no single best one.
    reason
        ``"no_lines"``, or ``"tie"`` where the next actor has as many ties as the last one taken.
    """

    members: tuple[str, ...] | None
    reason: str | None = None


def coreness(net: Network) -> dict[str, int]:
    """Give, by actor, the largest k for which it is in the k-core: from 0 (no line) to n-1.

    Parameters
    ----------
    net
        The map.

    References
    ----------
    S. B. Seidman (1983), Network structure and minimum degree, Social Networks 5(3), 269-287.

    Examples
    --------
    >>> coreness(Network.from_edges(["ab", "bc", "ca", "cd"], actors="abcde"))
    {'a': 2, 'b': 2, 'c': 2, 'd': 1, 'e': 0}
    """
    import rustworkx

    known: Any = rustworkx.PyGraph()
    known.add_nodes_from(range(len(net.actors)))
    known.add_edges_from_no_data([(here, there) for here, there in arrays.ties(net)[0].tolist()])
    # Typed as a number there; it is a mapping by place.
    found: Any = rustworkx.core_number(known)
    return {actor: int(found[place]) for place, actor in enumerate(net.actors)}


def core(net: Network) -> Core:
    """Give the core after Lip: by falling degree d_(1) ≥ d_(2) ≥ …, take actors while d_(i) > i - 1.

    On fewer than 10 actors it says too little to be shown; that is for whoever shows it.

    Parameters
    ----------
    net
        The map.

    Returns
    -------
    Core
        None, with a reason, if nobody has a tie or the next degree is as high as the last one taken.

    References
    ----------
    S. Z. W. Lip (2011), A fast algorithm for the discrete core/periphery bipartitioning problem, arXiv:1102.5511. After
    S. P. Borgatti and M. G. Everett (2000), Models of core/periphery structures, Social Networks 21(4), 375-395.

    Examples
    --------
    >>> core(Network.from_edges(["ab", "ac", "ad"]))
    Core(members=('a',), reason=None)
    >>> core(Network.from_edges(["ab", "bc", "cd", "de", "ea"])).reason
    'tie'
    """
    degree = np.bincount(arrays.ties(net)[0].ravel(), minlength=len(net.actors)).tolist()
    order = sorted(range(len(degree)), key=lambda place: -degree[place])
    size = next((rank for rank, place in enumerate(order) if degree[place] <= rank), len(order))
    if not size:
        return Core(None, "no_lines")
    if degree[order[size]] == degree[order[size - 1]]:
        return Core(None, "tie")
    return Core(tuple(net.actors[place] for place in sorted(order[:size])))
