"""Rows out of a file of text, as spreadsheets and people write it.

UTF-8 with or without its mark, UTF-16 with it, else Windows-1252 with a warning; comma, semicolon or tab, whichever gives
the header its columns; any line ends, and none at the end. Case and spaces around the names in the header do not matter.
A quote that a spreadsheet's text got in front of ``=``, ``+``, ``-`` or ``@`` is taken off again.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes

__all__ = ["READABLE", "Form", "Numbered", "Table", "kept", "parse", "records", "safe", "table"]

_DELIMITERS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_COLUMNS = 1_000
# What can be read, by the names that people know.
READABLE = "CSV, Excel (.xlsx), GraphML, GEXF, JSON, bundle.zip"
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """Which columns a table may have.

    Parameters
    ----------
    columns
        Those that are read, in the order in which rows come out.
    needed
        Those that must be there.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file.

    Parameters
    ----------
    name
        What the file is called.
    columns
        Those of its form that it has.
    rows
        Of each its line in the file, and a cell for every column of the form, empty where there is none.
    """

    name: str
    columns: frozenset[str]
    rows: Sequence[Numbered]


def parse(content: bytes, name: str, form: Form, notes: Notes) -> Table:
    r"""Read a file.

    Parameters
    ----------
    content
        As it is on the disk.
    name, form
        What it is called, and what it may have.
    notes
        Gets the faults and warnings; a table without rows comes back from what cannot be read.

    Examples
    --------
    >>> form = Form(("source", "target", "via"), ("source", "target"))
    >>> list(parse(b"Target; SOURCE \r\nb;a", "lines.csv", form, Notes()).rows)
    [(2, ('a', 'b', ''))]
    """
    given = _read(content, name, form.columns, notes)
    if given is None:
        return Table(name, frozenset(), ())
    first = next(given, None)
    if first is None:
        notes.fault(
            name, 0, N_("it is empty; the first row must be {columns}"), columns=",".join(form.columns)
        )
        return Table(name, frozenset(), ())
    line, header = first
    return table(name, header, given, form, notes, line=line)


def records(content: bytes, name: str, known: Iterable[str], notes: Notes) -> list[Numbered] | None:
    """Give every row that is not empty, the header first, each with its line; None if this is no text."""
    given = _read(content, name, known, notes)
    return None if given is None else list(given)


def _read(content: bytes, name: str, known: Iterable[str], notes: Notes) -> Iterator[Numbered] | None:
    """Give the same one by one."""
    text = _decoded(content, name, notes)
    if text is None:
        return None
    given = _records(text, _delimiter(text, known), name, notes)
    head = list(islice(given, 2))
    if len(head) > 1 and head[0][1][0].lower().startswith("sep="):
        del head[0]
    if head and len(head[0][1]) > _MOST_COLUMNS:
        for _ in given:
            pass  # what else is wrong with it is told as well
        notes.fault(
            name,
            head[0][0],
            N_("the first row has {count} cells, and at most {limit} are read; it must be {columns}"),
            count=len(head[0][1]),
            limit=_MOST_COLUMNS,
            columns="source,target",
        )
        return None
    return chain(head, given)


def kept(cell: str) -> str:
    """Give a cell as any file may hold it, so that reading gives it back: its own quote before a formula is doubled.

    Examples
    --------
    >>> kept("'=x"), kept("=x")
    ("''=x", '=x')
    """
    return f"'{cell}" if cell.startswith("'") and _is_quoted(cell) else cell


def safe(cell: str) -> str:
    """Give a cell as text for a spreadsheet, which must not take it for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("Balie")
    ("'=1+1", 'Balie')
    """
    return f"'{cell}" if _is_quoted(cell) else cell


def _is_quoted(cell: str) -> bool:
    return cell.lstrip("' ").startswith(_FORMULA)


def table(
    name: str, header: Sequence[str], rows: Iterable[Numbered], form: Form, notes: Notes, *, line: int = 0
) -> Table:
    """Put rows into the order of a form, and check their header."""
    from workshopkit.network.files.columns import Columns  # numpy, which writing does without

    names = [_clean(cell).casefold() for cell in header]
    columns = frozenset(names).intersection(form.columns)
    places = [names.index(column) if column in columns else None for column in form.columns]
    # All is read before anything is said: what is wrong with the file as a whole comes first.
    found, wide = Columns.of(rows, places, len(names), _clean)
    for missing in (column for column in form.needed if column not in columns):
        notes.fault(
            name,
            line,
            N_("there is no column {column} in the header ({header}); name it so"),
            column=missing,
            header=", ".join(names),
        )
    for column in sorted(columns):
        if names.count(column) > 1:
            notes.fault(name, line, N_("the column {column} is there twice; leave one out"), column=column)
    if others := [column for column in dict.fromkeys(names) if column and column not in columns]:
        notes.warn(
            name,
            line,
            N_("these columns are not read: {columns}. Known are {known}"),
            columns=", ".join(others),
            known=", ".join(form.columns),
        )
    if not columns.issuperset(form.needed):
        return Table(name, columns, ())
    for row, cell in wide:
        notes.fault(
            name,
            row,
            N_(
                "there are more cells than in the header, from {cell} on; put quotes around a cell with a comma or a semicolon in it"
            ),
            cell=cell,
        )
    return Table(name, columns, found)


def _decoded(content: bytes, name: str, notes: Notes) -> str | None:
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            notes.fault(name, 0, N_("this UTF-16 text breaks off; save it as CSV UTF-8"))
            return None
    if b"\0" in content.partition(b"\n")[0]:
        notes.fault(
            name,
            0,
            N_("this is no text and no file that can be read here; save it as {known}"),
            known=READABLE,
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        notes.fault(name, 0, N_("this is no text in UTF-8; save it as CSV UTF-8 in your spreadsheet program"))
        return None
    notes.warn(name, 0, N_("it is not in UTF-8 and was read as Windows-1252; look whether names are right"))
    return text


def _delimiter(text: str, known_columns: Iterable[str]) -> str:
    """Give the sign that gives the header most of the columns it may have, and among such signs most columns."""
    lines = (line for line in io.StringIO(text, newline="") if line.strip())
    head = next((line for line in lines if not line.lower().startswith("sep=")), "")
    columns = frozenset(known_columns)

    def known(sign: str) -> tuple[int, int]:
        cells = head.split(sign)
        return len({cell.strip(" \t\r\n\"'").casefold() for cell in cells}.intersection(columns)), len(cells)

    return max(_DELIMITERS, key=known)


def _records(text: str, delimiter: str, name: str, notes: Notes) -> Iterator[Numbered]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    line = 1
    try:
        for cells in reader:
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        large = "field larger" in str(fault)
        notes.fault(
            name,
            line,
            N_("a cell in this row is longer than {limit} signs; shorten it")
            if large
            else N_("the quotes in this row do not fit; a quote inside a cell is written twice"),
            **({"limit": csv.field_size_limit()} if large else {}),
        )


def _clean(cell: str) -> str:
    if cell.startswith("'") and _is_quoted(cell):
        cell = cell[1:]
    cell = cell.strip()
    # An é of one sign and one of two are the same name.
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
