"""Kumu's layout: *Elements* with Label, Type, Tags, Description, and *Connections* with From, To, Direction, Type, Label.

Kumu names a place by its label, so what we write has each label once; our own columns follow as fields of Kumu's. Read:
a connection without a direction, or mutual, is two lines; its Type is the channel; the first tag is the group, or the
Type where that is no kind of ours. Descriptions and the labels of connections are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from workshopkit.network.actors import AUDIENCE, TEAM
from workshopkit.network.files import excel
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import BOTH_WAYS, Book, Edge, Sheet, drawn
from workshopkit.network.files.tables import Tables

__all__ = ["book", "is_connections", "is_elements", "of_sheets", "write"]

_KINDS = (TEAM, "role", AUDIENCE)
_UNREAD = ("description", "image", "x", "y", "id", "style", "pinned", "strength")
_OF_KUMU = frozenset({*_UNREAD, "from", "to", "direction", "type", "label", "tags", "_id"})


def is_connections(header: Iterable[str]) -> bool:
    """Tell whether a header is that of Kumu's connections.

    Examples
    --------
    >>> is_connections(["From", "To", "Label"]), is_connections(["source", "target", "to", "from"])
    (True, False)
    """
    names = {cell.strip().casefold() for cell in header}
    return {"from", "to"} <= names and not {"source", "target"} & names


def is_elements(header: Iterable[str]) -> bool:
    """Tell whether a header is that of Kumu's elements."""
    names = {cell.strip().casefold() for cell in header}
    return "label" in names and not {"actor", "source", "from", "id"} & names


def of_sheets(name: str, elements: Sheet | None, connections: Sheet, notes: Notes) -> Book:
    """Read the sheets of a workbook, or a table of connections alone."""
    return book(
        name,
        _cells(elements) if elements else (),
        _cells(connections),
        notes,
        columns=(cell.strip().casefold() for cell in connections.header),
    )


def book(
    name: str,
    elements: Iterable[Mapping[str, str]],
    connections: Iterable[Mapping[str, str]],
    notes: Notes,
    *,
    columns: Iterable[str] = (),
) -> Book:
    """Read Kumu's rows, each by column in small letters; `columns` are those of connections, also without any."""
    places = []
    ids: dict[str, str] = {}
    for row in elements:
        cells = {key: text for key, text in row.items() if key not in {*_UNREAD, "type", "tags", "_id"}}
        kind, tags = row.get("type", "").strip(), row.get("tags", "")
        known = kind.casefold() in _KINDS
        label = row.get("label", "").strip()
        actor = row.get("actor", "").strip() or label
        ids.setdefault(label.casefold(), actor)
        ids[label] = actor
        if not cells.get("group"):
            cells["group"] = tags.split("|")[0].strip() or ("" if known else kind)
        if row.get("_id"):
            ids[row["_id"]] = actor
        if row.get("actor"):  # ours: Kumu's label may be the id, the label itself stands beside it
            cells["label"] = cells.pop("name", "")
        places.append({**cells, "actor": actor, "kind": cells.get("kind") or (kind if known else "")})
    edges = []
    for row in connections:
        source, target = (_of(ids, row.get(end, "").strip()) for end in ("from", "to"))
        cells = {key: text for key, text in row.items() if key not in _OF_KUMU}
        if not cells.get("channel"):
            cells["channel"] = row.get("type", "")
        if strength := row.get("strength"):
            cells.setdefault("weight", strength)
        # Kumu draws an arrow only where somebody says so.
        both_ways = (row.get("direction") or "undirected").strip().casefold() in BOTH_WAYS
        edges.append(Edge(source, target, cells, both_ways))
    return drawn(name, places, edges, notes, columns=(one for one in columns if one not in _OF_KUMU))


def write(tables: Tables) -> bytes:
    """Give a map as a workbook that Kumu takes in as it is."""
    nodes = list(tables.nodes())
    times = Counter((place["label"] or place["actor"]).casefold() for place in nodes)
    # Kumu knows a place by its label, whatever the case of its letters: no two may share one.
    taken = {place["actor"].casefold() for place in nodes}
    labels = {
        place["actor"]: place["actor"]
        if times[(label := place["label"] or place["actor"]).casefold()] > 1
        or (label != place["actor"] and label.casefold() in taken)
        else label
        for place in nodes
    }
    fields = ("actor", "name", "group", "voice", "capacity")
    elements = [
        [
            labels[place["actor"]],
            place["kind"] or TEAM,
            place["group"].replace("|", "/"),
            "",
            place["actor"],
            place["label"],
            place["group"],
            place["voice"],
            place["capacity"],
        ]
        for place in nodes
    ]
    columns = [column for column in tables.line_columns[2:] if column != "channel"]
    connections = [
        [labels[row["source"]], labels[row["target"]], "directed", row["channel"], ""]
        + [row[column] for column in columns]
        for row in tables.edges()
    ]
    head = ("From", "To", "Direction", "Type", "Label", *columns)
    return excel.write_sheets(
        {
            "Elements": (("Label", "Type", "Tags", "Description", *fields), elements),
            "Connections": (head, connections),
        }
    )


def _cells(sheet: Sheet) -> Iterable[dict[str, str]]:
    head = [cell.strip().casefold() for cell in sheet.header]
    return (dict(zip(head, cells, strict=False)) for _, cells in sheet.rows)


def _of(ids: Mapping[str, str], end: str) -> str:
    return ids.get(end) or ids.get(end.casefold(), end)
