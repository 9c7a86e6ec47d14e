"""What may be told of single answers: nothing of fewer than k people, coarse, and in batches.

In anonymous mode every phone is a respondent of its group. Of what they say only a *released table* is shown, and every
measure is computed from that table alone. Three rules make it:

- **At least k.** A cell that fewer than k = 5 respondents stand behind is suppressed, which is to be silent. No k below
  the floor of 3 is taken.
- **Coarse.** A strength is told in five bins, the number of respondents never.
- **In batches.** What is shown of a side is replaced only when at least k respondents say something else than what is
  shown, those who are new and those who are gone included (`moved`). Two tables before and after one more answer are
  therefore the same table.

Where a total stands beside its parts, a hidden part could be had by subtraction. Then more is hidden (`suppress`):
whenever a total is shown and fewer than two parts, or parts of fewer than k respondents, are hidden, the part with the
fewest respondents goes too (of equals the first by name), over rows and columns until nothing changes; where that does
not help, the total goes.

References
----------
L. Willenborg and T. de Waal (2001), Elements of Statistical Disclosure Control, Springer, chapters 6 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from workshopkit.i18n import N_
from workshopkit.network.claims import Side
from workshopkit.network.lines import Line, Lines, state_of, unnamed

__all__ = [
    "BINS",
    "FLOOR",
    "TOO_FEW",
    "WORDS",
    "Cell",
    "K",
    "Suppressed",
    "check_k",
    "coarse",
    "in_bins",
    "moved",
    "suppress",
]

K = 5
FLOOR = 3
BINS = 5
LEAST_PARTS = 2
# The five bins of a share of people, in words.
WORDS = {
    0.0: N_("hardly anybody"),
    0.25: N_("some"),
    0.5: N_("about half"),
    0.75: N_("most"),
    1.0: N_("nearly everybody"),
}
TOO_FEW = N_("too few to tell")

Cell = tuple[str, str]
Said = TypeVar("Said")


def check_k(k: int) -> int:
    """Give k, if it protects anybody.

    Raises
    ------
    ValueError
        Below the floor.
    """
    if k < FLOOR:
        raise ValueError(f"k is {k}: answers of fewer than {FLOOR} people are never told")
    return k


def in_bins(share: float) -> float:
    """Give the bin of a share or a strength: 0, 1/4, 1/2, 3/4 or 1, each a fifth wide.

    The middle one holds both its ends, so that the bins of a share and of the rest mirror each other.

    Examples
    --------
    >>> [in_bins(share) for share in (0, 0.19, 0.2, 0.4, 0.6, 0.61, 0.8, 0.81, 1)]
    [0.0, 0.0, 0.25, 0.5, 0.5, 0.75, 0.75, 1.0, 1.0]
    """
    # In thousandths: 3/5 is no number of a computer, and has to fall where it falls on paper.
    at = round(1000 * share)
    bin_ = 0 if at < 200 else 1 if at < 400 else 2 if at <= 600 else 3 if at <= 800 else 4  # noqa: PLR2004
    return bin_ / (BINS - 1)


def moved(shown: Mapping[str, Said], now: Mapping[str, Said], *, k: int = K) -> Mapping[str, Said]:
    """Give what is shown next of a side: what is said now, if that is at least k people away from what is shown.

    Parameters
    ----------
    shown, now
        By respondent, what it says. Where nothing is shown yet, `shown` is empty: then k respondents are needed.

    Examples
    --------
    >>> five = dict.fromkeys("abcde", "yes")
    >>> moved({}, five) == five, moved(five, {**five, "f": "no"}) == five
    (True, True)
    """
    changed = sum(shown.get(who) != now.get(who) for who in shown.keys() | now.keys())
    return now if changed >= check_k(k) else shown


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What a table may not show.

    Parameters
    ----------
    cells
        The cells that are hidden; one without any respondent is none of them.
    rows, columns
        The rows and the columns whose total is hidden.
    """

    cells: frozenset[Cell]
    rows: frozenset[str]
    columns: frozenset[str]


