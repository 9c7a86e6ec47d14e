"""JSON: ``{"nodes": [...], "edges": [...]}``, as networkx writes it, with our columns beside the ends of each edge.

A node has ``id`` and what ACTORS has for it, an edge ``source``, ``target`` and what one row of LINES says: so both sides
of a line are two edges. Nothing is lost here. Read as well: ``links`` for ``edges``, a list of rows, the bundle's
``map.json`` and Kumu's own JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workshopkit.i18n import N_
from workshopkit.network.files import kumu, rows
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import Book, Edge, Sheet, as_text, drawn
from workshopkit.network.files.tables import Tables

__all__ = ["FORMAT", "MOST_JSON", "read", "write"]

FORMAT, VERSION = "workshopkit-map", 1
MOST_JSON = 200_000_000
_SHAPE = N_("no map is in this JSON; it must have nodes and edges, each edge with source and target")
Entry = dict[str, Any]


def read(content: bytes, name: str, notes: Notes) -> Book | None:
    """Read a map; None if there is none in it."""
    if len(content) > MOST_JSON:
        notes.fault(name, 0, N_("it is too large: at most {limit} bytes"), limit=MOST_JSON)
        return None
    try:
        # NaN and Infinity are no JSON, and yet written: as texts they meet the rule for numbers in their row.
        found = json.loads(content, parse_constant=str)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 0)
        notes.fault(name, line, N_("this is no JSON that can be read; save it anew as UTF-8"))
        return None
    return _book({"edges": found} if isinstance(found, list) else found, name, notes)


def _book(found: object, name: str, notes: Notes) -> Book | None:
    if not isinstance(found, dict):
        notes.fault(name, 0, _SHAPE)
        return None
    if isinstance(found.get("elements"), list) or isinstance(found.get("connections"), list):
        listed = _dicts(found.get("elements"), f"{name}, elements", notes)
        joined = _dicts(found.get("connections"), f"{name}, connections", notes)
        return kumu.book(name, map(_texts, listed), map(_texts, joined), notes)
    if isinstance(found.get("actors"), list) and isinstance(found.get("lines"), list):
        return _map(found, name, notes)
    edges = found.get("edges", found.get("links"))
    if not isinstance(edges, list):
        notes.fault(name, 0, _SHAPE)
        return None
    nodes = _dicts(found.get("nodes", []), f"{name}, nodes", notes)
    both_ways = found.get("directed") is False
    graph = found.get("graph")
    columns = graph.get("edge_columns") if isinstance(graph, dict) else None
    return drawn(
        name,
        [_node(node) for node in nodes],
        [_edge(edge, both_ways=both_ways) for edge in _dicts(edges, f"{name}, edges", notes)],
        notes,
        columns=map(str, columns) if isinstance(columns, list) else (),
    )


def write(tables: Tables) -> bytes:
    """Give a map as a file."""
    return (
        json.dumps(
            {
                "format": FORMAT,
                "version": VERSION,
                "directed": True,
                "multigraph": True,
                "graph": {"edge_columns": list(tables.line_columns[2:])},
                "nodes": [
                    {"id": place.pop("actor"), **{key: text for key, text in place.items() if text}}
                    for place in tables.nodes()
                ],
                "edges": [
                    {**{key: text for key, text in row.items() if text}, "key": number}
                    for number, row in enumerate(tables.edges())
                ],
            },
            indent=1,
        ).encode()
        + b"\n"
    )


def _dicts(value: object, name: str, notes: Notes) -> Iterator[Entry]:
    for number, one in enumerate(value if isinstance(value, list) else (), start=1):
        if isinstance(one, dict):
            yield one
        else:
            notes.fault(
                name,
                number,
                N_("{value} is no entry with a name for each value; save the file anew"),
                value=one,
            )


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(key).strip().casefold(): as_text(value)
        for key, value in entry.items()
        if not isinstance(value, dict)
    }


def _node(entry: Entry) -> dict[str, str]:
    cells = _texts(entry)
    actor = cells.pop("id", "") or cells.pop("actor", "") or cells.pop("name", "") or cells.get("label", "")
    if "domain" in cells:
        cells.setdefault("group", cells.pop("domain"))
    return {**cells, "actor": actor}


def _edge(entry: Entry, *, both_ways: bool) -> Edge:
    cells = _texts(entry)
    for name in ("key", "id"):
        cells.pop(name, None)
    source, target = (as_text(_end(entry.get(name))) for name in ("source", "target"))
    for name in ("source", "target"):
        cells.pop(name, None)
    return Edge(source, target, cells, both_ways)


def _end(value: object) -> object:
    # d3 puts the node itself in the place of its id.
    return value.get("id") if isinstance(value, dict) else value


def _map(found: Entry, name: str, notes: Notes) -> Book:
    """Read the bundle's ``map.json``: of each line what its two sides come down to."""
    labels = {
        str(one.get("id")): as_text(one.get("label"))
        for one in _dicts(found.get("domains"), f"{name}, domains", notes)
    }
    actors = []
    for entry in _dicts(found["actors"], f"{name}, actors", notes):
        cells = {key: as_text(entry.get(key)) for key in ("label", "kind", "voice")}
        domain = as_text(entry.get("domain"))
        actors.append((as_text(entry.get("id")), *cells.values(), labels.get(domain, domain)))
    lines: list[tuple[int, tuple[str, ...]]] = []
    for number, entry in enumerate(_dicts(found["lines"], f"{name}, lines", notes), start=1):
        ends = as_text(entry.get("source")), as_text(entry.get("target"))
        lines += ((number, (*ends, *side)) for side in _sides(entry))
    head = ("source", "target", "perspective", "reporter", "arrives", "via")
    return Book(
        Sheet(f"{name}, lines", head, lines),
        Sheet(f"{name}, actors", ("actor", "label", "kind", "voice", "group"), list(enumerate(actors, 1))),
    )


def _sides(entry: Entry) -> Iterable[tuple[str, str, str, str]]:
    for side, key in ((rows.SENDER, "told"), (rows.RECEIVER, "heard")):
        verdict, via = entry.get(key), as_text(entry.get("via")) or "unknown"
        if verdict == "via":
            yield side, "", "", via
        elif verdict == "divided":
            # Two that do not say the same: so it was, and so it stays.
            yield side, "1", "yes", ""
            yield side, "2", "no", ""
        elif verdict in {"yes", "no"}:
            yield side, "", str(verdict), ""
