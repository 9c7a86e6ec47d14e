"""Walls between domains: pairs of groups without a lived line either way.

A pair is a wall only if every actor in both has spoken as a receiver. It is a *finding* only if chance would have put
lines there: the expected number 2 m n_g n_h / (n(n-1)) is at least 3, and the chance of none, by relabelling, at most
0.05 / the number of pairs of groups. All others are listed and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from math import comb

import numpy as np

from workshopkit.analysis.relabel import Blocks, blocks
from workshopkit.network.network import Network, Pair

__all__ = ["Wall", "Walls", "expected", "find", "found"]

LEAST_EXPECTED = 3
LEVEL = 0.05
ALL_ASKED_ACTORS = 1_000


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
        The chance that it would put none; above 1 000 actors None where so few are expected that it decides nothing.
    finding
        Whether both say that this is no accident.
    hangs_on
        How many divided lines run between the two: with these in there is no wall.
    """

    groups: Pair
    expected: float
    chance: float | None
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
    silent = {group for actor, group in net.groups.items() if actor not in net.received}
    spoken = [group not in silent for group in found.groups]
    pairs = [
        pair for pair in combinations(range(len(found.groups)), 2) if spoken[pair[0]] and spoken[pair[1]]
    ]
    real = found.real.tolist()
    shut = [(one, other) for one, other in pairs if not real[one][other] + real[other][one]]
    return Walls(
        listed=_listed(net, found, shut),
        one_way=tuple(
            (found.groups[one], found.groups[other])
            for pair in pairs
            for one, other in permutations(pair)
            if real[one][other] and not real[other][one]
        ),
    )


def found(net: Network, *, seed: int = 0) -> tuple[Pair, ...]:
    """Give the pairs of groups between which a wall is a finding: as `find`, which is asked only where there may be one.

    Examples
    --------
    >>> rows = [a + b for half in ("abcde", "fghij") for a in half for b in half]
    >>> groups = {a: a < "f" and "x" or "y" for a in "abcdefghij"}
    >>> found(Network.from_edges(rows, groups=groups)), found(Network.from_edges([*rows, "af"], groups=groups))
    ((('x', 'y'),), ())
    """
    grouped = net.groups
    sizes = Counter(grouped.values())
    spoken = sizes.keys() - {group for actor, group in grouped.items() if actor not in net.received}
    lines = [
        (grouped[one], grouped[other]) for one, other in net.lived if one in grouped and other in grouped
    ]
    joined = set(map(frozenset, lines))
    if any(
        frozenset(pair) not in joined
        and expected(len(lines), len(grouped), sizes[pair[0]], sizes[pair[1]]) >= LEAST_EXPECTED
        for pair in combinations(spoken, 2)
    ):
        return tuple(wall.groups for wall in find(net, seed=seed).findings)
    return ()


def _listed(net: Network, found: Blocks, shut: Sequence[tuple[int, int]]) -> tuple[Wall, ...]:
    """Give each pair of groups without a line as a wall, with what chance says of it."""
    sizes, actors = found.sizes, sum(found.sizes)
    numbers = [expected(len(found.source), actors, sizes[one], sizes[other]) for one, other in shut]
    # On a large map the chance is asked only where it decides.
    asked = [
        pair
        for pair, number in zip(shut, numbers, strict=True)
        if number >= LEAST_EXPECTED or actors <= ALL_ASKED_ACTORS
    ]
    alike = {
        pair: [(a, b) for a in found.alike(pair[0]) for b in found.alike(pair[1]) if a != b] for pair in asked
    }
    every = list(dict.fromkeys(pair for pairs in alike.values() for pair in pairs))
    none = dict(zip(every, found.none(every), strict=True)) if every else {}
    level = LEVEL / comb(len(sizes), 2)
    divided = Counter(frozenset({net.groups.get(a), net.groups.get(b)}) for a, b in net.divided)
    walls = []
    for pair, number in zip(shut, numbers, strict=True):
        groups = found.groups[pair[0]], found.groups[pair[1]]
        chance = found.share(np.stack([none[one] for one in alike[pair]])) if pair in alike else None
        finding = number >= LEAST_EXPECTED and chance is not None and chance <= level
        walls.append(Wall(groups, number, chance, finding, divided[frozenset(groups)]))
    return tuple(walls)
