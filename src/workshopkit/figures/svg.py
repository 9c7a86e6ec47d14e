"""The map as an SVG text, for reports and files; phone and wall draw the same description themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.figures.words import describe, state_name

__all__ = ["STYLES", "svg"]

# Colour is never alone: every state has its own dashes as well.
STYLES: Mapping[str, tuple[str, str, float]] = {
    "confirmed": ("#1b6e4b", "", 5),
    "heard_via": ("#2a5caa", "14 6 3 6", 4),
    "heard_not_claimed": ("#5b4a9e", "16 8", 4),
    "sent_not_heard": ("#b3411b", "4 9", 4),
    "divided": ("#6b5f10", "10 5 2 5 2 5", 4),
    "unanswered": ("#767676", "1 9", 3),
    "absent": ("#c8c8c8", "1 9", 2),
}
_INK, _PAPER, _REGION, _RIM = "#1d1d1f", "#ffffff", "#f3f1ec", "#d8d3c8"


def svg(figure: Mapping[str, Any], lang: str) -> str:
    """Draw a map.

    Parameters
    ----------
    figure
        A map as `workshopkit.figures.map.Drawing` describes it.
    lang
        The language of title, description and legend.
    """
    told = describe(figure, lang)
    root = _element(
        None,
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {figure['width']} {figure['height']}",
        role="img",
        aria_labelledby="map-title map-desc",
    )
    _element(root, "title", id="map-title").text = told["title"]
    _element(root, "desc", id="map-desc").text = _clean(" ".join(told["sentences"]))
    _markers(root)
    _element(root, "rect", width=figure["width"], height=figure["height"], fill=_PAPER)
    for domain in figure["domains"]:
        _region(root, domain)
    labels = {node["id"]: node["label"] for node in figure["nodes"]}
    for line in figure["lines"]:
        _line(root, line, labels, lang)
    for node in figure["nodes"]:
        _node(root, node)
    return ET.tostring(root, encoding="unicode")


def _element(parent: ET.Element | None, name: str, **attributes: object) -> ET.Element:
    given = {
        key.replace("_", "-") if key != "viewBox" else key: _clean(str(value))
        for key, value in attributes.items()
    }
    return ET.Element(name, given) if parent is None else ET.SubElement(parent, name, given)


def _clean(text: str) -> str:
    """Leave out what no XML may hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "￾￿")
    )


def _markers(root: ET.Element) -> None:
    defs = _element(root, "defs")
    for state, (colour, _, _) in STYLES.items():
        marker = _element(
            defs, "marker", id=f"end-{state}", viewBox="0 0 10 10", refX=9, refY=5, markerWidth=22, markerHeight=22,
            markerUnits="userSpaceOnUse", orient="auto",
        )  # fmt: skip
        _element(marker, "path", d="M0 0 10 5 0 10z", fill=colour)


def _region(root: ET.Element, domain: Mapping[str, Any]) -> None:
    _element(
        root, "rect", x=domain["left"], y=domain["top"], width=domain["width"], height=domain["height"], rx=18,
        fill=_REGION, stroke=_RIM,
    )  # fmt: skip
    label = _element(
        root,
        "text",
        x=domain["x"],
        y=domain["y"],
        fill=_INK,
        font_family="sans-serif",
        font_size=22,
        font_weight="bold",
    )
    label.text = _clean(domain["label"])


def _line(root: ET.Element, line: Mapping[str, Any], labels: Mapping[str, str], lang: str) -> None:
    colour, dashes, width = STYLES[line["state"]]
    path = _element(
        root,
        "path",
        d=f"M{line['x1']} {line['y1']}Q{line['cx']} {line['cy']} {line['x2']} {line['y2']}",
        fill="none",
        stroke=colour,
        stroke_width=width,
        marker_end=f"url(#end-{line['state']})",
    )
    if dashes:
        path.set("stroke-dasharray", dashes)
    name = f"{labels[line['source']]} → {labels[line['target']]}: {state_name(line['state'], lang)}"
    _element(path, "title").text = _clean(name)


def _node(root: ET.Element, node: Mapping[str, Any]) -> None:
    audience = node["kind"] == "audience"
    circle = _element(
        root, "circle", cx=node["x"], cy=node["y"], r=node["r"], fill="#fff4d6" if audience else _PAPER, stroke=_INK,
        stroke_width=3,
    )  # fmt: skip
    if audience:
        circle.set("stroke-dasharray", "8 5")
    _element(circle, "title").text = _clean(node["label"])
    text = _element(
        root, "text", x=node["x"], y=node["label_y"], fill=_INK, font_family="sans-serif", font_size=node["font"],
        text_anchor="middle", paint_order="stroke", stroke=_PAPER, stroke_width=5,
    )  # fmt: skip
    for index, row in enumerate(node["rows"]):
        _element(
            text, "tspan", x=node["x"], dy=0 if index == 0 else round(node["font"] * 1.15, 1)
        ).text = _clean(row)
