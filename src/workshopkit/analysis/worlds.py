"""Possible worlds: in each, every uncertain line is there or it is not.

A line's presence over all worlds is one row of packed bits, and so is what a place has received; one pass along the
lines moves the message in all worlds at once. With u uncertain lines there are 2^u worlds: up to 18 lines they are
all listed, and a chance is the weighted share in which the message arrives; beyond that worlds are drawn.

References
----------
C. J. Colbourn (1987), The combinatorics of network reliability, Oxford University Press.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["Arc", "Worlds", "all_of_them", "some", "weigh"]

Bits = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Arc = tuple[int, int]


@dataclass(frozen=True)
class Worlds:
    """Rows of bits, one a line: whether it is there in each world.

    Parameters
    ----------
    rows
        Packed, a row for every line.
    count
        How many worlds there are; the bits beyond are padding.
    """

    rows: Sequence[Bits]
    count: int

    def arrived(self, arcs: Sequence[Arc], source: int, target: int) -> Bits:
        """Give, packed, the worlds in which what starts at `source` comes to `target`."""
        return self.spread(arcs, source).get(target, self._none())

    def spread(self, arcs: Sequence[Arc], source: int) -> dict[int, Bits]:
        """Give, packed and by place, the worlds in which what starts at `source` comes there."""
        everywhere = np.full((self.count + 7) // 8, 255, dtype=np.uint8)
        got = {source: everywhere}
        changed = {source}
        while changed:
            fresh: set[int] = set()
            for (here, there), row in zip(arcs, self.rows, strict=True):
                if here not in changed or there == source:
                    continue
                before = got.get(there)
                after = got[here] & row if before is None else before | (got[here] & row)
                if after.any() and (before is None or not np.array_equal(before, after)):
                    got[there] = after
                    fresh.add(there)
            changed = fresh
        return got

    def quickest(self, arcs: Sequence[Arc], delays: Sequence[float], source: int, target: int) -> Floats:
        """Give, by world, how long the quickest way takes; infinite where nothing arrives."""
        there_is = [self.unpack(row) for row in self.rows]
        times = {source: np.zeros(self.count)}
        changed = {source}
        while changed:
            fresh: set[int] = set()
            for (here, there), present, delay in zip(arcs, there_is, delays, strict=True):
                if here not in changed or there == source:
                    continue
                by_here = np.where(present, times[here] + delay, np.inf)
                before = times.get(there)
                after = by_here if before is None else np.minimum(before, by_here)
                if before is None or (after < before).any():
                    times[there] = after
                    fresh.add(there)
            changed = fresh
        return times.get(target, np.full(self.count, np.inf))

    def unpack(self, row: Bits) -> npt.NDArray[np.bool_]:
        """Give a row as one truth a world."""
        return np.unpackbits(row, count=self.count).astype(bool)

    def _none(self) -> Bits:
        return np.zeros((self.count + 7) // 8, dtype=np.uint8)


@lru_cache(maxsize=32)
def _listed(lines: int) -> Bits:
    numbers = np.arange(2**lines, dtype=np.uint32)
    return np.packbits((numbers >> np.arange(lines, dtype=np.uint32)[:, None]) & 1, axis=1).astype(np.uint8)


def all_of_them(chances: Sequence[float]) -> Worlds:
    """List every world: 2^u of them for u lines that are neither certain nor impossible."""
    listed = iter(_listed(sum(0 < chance < 1 for chance in chances)))
    count = 2 ** sum(0 < chance < 1 for chance in chances)
    width = (count + 7) // 8
    fixed = {True: np.full(width, 255, dtype=np.uint8), False: np.zeros(width, dtype=np.uint8)}
    rows = [next(listed) if 0 < chance < 1 else fixed[chance >= 1] for chance in chances]
    return Worlds(rows, count)


def some(chances: Sequence[float], count: int, rng: np.random.Generator) -> Worlds:
    """Draw worlds, all lines independent."""
    drawn = rng.random((len(chances), count)) < np.asarray(chances)[:, None]
    return Worlds(list(np.packbits(drawn, axis=1)), count)


def weigh(values: Floats, chances: Sequence[float]) -> float:
    """Give the mean of a value over all worlds as `all_of_them` lists them, each by its chance.

    Examples
    --------
    >>> weigh(np.array([0.0, 0.0, 0.0, 1.0]), [0.5, 0.5])
    0.25
    """
    for chance in chances:
        if 0 < chance < 1:
            values = values[0::2] * (1 - chance) + values[1::2] * chance
    return float(values[0])
