"""The rows of LINES as arrays: who says what of which line.

What a cell says is asked once of each different cell. Only the rows in which anything is odd are looked at one by one, by
`rows.check`, so that there is one place that knows what is wrong with a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from workshopkit.i18n import N_
from workshopkit.network.files import rows
from workshopkit.network.files.columns import Column, Columns, Ints, Places, packed
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.table import Table

__all__ = ["ANSWERS", "SIDES", "Entries", "is_plain", "read"]

# By number: sides, and answers with what half of them is worth.
SIDES = (rows.PLAIN, rows.SENDER, rows.RECEIVER, rows.OBSERVER)
ANSWERS = ("no", "partly", "yes")
_PLAIN, _SENDER, _RECEIVER, _OBSERVER = range(4)
_NO, _, _YES = range(3)
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entries:
    """Rows, with what they say already read; each of the arrays has a number a row.

    Parameters
    ----------
    names
        All that are named as an end or as a reporter.
    ways
        All that is named in one ``via``, the nearest last; the first of them is nothing.
    line
        Where a row stands in the file.
    source, target
        By place in `names`.
    side, answer
        By place in `SIDES` and `ANSWERS`; a sender's answer is yes or no.
    reporter
        Who says it, by place in `names`; below 0 the actor itself.
    via
        The way that a receiver names, by place in `ways`; its answer is then no.
    channel
        Equal numbers are the same channel.
    delay, weight
        NaN where the row says nothing.
    """

    names: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    line: Ints
    source: Ints
    target: Ints
    side: Ints
    reporter: Ints
    answer: Ints
    via: Ints
    channel: Ints
    delay: Floats
    weight: Floats

    def __len__(self) -> int:
        """Give how many rows there are."""
        return len(self.line)

    def only(self, which: Truths) -> Entries:
        """Give some of the rows."""
        if which.all():
            return self
        kept = {one.name: getattr(self, one.name)[which] for one in fields(self)[2:]}
        return replace(self, **kept)

    def own(self) -> Ints:
        """Give who speaks for itself in each row: the sender, or the receiver of what it hears."""
        return np.where(self.side == _RECEIVER, self.target, self.source)

    def ends(self) -> Iterator[str]:
        """Give every end of a line once, as they occur."""
        return self._first(np.stack((self.source, self.target), axis=1).ravel())

    def receivers(self) -> set[str]:
        """Give the receivers that speak."""
        return set(self._first(self.target[self.side == _RECEIVER]))

    def observed(self) -> set[str]:
        """Give the ends of which an observer speaks."""
        seen = self.side == _OBSERVER
        return set(self._first(np.concatenate((self.source[seen], self.target[seen]))))

    def named_ways(self) -> Iterator[str]:
        """Give what is named as a way, as it occurs."""
        for place in _in_order(self.via).tolist():
            yield from self.ways[place]

    def _first(self, places: Ints) -> Iterator[str]:
        return (self.names[place] for place in _in_order(places).tolist())


def is_plain(found: Table) -> bool:
    """Tell whether nobody speaks here: no perspective in any row."""
    if "perspective" not in found.columns:
        return True
    return bool(found.rows) and not any(_columns(found).cells[2].values)


def read(found: Table, notes: Notes) -> Entries:
    """Read and check the rows of LINES.

    Parameters
    ----------
    found
        With the columns of `rows.LINES`.
    notes
        Gets the faults and warnings.
    """
    columns, plain = _columns(found), is_plain(found)
    source, target, perspective, reporter, arrives, via, _, channel, delay, weight = columns.cells
    if plain and any(reporter.values):
        notes.warn(
            found.name,
            0,
            N_("reporter is only read in a file with a perspective (sender, receiver or observer)"),
        )
    names = Places()
    first, last = (column.numbers(names.__getitem__) for column in (source, target))
    side = np.full(len(columns), _PLAIN) if plain else perspective.numbers(_side)
    answer = arrives.numbers(_answer)
    ways: dict[tuple[str, ...], int] = {(): 0}
    by_way = via.numbers(lambda cell: ways.setdefault(rows.ways_of(cell), len(ways)))
    told = _filled(source) & _filled(target) & (answer >= 0) & (side >= 0)
    entries = Entries(
        names=(),
        ways=tuple(ways),
        line=columns.line,
        source=first,
        target=last,
        side=side,
        reporter=np.full(len(columns), -1)
        if plain
        else reporter.numbers(lambda cell: names[cell] if cell else -1),
        # A sender told or did not, and what came by a way did not come directly.
        answer=np.where(
            side == _SENDER, np.where(answer == _NO, _NO, _YES), np.where(by_way > 0, _NO, answer)
        ),
        via=np.where(side == _SENDER, 0, by_way),
        channel=channel.codes.astype(np.int64),
        delay=delay.floats(rows.amount),
        weight=weight.floats(rows.amount),
    )
    kept = told & (first != last)
    merged = np.zeros(len(columns), dtype=bool)
    merged[kept] = _seen_before(entries.only(kept))
    odd = ~kept | merged | (by_way > 0) | np.isinf(entries.delay) | np.isinf(entries.weight)
    odd |= plain & (answer != _YES)
    for row in np.flatnonzero(odd).tolist():
        line, cells = columns[row]
        rows.check(found.name, line, cells, notes, plain=plain)
        if merged[row]:
            notes.warn(
                found.name, line, N_("a line that was there before was merged with it; the last row counts")
            )
    return replace(entries.only(kept), names=tuple(names))


def _columns(found: Table) -> Columns:
    """Give the columns of a table; of one that could not be read, none with a row."""
    if isinstance(found.rows, Columns):
        return found.rows
    return Columns.of(found.rows, range(len(rows.LINES.columns)), len(rows.LINES.columns), str)[0]


def _side(perspective: str) -> int:
    side = rows.side_of(perspective)
    return -1 if side is None else SIDES.index(side)


def _answer(arrives: str) -> int:
    answer = rows.answer_of(arrives)
    return ANSWERS.index(answer) if answer else -1


def _filled(column: Column) -> Truths:
    return column.holds(str)


def _seen_before(entries: Entries) -> Truths:
    """Tell of each row whether one before it says the same of the same line by the same channel."""
    by = np.where(entries.reporter < 0, entries.own(), entries.reporter)
    key = packed(entries.source, entries.target, by, entries.side, entries.channel)
    order = np.argsort(key, kind="stable")
    seen = np.zeros(len(key), dtype=bool)
    seen[order[1:]] = key[order[1:]] == key[order[:-1]]
    return seen


def _in_order(numbers: Ints) -> Ints:
    """Give every number once, as they occur."""
    found, first = np.unique(numbers, return_index=True)
    return found[np.argsort(first)]
