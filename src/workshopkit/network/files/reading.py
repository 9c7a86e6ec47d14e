"""A map out of LINES and ACTORS: who is on it, what both sides say, and what there is to warn of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshopkit.network.actors import Definition
from workshopkit.network.files import books, claims, entries, places, rows
from workshopkit.network.files.door import Given, content_of, opened
from workshopkit.network.files.notes import Note, Notes
from workshopkit.network.files.sheets import Book
from workshopkit.network.files.spoken import Spoken
from workshopkit.network.files.table import Form, Table, parse
from workshopkit.network.files.tables import Tables
from workshopkit.network.lines import Pair, Statements

__all__ = ["Given", "MapFiles", "read", "tables"]


@dataclass(frozen=True, slots=True)
class MapFiles:
    """What was read.

    Parameters
    ----------
    definition
        The places: those of ACTORS in its order, then those that only LINES names.
    spoken
        What everybody says.
    warnings
        What was dropped, merged or added.
    certain
        Whether this is a plain list, of which every line is certain.
    delays, weights
        By pair, the days that it takes, and the weights of its rows together.
    capacities
        By actor that has one in ACTORS, how many lines it can carry.
    """

    definition: Definition
    spoken: Spoken
    warnings: tuple[Note, ...]
    certain: bool
    delays: Mapping[Pair, float]
    weights: Mapping[Pair, float]
    capacities: Mapping[str, float]

    @property
    def said(self) -> Statements:
        """Give what everybody says by name."""
        return self.spoken.statements()


def read(lines: Given, actors: Given | None = None, *, undirected: bool = False) -> MapFiles:
    r"""Read a map.

    Parameters
    ----------
    lines, actors
        Each a path, the bytes of a file, a table of pandas, or rows: dicts by column, or tuples in the order of
        `rows.LINES` and `places.ACTORS`. A file may be of any kind that `books` knows; one that names its places needs
        no second one.
    undirected
        Read each row of LINES both ways.

    Raises
    ------
    BadFiles
        Naming everything that is wrong, in both.

    Examples
    --------
    >>> found = read(b"source,target\na,b\nb,b\n", [{"actor": "b", "kind": "audience"}])
    >>> [actor.id for actor in found.definition.actors], list(found.said.heard)
    (['b', 'a'], [('a', 'b')])
    >>> found.warnings[0].text("en")
    'lines, line 3: a line from a place to itself was left out'
    """
    notes = Notes()
    table, listed = _opened(lines, actors, notes)
    found, named = entries.read(table, notes), places.read(listed, notes)
    notes.check()
    plain, file = entries.is_plain(table), table.name
    del table, listed  # the cells of a large file take as much memory as what follows
    definition = places.definition(named, found, file, notes, plain=plain)
    if plain:
        spoken = claims.plain(found, definition, undirected=undirected)
    else:
        spoken = claims.gather(found, definition, file, notes, undirected=undirected)
    return MapFiles(
        definition,
        spoken,
        notes.warnings,
        certain=plain,
        delays=claims.delays(found, undirected=undirected),
        weights=claims.weights(found, undirected=undirected),
        capacities={id: place.capacity for id, place in named.items() if place.capacity is not None},
    )


def tables(lines: Given, actors: Given | None = None) -> tuple[Tables, tuple[Note, ...]]:
    """Give the rows of a map as they stand in its files, checked, to write them into a file of another kind.

    Parameters
    ----------
    lines, actors
        As in `read`.

    Returns
    -------
    tuple
        The rows, and what there is to warn of.

    Raises
    ------
    BadFiles
        Naming everything that is wrong.
    """
    notes = Notes()
    table, listed = _opened(lines, actors, notes)
    entries.read(table, notes)
    places.read(listed, notes)
    notes.check()
    found = Tables.of(
        (dict(zip(rows.LINES.columns, cells, strict=True)) for _, cells in table.rows),
        (dict(zip(places.ACTORS.columns, cells, strict=True)) for _, cells in listed.rows),
        sided="perspective" in table.columns,
    )
    return found, notes.warnings


def _opened(lines: Given, actors: Given | None, notes: Notes) -> tuple[Table, Table]:
    table, book = _part(lines, "lines", rows.LINES, notes)
    if book is not None:
        table = book.lines.read(rows.LINES, notes)
    if actors is not None:
        listed, other = _part(actors, "actors", places.ACTORS, notes)
        sheet = other and (other.actors or other.lines)
        return table, sheet.read(places.ACTORS, notes) if sheet else listed
    if book is not None and book.actors is not None:
        return table, book.actors.read(places.ACTORS, notes)
    return table, Table("actors", frozenset(), ())


def _part(given: Given, name: str, form: Form, notes: Notes) -> tuple[Table, Book | None]:
    """Read what was given as a table of this form; a file of any kind but text as a book instead."""
    found = content_of(given, name, notes)
    if found is None:
        return opened(given, name, form, notes), None
    name, content = found
    if content is None:
        return Table(name, frozenset(), ()), None
    if books.kind_of(content) == "text":
        return parse(content, name, form, notes), None
    return Table(name, frozenset(), ()), books.read(content, name, notes)
