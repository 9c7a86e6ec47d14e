"""How many hops many pairs are apart, counted for some of these side by side.

As `workshopkit.analysis.graph.route` does for one pair, each is sought from both ends, a hop at a time from the end at
which fewer places are new; a pair is left out of the search as soon as both sides meet, or one comes no further.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workshopkit.analysis.arrays import Rows
from workshopkit.analysis.relabel import Ints

__all__ = ["between"]

# Places times pairs that are sought at a time: a mark for each, from either end.
_AT_A_TIME = 1 << 24
Marks = npt.NDArray[np.bool_]


def between(out: Rows, back: Rows, source: Ints, target: Ints) -> Ints:
    """Give, by pair, the hops of a shortest route; 0 where there is none.

    Parameters
    ----------
    out, back
        Where lines run to from each place, and where they come from.
    source, target
        Where each pair begins and ends, never at the same place.

    References
    ----------
    I. Pohl (1971), Bi-directional search, Machine Intelligence 6, 127-140.

    Examples
    --------
    >>> source, target = np.array([0, 1]), np.array([1, 2])
    >>> between(Rows(source, target, 3), Rows(target, source, 3), np.array([0, 0, 2]), np.array([1, 2, 0])).tolist()
    [1, 2, 0]
    """
    places, hops = len(out.count), np.zeros(len(source), dtype=np.int64)
    step = max(1, _AT_A_TIME // max(places, 1))
    seen = np.zeros((2, min(step, len(source)) * places), dtype=bool)
    for start in range(0, len(source), step):
        part = slice(start, start + step)
        hops[part] = _sought((out, back), (source[part], target[part]), seen)
    return hops


def _sought(rows: tuple[Rows, Rows], ends: tuple[Ints, Ints], seen: Marks) -> Ints:
    """Seek some pairs; what was seen is marked by pair and place, and wiped out again."""
    places, pairs = len(rows[0].count), np.arange(len(ends[0]))
    hops, open_ = np.zeros(len(pairs), dtype=np.int64), np.ones(len(pairs), dtype=bool)
    fresh = [pairs * places + end for end in ends]
    marked = [[keys] for keys in fresh]
    for side in (0, 1):
        seen[side, fresh[side]] = True
    while open_.any():
        many = [np.bincount(keys // places, minlength=len(pairs)) for keys in fresh]
        turns = many[0] <= many[1], many[0] > many[1]
        for side, turn in enumerate(turns):
            pair, place = np.divmod(fresh[side], places)
            now = turn[pair]
            found = np.repeat(pair[now] * places, rows[side].count[place[now]])
            found += rows[side].near[rows[side].of(place[now])]
            found = found[~seen[side, found]]
            hops[turn & open_] += 1
            met = np.zeros(len(pairs), dtype=bool)
            met[found[seen[1 - side, found]] // places] = True
            open_ &= ~met
            found = _once(found[open_[found // places]])
            seen[side, found] = True
            marked[side].append(found)
            stuck = turn & open_ & (np.bincount(found // places, minlength=len(pairs)) == 0)
            hops[stuck] = 0
            open_ &= ~stuck
            fresh[side] = np.concatenate((fresh[side][~now], found))
        fresh = [keys[open_[keys // places]] for keys in fresh]
    for side in (0, 1):
        seen[side, np.concatenate(marked[side])] = False
    return hops


def _once(keys: Ints) -> Ints:
    """Give each number once; quicker than to look whether there are few different ones."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=-1) > 0]
