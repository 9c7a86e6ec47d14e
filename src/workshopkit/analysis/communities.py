"""Which actors stick together, whatever their domain: communities found in the map itself.

Leiden, on the underlying graph, for modularity at resolution 1: the best of ten seeded starts, or a single one above
20 000 actors. Actors without a line are left out. Communities can be found in every map, also in one that was drawn at random, so they count only if they are
clearer than those of maps in which everybody keeps its ties and nobody keeps its neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np

from workshopkit.analysis import arrays, partitions, silos
from workshopkit.analysis.rewire import rewired_ties
from workshopkit.network.network import Network

__all__ = ["Communities", "chance", "find"]

# Each start goes on from its own result once more, up to so many actors; above the second number there is one start.
STARTS, ROUNDS = 10, 2
ONE_ROUND_ACTORS, MANY_ACTORS = 2_000, 20_000
# From so many ties on, half of the starts run beside the other half.
_MANY_TIES = 10_000
REWIRINGS = 199
# Above these rewiring takes too long here; it is then not done, and says so.
REWIRED_ACTORS, REWIRED_TIES = 200, 1_000
_SEEDS = 2**32

Ties = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities of one map, and how far they are its domains.

    Parameters
    ----------
    members
        The largest first, then in the map's order; None where there are no lines.
    modularity
        Q = sum over communities of (ties inside / ties - (ends in it / all ends)^2), below 1; 0 for one community.
    nmi, adjusted_rand
        How far communities and domains agree, over the actors that have both; see `workshopkit.analysis.partitions`.
    reason
        ``"no_lines"``: nothing is defined. ``"no_groups"``, ``"one_group"`` or ``"own_groups"``: there are no domains to
        compare with.
    starts
        The best of how many.
    """

    members: tuple[tuple[str, ...], ...] | None
    modularity: float | None = None
    nmi: float | None = None
    adjusted_rand: float | None = None
    reason: str | None = None
    starts: int = 0


def find(net: Network, *, seed: int = 0) -> Communities:
    """Find the communities of a map, and compare them with its domains.

    Parameters
    ----------
    net
        The map.
    seed
        Where the starts come from.

    Returns
    -------
    Communities
        None, with a reason, where something is undefined.

    References
    ----------
    V. A. Traag, L. Waltman and N. J. van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities,
    Scientific Reports 9, 5233. Modularity: M. E. J. Newman and M. Girvan (2004), Finding and evaluating community
    structure in networks, Physical Review E 69, 026113.

    Examples
    --------
    >>> rows = ["ab", "bc", "ca", "de", "ef", "fd", "ad"]
    >>> found = find(Network.from_edges(rows, groups=dict(zip("abcdef", "xxxyyy"))))
    >>> found.members, round(found.modularity, 4), found.nmi
    ((('a', 'b', 'c'), ('d', 'e', 'f')), 0.3571, 1.0)
    >>> find(Network.from_edges([], actors="ab")).reason
    'no_lines'
    """
    ties = [(a, b) for a, b in arrays.ties(net)[0].tolist()]
    if not ties:
        return Communities(None, reason="no_lines")
    starts = STARTS if len(net.actors) <= MANY_ACTORS else 1
    rounds = ROUNDS if len(net.actors) <= ONE_ROUND_ACTORS else 1
    of = _leiden(ties, seed, starts, rounds)
    together: dict[int, list[int]] = defaultdict(list)
    for place in sorted(of):
        together[of[place]].append(place)
    order = sorted(together.values(), key=lambda part: (-len(part), part[0]))
    found = Communities(
        tuple(tuple(net.actors[place] for place in part) for part in order),
        _quality(ties, of) / (4 * len(ties) ** 2),
        starts=starts,
    )
    both = [place for place in sorted(of) if net.actors[place] in net.groups]
    domains = [net.groups[net.actors[place]] for place in both]
    reason = silos.undefined(Counter(domains))
    if reason:
        return replace(found, reason=reason)
    mine = [of[place] for place in both]
    return replace(
        found,
        nmi=partitions.nmi(domains, mine),
        adjusted_rand=partitions.adjusted_rand(domains, mine),
    )


def chance(net: Network, *, seed: int = 0) -> float | None:
    """Give how often chance finds communities at least as clear, from 1/200 to 1.

    (1 + maps with a Q at least as high) / 200, over 199 maps in which everybody keeps as many ties as it has; each gets
    as many starts as the real map. At 0.05 or less the communities are clearer than those of 95 % of the rewired maps.

    Parameters
    ----------
    net
        The map.
    seed
        Where rewirings and starts come from.

    Returns
    -------
    float or None
        None without lines, and above 200 actors or 1 000 ties, where it was not looked at.

    References
    ----------
    R. Guimerà, M. Sales-Pardo and L. A. N. Amaral (2004), Modularity from fluctuations in random graphs and complex
    networks, Physical Review E 70, 025101.

    Examples
    --------
    >>> chance(Network.from_edges(["ab", "ac", "ad"]))
    1.0
    >>> chance(Network.from_edges([])) is None
    True
    """
    ties = [(a, b) for a, b in arrays.ties(net)[0].tolist()]
    if not ties or len(net.actors) > REWIRED_ACTORS or len(ties) > REWIRED_TIES:
        return None
    real = _quality(ties, _leiden(ties, seed, STARTS, ROUNDS))
    rng = np.random.default_rng((seed, 4))
    maps = rewired_ties(np.array(ties, dtype=np.int64), len(net.actors), REWIRINGS, rng)
    # All have as many ties, so that the whole numbers below the line are the same.
    drawn = [_pairs(rows) for rows in maps.tolist()]
    clear = sum(_quality(rows, _leiden(rows, seed, STARTS, ROUNDS)) >= real for rows in drawn)
    return (1 + clear) / (1 + REWIRINGS)


def _pairs(rows: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return sorted({(min(a, b), max(a, b)) for a, b in rows})


def _leiden(ties: Ties, seed: int, starts: int, rounds: int) -> dict[int, int]:
    """Give the community of every place that has a tie."""
    from graspologic_native import leiden

    named = [(str(a), str(b), 1.0) for a, b in ties]

    def best(part: int, trials: int) -> tuple[float, dict[str, int]]:
        return leiden(
            edges=named,
            starting_communities=None,
            resolution=1.0,
            randomness=0.001,
            iterations=rounds,
            use_modularity=True,
            seed=(seed + part) % _SEEDS,
            trials=trials,
        )

    if starts == 1 or len(ties) < _MANY_TIES:
        found = best(0, starts)
    else:
        with ThreadPoolExecutor(2) as pool:
            found = max(pool.map(best, (0, starts), (starts // 2, starts - starts // 2)), key=itemgetter(0))
    return {int(place): community for place, community in found[1].items()}


def _quality(ties: Ties, of: dict[int, int]) -> int:
    """Give 4m²Q = the sum of 4m x ties inside - (ends in it)²: a whole number, so that equal is equal."""
    inside = sum(of[a] == of[b] for a, b in ties)
    ends = Counter(of[end] for tie in ties for end in tie)
    return 4 * len(ties) * inside - sum(count**2 for count in ends.values())
