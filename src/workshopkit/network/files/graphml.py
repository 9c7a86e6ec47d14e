r"""GraphML: a node is a place, an edge one row of LINES, what is said of it in keys by the names of our columns.

Read as well: keys by any other name (told of as not read), defaults, edges without direction, graphs inside a node, and
the labels that yEd keeps in a drawing. It cannot hold signs that XML has no place for, and a line end is always ``\n``.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.i18n import N_
from workshopkit.network.files import markup
from workshopkit.network.files.notes import Notes
from workshopkit.network.files.sheets import Book, Edge, drawn
from workshopkit.network.files.tables import Tables

__all__ = ["read", "write"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_PLACE = {"domain": "group"}


def read(content: bytes, name: str, notes: Notes) -> Book:
    """Read a graph."""
    keys = _Keys()
    nodes: list[tuple[str, str, dict[str, str]]] = []
    edges: list[tuple[Edge, str]] = []
    usual = "directed"
    for tag, found in markup.pieces(content, name, ("key", "node", "edge", "graph", "hyperedge"), notes):
        if tag == "key":
            keys.take(found)
        elif tag == "node":
            label = next((one.text for one in markup.descendants(found, "NodeLabel") if one.text), "")
            nodes.append((found.get("id", ""), label.strip(), _data(found)))
        elif tag == "edge":
            edge = Edge(found.get("source", ""), found.get("target", ""), _data(found))
            edges.append((edge, found.get("directed", "")))
        elif tag == "graph":
            usual = found.get("edgedefault", usual)
        else:
            notes.warn(name, 0, N_("a line between more than two places was left out"))
    places = []
    for id, label, data in nodes:
        cells = {_PLACE.get(key, key): text for key, text in keys.cells(data, "node").items()}
        if label:
            cells.setdefault("label", label)
        places.append({**cells, "actor": id})
    for edge, directed in edges:
        edge.cells = keys.cells(edge.cells, "edge")
        edge.both_ways = directed == "false" or (not directed and usual == "undirected")
    return drawn(name, places, (edge for edge, _ in edges), notes, columns=keys.of_edges)


class _Keys:
    """What the keys of a file are called, and what counts where one is not said."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self.of_edges: list[str] = []

    def take(self, found: Any) -> None:
        of, id = found.get("for", "all"), found.get("id", "")
        self._names[id] = (found.get("attr.name") or id).strip().casefold()
        if of in {"edge", "all"} and found.get("attr.name"):
            self.of_edges.append(self._names[id])
        for default in markup.children(found, "default"):
            for owner in ("node", "edge") if of == "all" else (of,):
                self._defaults.setdefault(owner, {})[id] = (default.text or "").strip()

    def cells(self, own: dict[str, str], owner: str) -> dict[str, str]:
        return {
            self._names.get(id, id): text for id, text in {**self._defaults[owner], **own}.items() if text
        }


def write(tables: Tables) -> bytes:
    """Give a map as a file."""
    root = ET.Element("graphml", xmlns=_SPACE)
    columns = {"node": tables.place_columns[1:], "edge": tables.line_columns[2:]}
    for owner, names in columns.items():
        for column in names:
            kind = "double" if column in Tables.NUMBERS else "string"
            key = markup.element(root, "key", id=f"{owner}-{column}", for_=owner)
            key.set("attr.name", column)
            key.set("attr.type", kind)
    graph = markup.element(root, "graph", id="map", edgedefault="directed")
    for place in tables.nodes():
        _say(markup.element(graph, "node", id=place["actor"]), "node", columns["node"], place)
    for number, row in enumerate(tables.edges()):
        edge = markup.element(
            graph, "edge", id=f"e{number}", source=row["source"], target=row["target"], directed="true"
        )
        _say(edge, "edge", columns["edge"], row)
    return markup.written(root)


def _data(found: Any) -> dict[str, str]:
    return {one.get("key", ""): (one.text or "").strip() for one in markup.children(found, "data")}


def _say(owner: Any, name: str, columns: tuple[str, ...], cells: dict[str, str]) -> None:
    for column in columns:
        if cells[column]:
            markup.element(owner, "data", key=f"{name}-{column}").text = markup.plain_text(cells[column])
