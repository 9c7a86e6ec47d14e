"""Maps in which everybody tells and hears from as many as before, but not the same ones.

Two lines a→b and c→d become a→d and c→b, unless a line would be double or run to its own sender. Ten tries a line
make the map forget what it was. All maps are rewired side by side.

References
----------
S. Maslov and K. Sneppen (2002), Specificity and stability in topology of protein networks, Science 296, 910-913.
"""

from __future__ import annotations

import numpy as np

from workshopkit.analysis.relabel import Ints

__all__ = ["rewired"]

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
