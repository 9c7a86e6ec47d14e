"""Maps in which everybody tells and hears from as many as before, but not the same ones.

Two lines a→b and c→d become a→d and c→b, unless a line would be double or run to its own sender. Ten tries a line
make the map forget what it was. All maps are rewired side by side. Of ties, which have no direction, one is turned
round by a coin before each try, so that any two ends can meet.

References
----------
S. Maslov and K. Sneppen (2002), Specificity and stability in topology of protein networks, Science 296, 910-913.
"""

from __future__ import annotations

import numpy as np

from workshopkit.analysis.relabel import Ints

__all__ = ["rewired", "rewired_ties"]

TRIES_A_LINE = 10


def rewired(source: Ints, target: Ints, actors: int, times: int, rng: np.random.Generator) -> Ints:
    """Give the receivers of all lines in each rewired map; the senders stay where they are.

    Parameters
    ----------
    source, target
        The lines, by place.
    actors
        How many places there are.
    times
        How many maps.
    rng
        Where random numbers come from.

    Returns
    -------
    array of shape (times, lines)

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> found = rewired(np.array([0, 1, 2]), np.array([1, 2, 0]), 3, 4, rng)
    >>> sorted({tuple(sorted(row)) for row in found.tolist()})
    [(0, 1, 2)]
    """
    lines = len(source)
    found = np.tile(target, (times, 1))
    there = np.zeros((times, actors, actors), dtype=bool)
    there[:, source, target] = True
    maps = np.arange(times)
    for _ in range(TRIES_A_LINE * lines):
        one, other = rng.integers(lines, size=(2, times))
        a, c = source[one], source[other]
        b, d = found[maps, one], found[maps, other]
        free = (a != d) & (c != b) & ~there[maps, a, d] & ~there[maps, c, b]
        which = np.flatnonzero(free)
        one, other, a, b, c, d = (values[which] for values in (one, other, a, b, c, d))
        there[which, a, b] = there[which, c, d] = False
        there[which, a, d] = there[which, c, b] = True
        found[which, one], found[which, other] = d, b
    return found


def rewired_ties(ties: Ints, actors: int, times: int, rng: np.random.Generator) -> Ints:
    """Give the ties of each rewired map: everybody keeps as many as it has.

    Parameters
    ----------
    ties
        Pairs of places, each once, of shape (ties, 2).
    actors
        How many places there are.
    times
        How many maps.
    rng
        Where random numbers come from.

    Returns
    -------
    array of shape (times, ties, 2)

    Examples
    --------
    >>> found = rewired_ties(np.array([[0, 1], [2, 3]]), 4, 9, np.random.default_rng(1))
    >>> sorted({tuple(sorted(tuple(sorted(tie)) for tie in one)) for one in found.tolist()})
    [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    """
    found = np.tile(ties, (times, 1, 1))
    there = np.zeros((times, actors, actors), dtype=bool)
    there[:, ties[:, 0], ties[:, 1]] = there[:, ties[:, 1], ties[:, 0]] = True
    maps = np.arange(times)
    for _ in range(TRIES_A_LINE * len(ties)):
        one, other = rng.integers(len(ties), size=(2, times))
        a, b = found[maps, one].T
        c, d = found[maps, other].T
        turned = rng.random(times) < 1 / 2
        c, d = np.where(turned, d, c), np.where(turned, c, d)
        free = (a != d) & (c != b) & ~there[maps, a, d] & ~there[maps, c, b]
        which = np.flatnonzero(free)
        one, other, a, b, c, d = (values[which] for values in (one, other, a, b, c, d))
        for here, away in ((a, b), (b, a), (c, d), (d, c)):
            there[which, here, away] = False
        for here, away in ((a, d), (d, a), (c, b), (b, c)):
            there[which, here, away] = True
        found[which, one] = np.stack((a, d), axis=1)
        found[which, other] = np.stack((c, b), axis=1)
    return found
