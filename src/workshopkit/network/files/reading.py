"""A map out of LINES and ACTORS: who is on it, what both sides say, and what there is to warn of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshopkit.network.actors import Definition
from workshopkit.network.files import claims, places, rows
from workshopkit.network.files.door import Given, opened
from workshopkit.network.files.notes import Note, Notes
from workshopkit.network.files.table import Table
from workshopkit.network.lines import Pair, Statements

__all__ = ["Given", "MapFiles", "read"]


@dataclass(frozen=True, slots=True)
class MapFiles:
    """What was read.

    Parameters
    ----------
    definition
        The places: those of ACTORS in its order, then those that only LINES names.
    said
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
    said: Statements
    warnings: tuple[Note, ...]
    certain: bool
    delays: Mapping[Pair, float]
    weights: Mapping[Pair, float]
    capacities: Mapping[str, float]


def read(lines: Given, actors: Given | None = None, *, undirected: bool = False) -> MapFiles:
    r"""Read a map.

    Parameters
    ----------
    lines, actors
        Each a path, the bytes of a file, a table of pandas, or rows: dicts by column, or tuples in the order of
        `rows.LINES` and `places.ACTORS`.
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
    table = opened(lines, "lines", rows.LINES, notes)
    listed = Table("actors", frozenset(), ())
    if actors is not None:
        listed = opened(actors, "actors", places.ACTORS, notes)
    read_rows, named = rows.read(table, notes), places.read(listed, notes)
    notes.check()
    plain = rows.is_plain(table)
    definition = places.definition(named, read_rows, table.name, notes, plain=plain)
    if plain:
        said = claims.plain(read_rows, definition, undirected=undirected)
    else:
        said = claims.gather(read_rows, definition, table.name, notes, undirected=undirected)
    return MapFiles(
        definition,
        said,
        notes.warnings,
        certain=plain,
        delays=claims.delays(read_rows, undirected=undirected),
        weights=claims.weights(read_rows, undirected=undirected),
        capacities={id: place.capacity for id, place in named.items() if place.capacity is not None},
    )
