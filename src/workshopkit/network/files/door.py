"""The friendly door: a path, the bytes of a file, a table of pandas, or plain Python rows, made into one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import as_text
from workshopkit.network.files.table import Form, Table, parse, table

__all__ = ["Given", "content_of", "opened"]

MOST_BYTES = 500_000_000
Given = str | PathLike[str] | bytes | Iterable[Any]


def opened(given: Given, name: str, form: Form, notes: Notes) -> Table:
    """Give the rows of whatever was given.

    Parameters
    ----------
    given
        A path, bytes, a table of pandas, a list of dicts by column, or of tuples in the order of the form.
    name
        What it is called in faults; a file is called by its own name.
    form, notes
        Which columns it may have, and where faults go.

    Examples
    --------
    >>> form = Form(("source", "target"), ("source", "target"))
    >>> list(opened([("a", "b")], "lines", form, Notes()).rows)
    [(1, ('a', 'b'))]
    """
    found = content_of(given, name, notes)
    if found is not None:
        name, content = found
        return Table(name, frozenset(), ()) if content is None else parse(content, name, form, notes)
    if hasattr(given, "itertuples") and hasattr(given, "columns"):
        frame: Any = given
        return _table(list(frame.columns), frame.itertuples(index=False, name=None), name, form, notes)
    rows: Any = given
    return _rows(rows, name, form, notes)


def content_of(given: Given, name: str, notes: Notes) -> tuple[str, bytes | None] | None:
    """Give the name of a file and what is in it, None in its place if it cannot be read; None if this is no file."""
    if isinstance(given, bytes | bytearray | memoryview):
        return name, bytes(given)
    if isinstance(given, str | PathLike):
        path = Path(given)
        return path.name, _content(path, notes)
    return None


def _content(path: Path, notes: Notes) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or type(fault).__name__
        notes.fault(str(path), 0, N_("it cannot be read ({reason})"), reason=reason)
        return None
    if len(content) > MOST_BYTES:
        notes.fault(path.name, 0, N_("it is too large: at most {limit} bytes"), limit=MOST_BYTES)
        return None
    return content


def _rows(given: Iterable[Any], name: str, form: Form, notes: Notes) -> Table:
    rows = list(given)
    if rows and all(isinstance(row, Mapping) for row in rows):
        header = list(dict.fromkeys(str(column) for row in rows for column in row))
        return _table(header, ([row.get(column) for column in header] for row in rows), name, form, notes)
    kept = []
    for number, row in enumerate(rows, start=1):
        # A word is a row of one cell, and no row of letters.
        cells = [row] if isinstance(row, str) or not isinstance(row, Iterable) else list(row)
        if not len(form.needed) <= len(cells) <= len(form.columns):
            notes.fault(
                name, number, N_("{row} is no row of {columns}"), row=row, columns=", ".join(form.needed)
            )
        kept.append(cells)
    return _table(form.columns, kept, name, form, notes)


def _table(
    header: Sequence[object], rows: Iterable[Iterable[object]], name: str, form: Form, notes: Notes
) -> Table:
    texts = ((number, [_as_cell(cell) for cell in row]) for number, row in enumerate(rows, start=1))
    return table(name, [str(column) for column in header], texts, form, notes)


def _as_cell(value: object) -> str:
    return "" if value != value else as_text(value)  # noqa: PLR0124 - in a table of pandas NaN is nothing
