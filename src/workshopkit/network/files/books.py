"""Which kind of file this is, told by what is in it and never by its name; and how each kind is read and written.

==============  =====================================================================================
CSV             LINES; the places in a file of their own
Excel           ``.xlsx``: a sheet with lines, and one with places; Kumu's layout as well
GraphML, GEXF   a node a place, an edge a row: for networkx, yEd and Gephi
JSON            nodes and edges; the bundle's ``map.json``; Kumu's
bundle.zip      what ``workshopkit export`` writes
==============  =====================================================================================
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from workshopkit.i18n import N_
from workshopkit.network.files import excel, gexf, graphml, kumu, nodelink, places, rows
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import Book, Sheet
from workshopkit.network.files.table import READABLE, records
from workshopkit.network.files.tables import Tables

__all__ = ["WRITERS", "kind_of", "read", "sheet_of_text"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BUNDLE = "workshop/lines.csv", "workshop/actors.csv"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PEEK = 65_536
_ACTOR_NAMES = ("actors", "elements", "nodes", "places", "plekken")

# By the name of a format, what it is written by; CSV is two files and stands in `csvs`.
WRITERS: Final[Mapping[str, Callable[[Tables], bytes]]] = {
    "xlsx": excel.write,
    "graphml": graphml.write,
    "gexf": gexf.write,
    "json": nodelink.write,
    "kumu": kumu.write,
}


def kind_of(content: bytes) -> str:
    """Tell what a file is: ``"zip"``, ``"ole"``, ``"xml"``, ``"json"``, ``"kumu"`` or ``"text"``.

    Examples
    --------
    >>> kind_of(b'{"nodes": []}'), kind_of(b"From,To"), kind_of(b"source,target")
    ('json', 'kumu', 'text')
    """
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        return "ole"
    head = _head(content)
    if head.startswith("<"):
        return "xml"
    if head.startswith(("{", "[")):
        return "json"
    first = head.splitlines()[0] if head else ""
    if any(kumu.is_connections(cell.strip("\"'") for cell in first.split(sign)) for sign in ",;\t"):
        return "kumu"
    return "text"


def read(content: bytes, name: str, notes: Notes) -> Book | None:
    """Read a file of any kind but plain text; None if no map is in it, and the notes tell why."""
    kind = kind_of(content)
    if kind == "zip":
        return _zip(content, name, notes)
    if kind == "xml":
        return _xml(content, name, notes)
    if kind == "json":
        return nodelink.read(content, name, notes)
    if kind == "kumu":
        sheet = sheet_of_text(content, name, ("from", "to", "direction", "type", "label"), notes)
        return kumu.of_sheets(name, None, sheet, notes) if sheet else None
    said = N_("it is an old workbook (.xls) or locked with a password; save it as .xlsx without one")
    notes.fault(name, 0, said)
    return None


def sheet_of_text(content: bytes, name: str, known: Sequence[str], notes: Notes) -> Sheet | None:
    """Give the rows of a file of text as a sheet, whatever its columns are called."""
    found = records(content, name, known, notes)
    if not found:
        if found is not None:
            notes.fault(name, 0, N_("it is empty; the first row must be {columns}"), columns="source,target")
        return None
    (line, header), *rest = found
    return Sheet(name, tuple(header), rest, line)


def _head(content: bytes) -> str:
    """Give the beginning of a text, to look at: without its mark and what stands empty before it."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content[:_PEEK].decode(encoding, errors="replace").lstrip()


def _xml(content: bytes, name: str, notes: Notes) -> Book | None:
    found = _ROOT.search(_head(content).encode())
    root = found.group(1).decode().casefold() if found else ""
    if not found and b"<!DOCTYPE" in content[:_PEEK]:
        # So long a preamble that what it is for is out of sight: no reader of ours expands it.
        return gexf.read(content, name, notes)
    if root == "graphml":
        return graphml.read(content, name, notes)
    if root == "gexf":
        return gexf.read(content, name, notes)
    notes.fault(
        name, 0, N_("no map is in this XML ({tag}); save it as {known}"), tag=root or "?", known=READABLE
    )
    return None


def _zip(content: bytes, name: str, notes: Notes) -> Book | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if names.issuperset(_BUNDLE):
                return _bundle(archive, name, notes) if excel.fits(archive, name, notes) else None
    except excel.BROKEN:
        names = {"xl/"}  # a reader of workbooks says what there is to say of a broken one
    if any(one.startswith("xl/") for one in names):
        return _workbook(excel.read(content, name, notes), name, notes)
    notes.fault(name, 0, N_("no map is in this archive; save it as {known}"), known=READABLE)
    return None


def _bundle(archive: zipfile.ZipFile, name: str, notes: Notes) -> Book | None:
    lines, actors = (
        sheet_of_text(archive.read(one), f"{name}, {one.rpartition('/')[2]}", known.columns, notes)
        for one, known in zip(_BUNDLE, (rows.LINES, places.ACTORS), strict=True)
    )
    return Book(lines, actors) if lines else None


def _workbook(sheets: list[Sheet], name: str, notes: Notes) -> Book | None:
    """Choose the sheet of lines and that of places: by their headers, and by their names if headers do not tell."""
    if not sheets:
        return None
    lines = next((one for one in sheets if {"source", "target"} <= _names(one)), None)
    actors = next((one for one in sheets if "actor" in _names(one) and one is not lines), None)
    if lines is None:
        joined = next((one for one in sheets if kumu.is_connections(one.header)), None)
        if joined is not None:
            listed = next((one for one in sheets if one is not joined and _is_elements(one)), None)
            return kumu.of_sheets(name, listed, joined, notes)
        rest = [one for one in sheets if one is not actors and _title(one) not in _ACTOR_NAMES]
        lines = rest[0] if rest else sheets[0]
    return Book(lines, actors)


def _is_elements(sheet: Sheet) -> bool:
    return _title(sheet) in _ACTOR_NAMES or kumu.is_elements(sheet.header)


def _title(sheet: Sheet) -> str:
    return sheet.name.rpartition(", ")[2].strip().casefold()


def _names(sheet: Sheet) -> set[str]:
    return {cell.strip().casefold() for cell in sheet.header}
