"""Relabellings: the map stays as it is, and the actors' groups are dealt out again.

What chance alone would show is what the map shows under all *distinct* relabellings: two that only swap the names of
groups of the same size are one. With groups of sizes n_i, c_s of them of size s, there are
n! / (product of n_i! x product of c_s!). Up to 20 000 they are all listed; beyond that 9 999 are
drawn, from 10 000 actors on 999, and the real one counts among them, so that no share is ever 0.

References
----------
B. Phipson and G. K. Smyth (2010), Permutation p-values should never be zero, Statistical Applications in Genetics and
Molecular Biology 9(1), 39.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
# As many lines as a count of one byte holds; as much side by side as fits near the processor; more than twice the lines.
_COUNTED, _SIDE_BY_SIDE, _APART = 255, 2_048, 1 << 26
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
        k, ends = len(self.groups), np.array(pairs, dtype=np.int64).reshape(-1, 2)
        one, other = ends[:, :1] * k + ends[:, 1:], ends[:, 1:] * k + ends[:, :1]
        found = np.empty((len(pairs), self.times), dtype=bool)
        for row, of in enumerate(self.relabelled.T):
            there = np.zeros(k * k, dtype=bool)
            there[of[self.source].astype(np.int64) * k + of[self.target]] = True
            found[:, row] = ~(there[one] | there[other])[:, 0]
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
        relabelled = table(sizes).astype(np.min_scalar_type(k))
    else:
        times = DRAWN_OF_MANY if len(actors) >= MANY_ACTORS else DRAWN
        same = np.tile(labels.astype(np.min_scalar_type(k)), (times, 1))
        relabelled = np.random.default_rng(seed).permuted(same, axis=1, out=same)
    by_actor = np.ascontiguousarray(relabelled.T)
    inside, touching = _by_group(by_actor, source, target, k)
    between = np.bincount(labels[source] * k + labels[target], minlength=k * k).astype(np.int32)
    return Blocks(
        groups,
        sizes,
        labels,
        source,
        target,
        real=between.reshape(k, k),
        relabelled=by_actor,
        inside_by=inside,
        touching_by=touching,
        listed=listed,
    )


def _by_group(by_actor: Labels, source: Ints, target: Ints, k: int) -> tuple[Ints, Ints]:
    """Count, by group and relabelling, the lines inside it and those that touch it.

    For all relabellings at a time: of each actor, how many of its lines run to its own group.
    """
    actors, rows = by_actor.shape
    order = np.argsort(source, kind="stable")
    ends = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=actors)))).tolist()
    there = target[order]
    degree = np.bincount(source, minlength=actors) + np.bincount(target, minlength=actors)
    inside, touching = np.zeros((2, k, rows), dtype=np.int64)
    for first in range(0, rows, _SIDE_BY_SIDE):
        some = np.ascontiguousarray(by_actor[:, first : first + _SIDE_BY_SIDE])
        wide = some.shape[1]
        found = np.zeros(k * wide)
        for start in range(0, actors, _SIDE_BY_SIDE):
            part = some[start : start + _SIDE_BY_SIDE]
            own = np.zeros(part.shape)
            for row, mine in enumerate(part):
                here, last = ends[start + row], ends[start + row + 1]
                for begin in range(here, last, _COUNTED):
                    same = some[there[begin : min(begin + _COUNTED, last)]] == mine
                    own[row] += same.view(np.uint8).sum(axis=0, dtype=np.uint8)
            # Both counts go into one number, each with digits of its own.
            own *= _APART
            own += degree[start : start + len(part), None]
            cell = part.astype(np.int64) * wide + np.arange(wide)
            found += np.bincount(cell.ravel(), own.ravel(), minlength=k * wide)
        own_lines, its_ends = np.divmod(found.astype(np.int64).reshape(k, wide), _APART)
        inside[:, first : first + wide] = own_lines
        touching[:, first : first + wide] = its_ends - own_lines
    return inside, touching
