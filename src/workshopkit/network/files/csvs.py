"""Text for a spreadsheet, on the way out: UTF-8 with its mark, commas, nothing in it that a program would compute.

CSV is one table a file: the lines in one, the places, without which those that nobody named are lost, in another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from workshopkit.network.files.table import safe
from workshopkit.network.files.tables import Tables

__all__ = ["text", "write"]


def text(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Give a table as a file; half an emoji has no UTF-8 and becomes a question mark.

    Examples
    --------
    >>> text(["a"], [["=1"]]).decode("utf-8-sig").split()
    ['a', "'=1"]
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def write(tables: Tables) -> tuple[bytes, bytes]:
    """Give a map as LINES and ACTORS."""
    lines, places = tables.line_columns, tables.place_columns
    return (
        text(lines, ([row[column] for column in lines] for row in tables.lines)),
        text(places, ([row[column] for column in places] for row in tables.actors)),
    )
