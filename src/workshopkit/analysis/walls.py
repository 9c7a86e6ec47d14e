"""Walls between domains: pairs of groups without a lived line either way.

A pair is a wall only if every actor in both has spoken as a receiver. It is a *finding* only if chance would have put
lines there: the expected number 2 m n_g n_h / (n(n-1)) is at least 3, and the chance of none, by relabelling, at most
0.05 / the number of pairs of groups. All others are listed and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from math import comb

import numpy as np

from workshopkit.analysis.relabel import Blocks, blocks
from workshopkit.network.network import Network, Pair

__all__ = ["Wall", "Walls", "expected", "find"]

LEAST_EXPECTED = 3
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Wall:
    """Two groups without a lived line between them.

    Parameters
    ----------
    groups
        Which two.
    expected
        How many lines chance would put there.
    chance
        The chance that it would put none.
    finding
        Whether both say that this is no accident.
    hangs_on
        How many divided lines run between the two: with these in there is no wall.
    """

    groups: Pair
    expected: float
    chance: float
    finding: bool
    hangs_on: int = 0


@dataclass(frozen=True, slots=True)
class Walls:
    """What runs between groups, and what does not.

    Parameters
    ----------
    listed
        All walls, findings included.
    one_way
        Pairs (from, to) with lines that way and none back.
    """

    listed: tuple[Wall, ...] = ()
    one_way: tuple[Pair, ...] = ()

    @property
    def findings(self) -> tuple[Wall, ...]:
        """Give the walls that are findings."""
        return tuple(wall for wall in self.listed if wall.finding)


def expected(lines: int, actors: int, one: int, other: int) -> float:
    """Give how many lines chance puts between two groups: 2 m n_g n_h / (n(n-1)), from 0 to m.

    Examples
    --------
    >>> round(expected(36, 12, 4, 4), 2), round(expected(36, 12, 2, 2), 2)
    (8.73, 2.18)
    """
    return 2 * lines * one * other / (actors * (actors - 1))


def find(net: Network, *, found: Blocks | None = None, seed: int = 0) -> Walls:
    """Find the walls between groups.

    Parameters
    ----------
    net
        The map.
    found
        Its `workshopkit.analysis.relabel.blocks`, if they are there already.
    seed
        Where every random number comes from.

    Returns
    -------
    Walls
        Empty with fewer than two groups.

    References
    ----------
    Relabelling as a test: L. Hubert and J. Schultz (1976), Quadratic assignment as a general data analysis strategy,
    British Journal of Mathematical and Statistical Psychology 29(2), 190-241.

    Examples
    --------
    >>> rows = [a + b for half in ("abcde", "fghij") for a in half for b in half]
    >>> wall, = find(Network.from_edges(rows, groups={a: a < "f" and "x" or "y" for a in "abcdefghij"})).findings
    >>> wall.groups, round(wall.chance, 4)
    (('x', 'y'), 0.0079)
    """
    if len(set(net.groups.values())) < 2:  # noqa: PLR2004 - a wall stands between two
        return Walls()
    found = blocks(net, seed=seed) if found is None else found
    spoken = [
        all(actor in net.received for actor, its in net.groups.items() if its == group)
        for group in found.groups
    ]
    pairs = [
        pair for pair in combinations(range(len(found.groups)), 2) if spoken[pair[0]] and spoken[pair[1]]
    ]
    real = found.real
    return Walls(
        listed=tuple(
            _wall(net, found, one, other) for one, other in pairs if not real[one, other] + real[other, one]
        ),
        one_way=tuple(
            (found.groups[one], found.groups[other])
            for pair in pairs
            for one, other in permutations(pair)
            if real[one, other] and not real[other, one]
        ),
    )


def _wall(net: Network, found: Blocks, one: int, other: int) -> Wall:
    sizes = found.sizes
    number = expected(len(found.source), sum(sizes), sizes[one], sizes[other])
    places = [(a, b) for a in found.alike(one) for b in found.alike(other) if a != b]
    first, second = (np.array(side) for side in zip(*places, strict=True))
    none = found.chance[first, second] + found.chance[second, first] == 0
    chance = found.share(none)
    groups = found.groups[one], found.groups[other]
    level = LEVEL / comb(len(sizes), 2)
    return Wall(
        groups,
        number,
        chance,
        finding=number >= LEAST_EXPECTED and chance <= level,
        hangs_on=sum({net.groups.get(a), net.groups.get(b)} == set(groups) for a, b in net.divided),
    )
