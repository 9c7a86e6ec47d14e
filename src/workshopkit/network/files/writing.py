"""Writes a map into a file: which kind is told by the ending of its name.

==================  =======================================================================================
``.csv``            the lines, and beside it ``…-actors.csv`` with the places
``.xlsx``           a workbook with both
``.kumu.xlsx``      a workbook that Kumu takes in
``.graphml``        for networkx, yEd, Gephi
``.gexf``           for Gephi
``.json``           nodes and edges
==================  =======================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.network.files import books, csvs
from workshopkit.network.files.tables import Tables

__all__ = ["ENDINGS", "contents", "put", "save"]

# The longer ending first: a workbook for Kumu is a workbook as well.
_WRITERS = {".kumu.xlsx": "kumu", ".xlsx": "xlsx", ".graphml": "graphml", ".gexf": "gexf", ".json": "json"}
ENDINGS = (".csv", *_WRITERS)


def contents(tables: Tables, name: str) -> dict[str, bytes]:
    """Give the files that a map becomes, by name.

    Raises
    ------
    UsageError
        If the ending is none of `ENDINGS`.

    Examples
    --------
    >>> tables = Tables.of([{"source": "a", "target": "b"}], [])
    >>> list(contents(tables, "map.csv")), list(contents(tables, "map.gexf"))
    (['map.csv', 'map-actors.csv'], ['map.gexf'])
    """
    lower = name.casefold()
    if lower.endswith(".csv"):
        lines, actors = csvs.write(tables)
        return {name: lines, f"{name[:-4]}-actors{name[-4:]}": actors}
    for ending, writer in _WRITERS.items():
        if lower.endswith(ending):
            return {name: books.WRITERS[writer](tables)}
    raise UsageError(
        N_("{name} has no ending that tells how to write it. Choose one of {endings}."),
        name=name,
        endings=", ".join(ENDINGS),
    )


def save(tables: Tables, path: Path) -> tuple[Path, ...]:
    """Write a map; an older file gives way only to a whole new one.

    Raises
    ------
    UsageError
        If the ending is not known, or the folder cannot be written.
    """
    return put(path.parent, contents(tables, path.name))


def put(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, made when it is not there; an older one gives way only to a whole new one.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_put(folder / name, content) for name, content in files.items())
    except (OSError, ValueError) as fault:
        raise UsageError(
            N_(
                "In {folder} nothing can be written ({reason}). Choose another folder, or make room in this one."
            ),
            folder=folder,
            reason=getattr(fault, "strerror", None) or type(fault).__name__,
        ) from fault


def _put(path: Path, content: bytes) -> Path:
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path
