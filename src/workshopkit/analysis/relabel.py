"""Relabellings: the map stays as it is, and the actors' groups are dealt out again.

What chance alone would show is what the map shows under all *distinct* relabellings: two that only swap the names of
groups of the same size are one. With groups of sizes n_i, c_s of them of size s, there are
n! / (product of n_i! x product of c_s!). Up to 20 000 they are all listed; beyond that 9 999 are
drawn, above 10 000 actors 999, and the real one counts among them, so that no share is ever 0.

References
----------
B. Phipson and G. K. Smyth (2010), Permutation p-values should never be zero, Statistical Applications in Genetics and
Molecular Biology 9(1), 39.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import factorial, prod

import numpy as np
import numpy.typing as npt

from workshopkit.network.network import Network

__all__ = ["Blocks", "Counts", "Ints", "blocks", "count", "table"]

LISTED, LISTED_ACTORS = 20_000, 1_000
DRAWN, DRAWN_OF_MANY, MANY_ACTORS = 9_999, 999, 10_000
# As many lines as a count of one byte holds; as many relabellings, and as many actors, as fit near the processor; more
# than twice the lines.
_COUNTED, _SIDE_BY_SIDE, _TOGETHER, _APART = 255, 2_048, 128, 1 << 26
# Lines, or pairs of groups, times relabellings that are looked at at a time.
_AT_A_TIME = 1 << 20
# Dealt in so many threads, so many labels at a time.
_THREADS, _DEALT = 2, 1 << 18
Ints = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]
Labels = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Blocks:
    """How many lines run between groups, really and by chance.

    Parameters
    ----------
    groups, sizes
        The groups, by first actor, and how many actors each has.
    labels, source, target
        The group of every actor that has one; the lines between these actors, by place.
    real
        Lines from group (row) to group (column).
    relabelled
        The group of every actor (row), by relabelling (column).
    inside_by, touching_by
        By group and relabelling, the lines with both ends and with an end in it.
    listed
        Whether these are all the distinct relabellings, the real one included; else they are drawn.
    """

    groups: tuple[str, ...]
    sizes: tuple[int, ...]
    labels: Labels
    source: Ints
    target: Ints
    real: Counts
    relabelled: Labels
    inside_by: Ints
    touching_by: Ints
    listed: bool

    @property
    def times(self) -> int:
        """Give the number of relabellings."""
        return int(self.relabelled.shape[1])

    def inside(self) -> Ints:
        """Give the number of lines inside groups, by relabelling."""
        found: Ints = self.inside_by.sum(axis=0)
        return found

    def none(self, pairs: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
        """Tell of pairs of groups, by relabelling, whether no line runs between them."""
        k, ends = len(self.groups), np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        found = np.empty((len(pairs), self.times), dtype=bool)
        wide = max(1, _AT_A_TIME // max(len(self.source), k * k, 1))
        for start in range(0, self.times, wide):
            of = self.relabelled[:, start : start + wide].astype(np.int64)
            there = np.zeros((k, k, of.shape[1]), dtype=bool)
            there[of[self.source], of[self.target], np.arange(of.shape[1])] = True
            found[:, start : start + wide] = ~(there[ends[0], ends[1]] | there[ends[1], ends[0]])
        return found

    def alike(self, group: int) -> list[int]:
        """Give the groups whose place in a relabelling is as good as this one's: all of its size, if listed."""
        if not self.listed:
            return [group]
        return [other for other, size in enumerate(self.sizes) if size == self.sizes[group]]

    def share(self, holds: npt.NDArray[np.bool_]) -> float:
        """Give the share of relabellings in which something holds that holds in the real one."""
        extra = 0 if self.listed else 1
        return float((holds.sum() + extra) / (holds.size + extra))


def count(sizes: Sequence[int]) -> int:
    """Give the number of distinct relabellings; 1 without actors.

    Examples
    --------
    >>> count([4, 4]), count([5, 5]), count([4, 4, 4]), count([3, 3, 3, 3])
    (35, 126, 5775, 15400)
    """
    alike = prod(factorial(times) for times in Counter(sizes).values())
    return factorial(sum(sizes)) // (prod(map(factorial, sizes)) * alike)


@lru_cache(maxsize=8)
def table(sizes: tuple[int, ...]) -> Labels:
    """List every distinct relabelling as a row of group numbers, one an actor.

    Examples
    --------
    >>> table((2, 2)).tolist()
    [[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]]
    """
    return np.array(list(_deal(tuple(range(sum(sizes))), sizes)), dtype=np.intp)


