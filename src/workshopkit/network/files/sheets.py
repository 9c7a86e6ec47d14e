"""What a file of any kind holds, before anybody has checked it: a sheet of lines, and perhaps one of places.

A *sheet* is a header and rows of text, each with its number in the file. A file that draws a graph (nodes and edges) is
put into sheets by `drawn`: a node is a row of places, an edge a row of lines, an edge without a direction two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral, Real

from workshopkit.i18n import N_
from workshopkit.network.files import places, rows
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.table import Form, Numbered, Table, table

__all__ = ["Book", "Edge", "Sheet", "as_text", "drawn"]

BOTH_WAYS = ("undirected", "mutual", "bidirectional", "both")
_KINDS = ("", "team", "role", "audience", "rol", "publiek")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and rows of text, each with its number."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Numbered]
    line: int = 0

    def read(self, form: Form, notes: Notes) -> Table:
        """Put the rows into the order of a form, and check the header."""
        return table(self.name, self.header, self.rows, form, notes, line=self.line)


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of one file; `actors` is None where it names no places apart."""

    lines: Sheet
    actors: Sheet | None = None


@dataclass(slots=True)
class Edge:
    """An edge as a file draws it."""

    source: str
    target: str
    cells: dict[str, str] = field(default_factory=dict)
    both_ways: bool = False


def drawn(
    name: str,
    nodes: Iterable[Mapping[str, str]],
    edges: Iterable[Edge],
    notes: Notes,
    *,
    columns: Iterable[str] = (),
) -> Book:
    """Give the sheets of a graph.

    Parameters
    ----------
    name, notes
        What the file is called, and where warnings go.
    nodes
        Each with ``actor`` and what else is said of it.
    edges
        In the order of the file.
    columns
        Those of edges that the file declares, also where no edge has them.

    Examples
    --------
    >>> book = drawn("x.gexf", [{"actor": "a"}], [Edge("a", "b", {}, both_ways=True)], Notes())
    >>> [cells for _, cells in book.lines.rows]
    [('a', 'b'), ('b', 'a')]
    """
    places_ = [dict(node) for node in nodes]
    for number, place in enumerate(places_, start=1):
        _known_kind(f"{name}, nodes", number, place, notes)
    listed = _sheet(f"{name}, nodes", ("actor",), places.ACTORS, list(enumerate(places_, start=1)))
    found: list[tuple[int, dict[str, str]]] = []
    for number, edge in enumerate(edges, start=1):
        found.append((number, {**edge.cells, "source": edge.source, "target": edge.target}))
        if edge.both_ways and edge.source != edge.target:
            back = {**edge.cells, "source": edge.target, "target": edge.source}
            if via := back.get("via"):
                back["via"] = ";".join(reversed(via.split(";")))
            found.append((number, back))
    head = ("source", "target", *columns)
    return Book(_sheet(f"{name}, edges", head, rows.LINES, found), listed if places_ else None)


def as_text(value: object) -> str:
    """Give a cell as a file of text would hold it: nothing is empty, and a whole number has no point.

    Examples
    --------
    >>> as_text(2.0), as_text(None), as_text(["press", "b"])
    ('2', '', 'press;b')
    """
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Real) and not isinstance(value, Integral):
        number = float(value)
        return str(int(number)) if number.is_integer() else str(number)
    if isinstance(value, list | tuple):
        return ";".join(map(as_text, value))
    return str(value)


def _known_kind(name: str, number: int, place: dict[str, str], notes: Notes) -> None:
    """Take what another program calls a kind for no kind of ours: its places are teams."""
    kind = place.get("kind", "")
    if kind.strip().casefold() not in _KINDS:
        notes.warn(name, number, N_("kind is {value}, which was read as team"), value=kind)
        place["kind"] = ""


def _sheet(
    name: str, first: Iterable[str], form: Form, found: Sequence[tuple[int, Mapping[str, str]]]
) -> Sheet:
    """Lay what was found of each row into columns: those of the form by their own names, then the others."""
    names = dict.fromkeys((*first, *(key for _, cells in found for key in cells)))
    header = sorted(names, key=lambda key: key not in form.columns)
    return Sheet(
        name,
        tuple(header),
        [(number, tuple(cells.get(key, "") for key in header)) for number, cells in found],
    )
