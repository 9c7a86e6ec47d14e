"""Workbooks of Excel (.xlsx): a sheet with lines and perhaps one with places, ours or Kumu's.

A cell with a formula counts as the value that it showed when it was saved; nothing is ever computed. What stands in
merged cells stands in each of them. What a workbook unpacks to is looked at before it is unpacked: a bomb is refused.
On the way out every cell is a text or a number, and one that looks like a formula is marked as text.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException

from workshopkit.i18n import N_
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import Sheet, as_text
from workshopkit.network.files.table import kept
from workshopkit.network.files.tables import Tables

__all__ = ["BROKEN", "MOST_COLUMNS", "MOST_ROWS", "MOST_UNPACKED", "fits", "read", "write", "write_sheets"]

MOST_UNPACKED = 300_000_000
MOST_PARTS = 1_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
MOST_MERGED = 10_000
# Whatever a broken or hostile workbook makes its readers stumble over.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    DefusedXmlException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?\Z")


def fits(archive: zipfile.ZipFile, name: str, notes: Notes) -> bool:
    """Tell whether an archive unpacks to what a computer can hold, and is not locked."""
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        notes.fault(name, 0, N_("it is locked with a password; save it without one"))
    elif len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        notes.fault(
            name,
            0,
            N_("it unpacks to more than {limit} bytes, which no map needs; take a smaller file"),
            limit=MOST_UNPACKED,
        )
    else:
        return True
    return False


def read(content: bytes, name: str, notes: Notes) -> list[Sheet]:
    """Give every sheet that is not empty, its first row with anything in it as the header."""
    from openpyxl import load_workbook

    sheets = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not fits(archive, name, notes):
                return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about what it leaves out: drawings, styles
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            for found in book.worksheets[:MOST_SHEETS]:
                rows = list(_rows(found, f"{name}, {found.title}", notes))
                raw = _raw(found)
                _unmerge(rows, raw, f"{name}, {found.title}", notes)
                if _FORMULA.search(raw):
                    _formulas(content, found.title, rows, name, notes)
                if rows:
                    (line, header), *rest = rows
                    sheets.append(Sheet(f"{name}, {found.title}", tuple(header), rest, line))
            book.close()
    except BROKEN:
        notes.fault(name, 0, N_("this workbook cannot be read; save it anew as .xlsx"))
        return []
    if not sheets:
        notes.fault(name, 0, N_("it is empty; the first row must be {columns}"), columns="source,target")
    return sheets


def write(tables: Tables) -> bytes:
    """Give a map as a workbook with the sheets Lines and Actors, in the columns of the contract."""
    lines, places = tables.line_columns, tables.place_columns
    return write_sheets(
        {
            "Lines": (lines, [[row[column] for column in lines] for row in tables.edges()]),
            "Actors": (places, [[kept(row[column]) for column in places] for row in tables.actors]),
        }
    )


def write_sheets(sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """Give a workbook with these sheets: by name, the header and the rows.

    Numbers in columns of numbers are numbers, everything else is text.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, (header, rows) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, cell, number=False) for cell in header])
        counted = [column.casefold() in Tables.NUMBERS for column in header]
        for row in rows:
            sheet.append(
                [_cell(sheet, cell, number=number) for cell, number in zip(row, counted, strict=True)]
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, *, number: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if number and _NUMBER.match(text):
        return WriteOnlyCell(sheet, float(text))
    if not text:
        return None
    written = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text).encode(errors="replace").decode()
    cell = WriteOnlyCell(sheet, "")
    cell.value = written
    # Set as text whatever it looks like; and it stays text when somebody taps into it.
    cell.data_type = "s"
    if written.lstrip(" ")[:1] in {"=", "+", "-", "@"}:
        cell.quotePrefix = True
    return cell


def _rows(sheet: Any, name: str, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold anything; a workbook that claims a row a million down is read no further than allowed."""
    sheet.reset_dimensions()
    for number, row in enumerate(
        sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True), 1
    ):
        width = len(row)
        while width and row[width - 1] is None:
            width -= 1
        if not width:
            continue
        if number > MOST_ROWS:
            notes.fault(
                name,
                0,
                N_("it has more than {limit} rows; save it as CSV, which is read to any length"),
                limit=MOST_ROWS,
            )
            return
        cells = [as_text(value) for value in row[:width]]
        if any(cell.strip() for cell in cells):
            while not cells[-1].strip():
                cells.pop()
            yield number, cells


def _raw(sheet: Any) -> bytes:
    with sheet._get_source() as source:  # noqa: SLF001 - openpyxl tells neither merges nor formulas while it streams
        content: bytes = source.read()
    return content


def _unmerge(rows: list[tuple[int, list[str]]], raw: bytes, name: str, notes: Notes) -> None:
    """Fill each cell of merged ones with what the first shows."""
    from openpyxl.utils import column_index_from_string

    by_number = dict(rows)
    for count, (left, top, right, bottom) in enumerate(_MERGED.findall(raw)):
        if count >= MOST_MERGED:
            break
        first, last = (column_index_from_string(one.decode()) for one in (left, right))
        head = by_number.get(int(top), [])
        text = head[first - 1] if first <= len(head) else ""
        if not text.strip():
            continue
        for number in range(int(top), min(int(bottom), MOST_ROWS) + 1):
            if (cells := by_number.get(number)) is None:
                continue
            cells.extend([""] * (min(last, MOST_COLUMNS) - len(cells)))
            cells[first - 1 : last] = [text] * (min(last, MOST_COLUMNS) - first + 1)
        notes.warn(name, int(top), N_("merged cells each count as the value that they show"))


def _formulas(content: bytes, title: str, rows: list[tuple[int, list[str]]], name: str, notes: Notes) -> None:
    """Tell of cells with a formula, and refuse those that were saved without their value."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheet = book[title]
    sheet.reset_dimensions()
    shown = dict(rows)
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        for cell in row:
            if getattr(cell, "data_type", "") != "f":
                continue
            cells = shown.get(cell.row, [])
            if cell.column <= len(cells) and cells[cell.column - 1].strip():
                said = N_("cells with a formula count as the value that they showed")
                notes.warn(f"{name}, {title}", cell.row, said)
            else:
                notes.fault(
                    f"{name}, {title}",
                    cell.row,
                    N_("cell {cell} holds a formula that was saved without its value; type the value"),
                    cell=cell.coordinate,
                )
    book.close()
