r"""GEXF, Gephi's own format: a node is a place, an edge one row of LINES, what is said of it in its attributes.

Versions 1.1 to 1.3 are read, with or without namespaces and Gephi's drawing (``viz:``, told of nowhere), edges without
ids, defaults, nodes inside nodes, and edges that are ``undirected`` (the format's own default) or ``mutual``: those
become two lines. It cannot hold signs that XML has no place for, and a line end is always ``\n``.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.network.files import markup
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import BOTH_WAYS, Book, Edge, drawn
from workshopkit.network.files.tables import Tables

__all__ = ["read", "write"]

_SPACE = "http://gexf.net/1.3"
_PLACE = {"domain": "group"}


def read(content: bytes, name: str, notes: Notes) -> Book:
    """Read a graph."""
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    nodes: list[tuple[str, str, dict[str, str]]] = []
    edges: list[tuple[Edge, str, dict[str, str]]] = []
    usual = "undirected"
    for tag, found in markup.pieces(content, name, ("attributes", "node", "edge", "graph"), notes):
        if tag == "attributes":
            owner = found.get("class", "node")
            for one in markup.children(found, "attribute"):
                id = one.get("id", "")
                titles.setdefault(owner, {})[id] = (one.get("title") or id).strip().casefold()
                for default in markup.children(one, "default"):
                    defaults.setdefault(owner, {})[id] = (default.text or "").strip()
        elif tag == "node":
            nodes.append((found.get("id", ""), found.get("label") or "", _values(found)))
        elif tag == "edge":
            edge = Edge(found.get("source", ""), found.get("target", ""), _own(found))
            edges.append((edge, found.get("type") or found.get("edgetype") or "", _values(found)))
        else:
            usual = found.get("defaultedgetype") or usual
    places = []
    for id, label, values in nodes:
        cells = {titles["node"].get(key, key): text for key, text in {**defaults["node"], **values}.items()}
        cells = {_PLACE.get(key, key): text for key, text in cells.items()}
        places.append({**cells, "actor": id, **({"label": label} if label else {})})
    for edge, direction, values in edges:
        said = {titles["edge"].get(key, key): text for key, text in {**defaults["edge"], **values}.items()}
        edge.cells = {**edge.cells, **said}
        edge.both_ways = (direction or usual).casefold() in BOTH_WAYS
    return drawn(name, places, (edge for edge, *_ in edges), notes, columns=titles["edge"].values())


def write(tables: Tables) -> bytes:
    """Give a map as a file."""
    root = ET.Element("gexf", xmlns=_SPACE, version="1.3")
    graph = markup.element(root, "graph", mode="static", defaultedgetype="directed")
    # The label and the weight have places of their own.
    columns = {
        "node": [column for column in tables.place_columns[1:] if column != "label"],
        "edge": [column for column in tables.line_columns[2:] if column != "weight"],
    }
    for owner, names in columns.items():
        listed = markup.element(graph, "attributes", class_=owner, mode="static")
        for column in names:
            kind = "double" if column in Tables.NUMBERS else "string"
            markup.element(listed, "attribute", id=column, title=column, type=kind)
    listed = markup.element(graph, "nodes")
    for place in tables.nodes():
        node = markup.element(listed, "node", id=place["actor"], label=place["label"] or place["actor"])
        _say(node, columns["node"], place)
    listed = markup.element(graph, "edges")
    for number, row in enumerate(tables.edges()):
        weight = {"weight": row["weight"]} if row["weight"] else {}
        edge = markup.element(
            listed, "edge", id=f"{number}", source=row["source"], target=row["target"], **weight
        )
        _say(edge, columns["edge"], row)
    return markup.written(root)


def _own(found: Any) -> dict[str, str]:
    own = {"weight": found.get("weight", ""), "channel": found.get("kind", "")}
    return {key: text for key, text in own.items() if text}


def _values(found: Any) -> dict[str, str]:
    """Give what stands in the attributes of a node or an edge itself, not of what is inside it."""
    listed = (
        one for part in markup.children(found, "attvalues") for one in markup.children(part, "attvalue")
    )
    return {one.get("for") or one.get("id", ""): (one.get("value") or "").strip() for one in listed}


def _say(owner: Any, columns: list[str], cells: dict[str, str]) -> None:
    if any(cells[column] for column in columns):
        values = markup.element(owner, "attvalues")
        for column in columns:
            if cells[column]:
                markup.element(values, "attvalue", for_=column, value=cells[column])
