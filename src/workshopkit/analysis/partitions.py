"""How far two ways of putting the same actors into groups agree.

Both figures stand side by side, because the first alone flatters: random maps of 12 actors in 6 groups reach 0.37.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import comb, log

__all__ = ["adjusted_rand", "nmi"]


def nmi(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Give the normalised mutual information 2I / (H1 + H2), from 0 to 1.

    Parameters
    ----------
    one, other
        The group of every actor, in the same order.

    Returns
    -------
    float or None
        None if both have everybody in one group.

    References
    ----------
    L. Danon, A. Díaz-Guilera, J. Duch and A. Arenas (2005), Comparing community structure identification, Journal of
    Statistical Mechanics, P09008.

    Examples
    --------
    >>> round(nmi("111222", "112233"), 4)
    0.5158
    >>> nmi("aaa", "bbb") is None
    True
    """
    apart = _entropy(one) + _entropy(other)
    return 2 * (apart - _entropy(tuple(zip(one, other, strict=True)))) / apart if apart else None


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Give the Rand index, adjusted for chance: (pairs - expected) / (most - expected), 0 by chance and at most 1.

    Returns
    -------
    float or None
        None if chance leaves nothing to find: both have everybody in one group, or everybody alone.

    References
    ----------
    L. Hubert and P. Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218.

    Examples
    --------
    >>> round(adjusted_rand("111222", "112233"), 4)
    0.2424
    """
    together = _pairs(zip(one, other, strict=True))
    first, second, every = _pairs(one), _pairs(other), comb(len(one), 2)
    chance = first * second / every if every else 0.0
    most = (first + second) / 2
    return (together - chance) / (most - chance) if most != chance else None


def _entropy(groups: Sequence[Hashable]) -> float:
    return sum(-size / len(groups) * log(size / len(groups)) for size in Counter(groups).values())


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())