def _deal(actors: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[list[int]]:
    """Deal the groups out: the first actor left gets a group of every size there is, and companions."""
    labels = [0] * len(actors)

    def place(left: tuple[int, ...], free: tuple[int, ...]) -> Iterator[list[int]]:
        if max((sizes[group] for group in free), default=1) == 1:
            # Who is left stays alone, and all ways to do that are one.
            for actor, group in zip(left, free, strict=True):
                labels[actor] = group
            yield labels.copy()
            return
        for size in dict.fromkeys(sizes[group] for group in free):
            group = next(group for group in free if sizes[group] == size)
            others = tuple(other for other in free if other != group)
            for companions in combinations(left[1:], size - 1):
                together = {left[0], *companions}
                for actor in together:
                    labels[actor] = group
                yield from place(tuple(actor for actor in left if actor not in together), others)

    return place(actors, tuple(range(len(sizes))))


def blocks(net: Network, *, seed: int = 0) -> Blocks:
    """Count the lived lines between groups, on the map and under its relabellings.

    Parameters
    ----------
    net
        The map; actors without a group, and their lines, are left out.
    seed
        Where every random number comes from.

    Examples
    --------
    >>> net = Network.from_edges(["ab", "cd", "da"], groups=dict(a="x", b="x", c="y", d="y"))
    >>> found = blocks(net)
    >>> found.real.tolist(), found.times
    ([[1, 0], [1, 1]], 3)
    """
    actors = [actor for actor in net.actors if actor in net.groups]
    place = {actor: number for number, actor in enumerate(actors)}
    groups = tuple(dict.fromkeys(net.groups[actor] for actor in actors))
    number = {group: index for index, group in enumerate(groups)}
    labels = np.array([number[net.groups[actor]] for actor in actors], dtype=np.intp)
    sizes = tuple(np.bincount(labels, minlength=len(groups)).tolist())
    ends = [(place[a], place[b]) for a, b in net.lived if a in place and b in place]
    source, target = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    listed = len(actors) <= LISTED_ACTORS and count(sizes) <= LISTED
    k = len(groups)
    if listed:
        relabelled = np.ascontiguousarray(table(sizes).T.astype(np.min_scalar_type(k)))
        parts: Iterable[Labels] = (
            relabelled[:, first : first + _SIDE_BY_SIDE]
            for first in range(0, relabelled.shape[1], _SIDE_BY_SIDE)
        )
    else:
        times = DRAWN_OF_MANY if len(actors) > MANY_ACTORS else DRAWN
        relabelled = np.empty((len(labels), times), dtype=np.min_scalar_type(k))
        parts = _drawn(labels, relabelled, seed)
    counted = [_by_group(part, source, target, k) for part in parts]
    inside, touching = (np.concatenate(some, axis=1) for some in zip(*counted, strict=True))
    between = np.bincount(labels[source] * k + labels[target], minlength=k * k).astype(np.int32)
    return Blocks(
        groups,
        sizes,
        labels,
        source,
        target,
        real=between.reshape(k, k),
        relabelled=relabelled,
        inside_by=inside,
        touching_by=touching,
        listed=listed,
    )


def _drawn(labels: Labels, relabelled: Labels, seed: int) -> Iterator[Labels]:
    """Fill in relabellings, some at a time, and give these: while they are looked at, the next ones are drawn."""
    times = relabelled.shape[1]
    starts = range(0, times, _SIDE_BY_SIDE)

    digits = max(int(labels.max(initial=0)).bit_length(), 1)
    group = np.uint64((1 << digits) - 1)
    at_a_time = max(1, _DEALT // max(len(labels), 1))

    def deal(first: int, own: np.random.SeedSequence) -> Labels:
        some, rng = relabelled[:, first : first + _SIDE_BY_SIDE], np.random.default_rng(own)
        for start in range(0, some.shape[1], at_a_time):
            part = some[:, start : start + at_a_time]
            # A random number for each actor, its group in the last digits: sorted, the groups are shuffled.
            numbers = rng.integers(2**64, size=part.shape[::-1], dtype=np.uint64)
            numbers &= ~group
            numbers |= labels.astype(np.uint64)
            numbers.sort(axis=1)
            part[:] = (numbers & group).astype(relabelled.dtype).T
        return np.ascontiguousarray(some)

    with ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(deal, starts, np.random.SeedSequence(seed).spawn(len(starts)))


def _by_group(some: Labels, source: Ints, target: Ints, k: int) -> tuple[Ints, Ints]:
    """Count, by group and relabelling, the lines inside it and those that touch it.

    For all relabellings at a time: of each actor, how many of its lines run to its own group.
    """
    actors, wide = some.shape
    order = np.argsort(source, kind="stable")
    ends = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=actors)))).tolist()
    there = target[order]
    degree = np.bincount(source, minlength=actors) + np.bincount(target, minlength=actors)
    found, columns = np.zeros(k * wide), np.arange(wide)
    counts, cells = np.empty((_TOGETHER, wide)), np.empty((_TOGETHER, wide), dtype=np.int64)
    for start in range(0, actors, _TOGETHER):
        part = some[start : start + _TOGETHER]
        own, cell = counts[: len(part)], cells[: len(part)]
        for row, mine in enumerate(part):
            own[row] = 0
            here, last = ends[start + row], ends[start + row + 1]
            for begin in range(here, last, _COUNTED):
                same = some[there[begin : min(begin + _COUNTED, last)]] == mine
                own[row] += np.add.reduce(same.view(np.uint8), axis=0, dtype=np.uint8)
        # Both counts go into one number, each with digits of its own.
        own *= _APART
        own += degree[start : start + len(part), None]
        np.multiply(part, wide, out=cell, dtype=np.int64)
        cell += columns
        found += np.bincount(cell.ravel(), own.ravel(), minlength=k * wide)
    inside, ends_in = np.divmod(found.astype(np.int64).reshape(k, wide), _APART)
    return inside, ends_in - inside
