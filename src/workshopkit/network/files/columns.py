"""A table by its columns: of each the different cells, and for every row which of these stands there.

A large file says few things, over and over: what is asked of a cell is then asked once of each different one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import numpy as np
import numpy.typing as npt

__all__ = ["Column", "Columns", "Ints", "Places", "Truths", "packed"]

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]
Numbered = tuple[int, Sequence[str]]
_AT_A_TIME = 4_096
_MOST_PACKED = 1 << 62


class Places(dict[str, int]):
    """Numbers whatever is asked for, in the order in which it was asked first.

    Examples
    --------
    >>> places = Places()
    >>> [places[name] for name in "aba"], list(places)
    ([0, 1, 0], ['a', 'b'])
    """

    def __missing__(self, key: str) -> int:
        """Give what is new the next number."""
        self[key] = found = len(self)
        return found


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the different cells, and by row the number of the one that stands there."""

    values: tuple[str, ...]
    codes: Codes

    def numbers(self, of: Callable[[str], int]) -> Ints:
        """Give, by row, what a cell is as a whole number; it is asked once of each different one."""
        return np.fromiter(map(of, self.values), np.int64, len(self.values))[self.codes]

    def floats(self, of: Callable[[str], float]) -> npt.NDArray[np.float64]:
        """Give the same as any number."""
        return np.fromiter(map(of, self.values), np.float64, len(self.values))[self.codes]

    def holds(self, of: Callable[[str], object]) -> Truths:
        """Tell, by row, whether something holds of the cell."""
        return np.fromiter((bool(of(value)) for value in self.values), bool, len(self.values))[self.codes]


class Columns(Sequence[Numbered]):
    """The rows of a table, read a column at a time; as a sequence, each with its line.

    Parameters
    ----------
    line
        Where each row stands in its file.
    cells
        The columns.

    Examples
    --------
    >>> columns, wide = Columns.of([(2, ["a ", "b"]), (3, ["a"]), (4, ["", " "]), (5, "abc")], (1, None, 0), 2, str.strip)
    >>> list(columns), wide
    ([(2, ('b', '', 'a')), (3, ('', '', 'a'))], [(5, 'c')])
    >>> columns.cells[2]
    Column(values=('a',), codes=array([0, 0], dtype=int32))
    """

    def __init__(self, line: Ints, cells: tuple[Column, ...]) -> None:
        self.line = line
        self.cells = cells

    @classmethod
    def of(
        cls,
        rows: Iterable[Numbered],
        places: Sequence[int | None],
        width: int,
        clean: Callable[[str], str],
    ) -> tuple[Columns, list[tuple[int, str]]]:
        """Read rows.

        Parameters
        ----------
        rows
            Each with its line; short ones are filled up, and empty ones left out.
        places
            Of each column, which cell of a row it is; None is a column of empty cells.
        width
            How many cells a row may have.
        clean
            What is done to every cell.

        Returns
        -------
        tuple
            The columns, and of each row that is too wide, and so left out, its line and the first cell too many.
        """
        lines: list[npt.NDArray[np.int64]] = []
        known = {place: Places() for place in places if place is not None}
        codes: dict[int, list[Codes]] = {place: [] for place in known}
        wide: list[tuple[int, str]] = []
        given = _tidy(rows, width, clean, wide)
        while some := list(islice(given, _AT_A_TIME)):
            lines.append(np.fromiter((line for line, _ in some), np.int64, len(some)))
            by_place = list(zip(*(cells for _, cells in some), strict=True))
            for place, numbers in known.items():
                numbered = map(numbers.__getitem__, by_place[place])
                codes[place].append(np.fromiter(numbered, np.int32, len(some)))
        line = np.concatenate([np.zeros(0, np.int64), *lines])
        found = {place: _cleaned(known[place], codes[place], clean) for place in known}
        nothing = Column(("",), np.zeros(len(line), np.int32))
        return cls(line, tuple(nothing if place is None else found[place] for place in places)), wide

    def __len__(self) -> int:
        """Give how many rows there are."""
        return len(self.line)

    @overload
    def __getitem__(self, row: int) -> Numbered: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Numbered]: ...
    def __getitem__(self, row: int | slice) -> Numbered | Sequence[Numbered]:
        """Give a row, with its line."""
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        return int(self.line[row]), tuple(column.values[column.codes[row]] for column in self.cells)

    def __iter__(self) -> Iterator[Numbered]:
        """Go over the rows."""
        by_column = [[column.values[code] for code in column.codes.tolist()] for column in self.cells]
        return zip(self.line.tolist(), zip(*by_column, strict=True), strict=True)


def _tidy(
    rows: Iterable[Numbered], width: int, clean: Callable[[str], str], wide: list[tuple[int, str]]
) -> Iterator[Numbered]:
    """Give the rows that say anything, each as wide as the header."""
    for line, cells in rows:
        many = len(cells)
        # What begins with a letter or a digit is not empty, whatever is cleaned off.
        if not (many and cells[0][:1].isalnum()) and not any(map(clean, cells)):
            continue
        if many == width:
            yield line, cells
        elif more := next(filter(None, map(clean, cells[width:])), None):
            wide.append((line, more))
        else:
            yield line, [*cells[:width], *[""] * (width - many)]


def _cleaned(known: Places, codes: list[Codes], clean: Callable[[str], str]) -> Column:
    values = Places()
    numbers = np.fromiter((values[clean(cell)] for cell in known), np.int32, len(known))
    return Column(tuple(values), numbers[np.concatenate([np.zeros(0, np.int32), *codes])])


def packed(*columns: Ints) -> Ints:
    """Give rows of whole numbers, none below 0, as one number each: equal where the rows are, and in their order.

    Examples
    --------
    >>> packed(np.array([1, 0, 1]), np.array([5, 7, 5])).tolist()
    [13, 7, 13]
    """
    found, most = columns[0].astype(np.int64), int(columns[0].max(initial=0)) + 1
    for column in columns[1:]:
        wide = int(column.max(initial=0)) + 1
        if most * wide > _MOST_PACKED:
            found = np.unique(found, return_inverse=True)[1].astype(np.int64)
            most = int(found.max(initial=0)) + 1
        found, most = found * wide + column, most * wide
    return found
