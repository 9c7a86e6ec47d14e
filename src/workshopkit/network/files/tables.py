"""A map as the two tables of the contract, on their way into a file of another kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from workshopkit.network.files import places, rows
from workshopkit.network.files.table import kept

__all__ = ["Tables"]

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of LINES and of ACTORS.

    Parameters
    ----------
    lines, actors
        Each row by column, every column of its form filled in, empty where nothing is said.
    sided
        Whether LINES has a column for who says it, also where there is no row.

    Examples
    --------
    >>> tables = Tables.of([{"source": "a", "target": "b", "weight": "2"}], [])
    >>> tables.line_columns
    ('source', 'target', 'weight')
    >>> [place["actor"] for place in tables.nodes()]
    ['a', 'b']
    """

    lines: tuple[Cells, ...]
    actors: tuple[Cells, ...]
    sided: bool = False
    NUMBERS: ClassVar[tuple[str, ...]] = ("delay_days", "weight", "capacity")

    @classmethod
    def of(
        cls, lines: Iterable[Mapping[str, str]], actors: Iterable[Mapping[str, str]], *, sided: bool = False
    ) -> Tables:
        """Take rows by column; columns that a row lacks are empty."""
        return cls(
            tuple({column: row.get(column, "") for column in rows.LINES.columns} for row in lines),
            tuple({column: row.get(column, "") for column in places.ACTORS.columns} for row in actors),
            sided,
        )

    @property
    def line_columns(self) -> tuple[str, ...]:
        """Give the columns of LINES that hold anything."""
        needed = {*rows.LINES.needed, *(("perspective",) if self.sided else ())}
        return tuple(
            column
            for column in rows.LINES.columns
            if column in needed or any(row[column] for row in self.lines)
        )

    @property
    def place_columns(self) -> tuple[str, ...]:
        """Give the columns of ACTORS that hold anything."""
        return tuple(
            column
            for column in places.ACTORS.columns
            if column in places.ACTORS.needed or any(row[column] for row in self.actors)
        )

    def nodes(self) -> Iterator[Cells]:
        """Give every place that an edge could end at: those of ACTORS, then the others as they occur."""
        yield from (_safe(row) for row in self.actors)
        known = {row["actor"] for row in self.actors}
        ends = dict.fromkeys(end for row in self.lines for end in (row["source"], row["target"]))
        for end in ends:
            if end not in known:
                yield _safe(dict.fromkeys(places.ACTORS.columns, "") | {"actor": end})

    def edges(self) -> Iterator[Cells]:
        """Give every row of LINES."""
        return (_safe(row) for row in self.lines)


def _safe(row: Cells) -> Cells:
    return {column: kept(cell) for column, cell in row.items()}