def suppress(
    respondents: Mapping[Cell, int], *, k: int = K, rows: bool = True, columns: bool = True
) -> Suppressed:
    """Find what a table with totals has to hide.

    Parameters
    ----------
    respondents
        By (row, column), how many people stand behind the cell.
    rows, columns
        Whether a total is to be shown for every row, for every column.

    Examples
    --------
    >>> found = suppress({("all", "a"): 9, ("all", "b"): 6, ("all", "c"): 3}, columns=False)
    >>> sorted(column for _, column in found.cells), sorted(found.rows)
    (['b', 'c'], [])
    """
    check_k(k)
    filled = {cell: count for cell, count in respondents.items() if count}
    hidden = {cell for cell, count in filled.items() if count < k}
    without: tuple[set[str], set[str]] = (set(), set())
    for side, wanted in enumerate((rows, columns)):
        totals = {one: _sum(filled, side, one) for one in sorted({cell[side] for cell in respondents})}
        without[side].update(one for one, total in totals.items() if total < k or not wanted)
    while (open_one := next(_unsafe(filled, hidden, without, k), None)) is not None:
        side, name = open_one
        shown = [cell for cell in filled if cell[side] == name and cell not in hidden]
        if shown:
            hidden.add(min(shown, key=lambda cell: (filled[cell], cell[1 - side])))
        else:
            without[side].add(name)
    return Suppressed(frozenset(hidden), frozenset(without[0]), frozenset(without[1]))


def _sum(filled: Mapping[Cell, int], side: int, name: str) -> int:
    return sum(count for cell, count in filled.items() if cell[side] == name)


def _unsafe(
    filled: Mapping[Cell, int], hidden: set[Cell], without: tuple[set[str], set[str]], k: int
) -> Iterator[tuple[int, str]]:
    """Give the rows (0) and columns (1) whose total tells too much of their hidden cells."""
    for side in (0, 1):
        for name in sorted({cell[side] for cell in hidden} - without[side]):
            parts = [filled[cell] for cell in hidden if cell[side] == name]
            if len(parts) < LEAST_PARTS or sum(parts) < k:
                yield side, name
    for cell in sorted(_recoverable(hidden, without)):
        side = 0 if cell[0] not in without[0] else 1
        yield side, cell[side]


def _recoverable(hidden: set[Cell], without: tuple[set[str], set[str]]) -> Iterator[Cell]:
    """Give the hidden cells that follow from the totals all the same.

    Rows and columns with a total are the vertices of a graph, those without one are a single vertex together, and every
    hidden cell is an edge. What cannot be told from the totals are the cycles of this graph, so that exactly its
    bridges can be told.
    """
    ends = {
        cell: tuple((side, cell[side]) if cell[side] not in without[side] else None for side in (0, 1))
        for cell in hidden
    }
    for cell, (start, end) in ends.items():
        reached, todo = {start}, [start]
        while todo:
            at = todo.pop()
            for other, (one, two) in ends.items():
                if other != cell and at in (one, two):
                    after = two if at == one else one
                    if after not in reached:
                        reached.add(after)
                        todo.append(after)
        if end not in reached:
            yield cell


def coarse(lines: Lines, *, k: int = K) -> Lines:
    """Give lines as they may be told: sides of fewer than k silent, strengths in bins, k in the place of numbers.

    What a side says (yes, no, divided, by way of others) is that of all its respondents. Which ways they named and how far
    they agree is told of nobody.

    Examples
    --------
    >>> told = Side("yes", 0.8, 5)
    >>> heard = Side("no", 0.25, 4)
    >>> given = Lines(("a", "b"), (Line("a", "b", told, heard, "sent_not_heard"),), {"a": 5}, {"b": 4})
    >>> line = coarse(given).of("a", "b")
    >>> line.state, line.told.strength, line.heard.strength
    ('unanswered', 0.75, None)
    """
    check_k(k)
    sent = {actor: k for actor, count in lines.sent.items() if count >= k}
    received = {actor: k for actor, count in lines.received.items() if count >= k}
    named = []
    # Every pair alike, named by somebody or not: that nobody named it is more than a bin tells.
    for line in lines.every():
        told, heard = (_told_of(side, k) for side in (line.told, line.heard))
        if not (told.silent and heard.silent):
            named.append(Line(line.source, line.target, told, heard, state_of(told, heard)))
    return Lines(lines.actors, tuple(named), sent, received)


def _told_of(side: Side, k: int) -> Side:
    if side.strength is None or side.answers < k:
        return unnamed(0)
    return Side(side.verdict, in_bins(side.strength), k)
