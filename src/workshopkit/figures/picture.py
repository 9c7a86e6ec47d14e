"""Pictures for the facilitator's screen, as SVG texts: a map with lines in styles of one's own, and a row of bars.

A notebook shows them as images, in which nothing runs; what they say stands beside them in words. They have their own
paper, so that they can be read on a dark theme too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.figures.map import Drawing, Map
from workshopkit.network.claims import Side
from workshopkit.network.lines import Line

__all__ = ["Stroke", "bars", "lines", "picture"]

INK, SOFT, PAPER, REGION, RIM = "#1b1d22", "#5a5d66", "#ffffff", "#f3f1ec", "#d9d6cd"
LIT, LIT_INK = "#1c4f8c", "#ffffff"
FONT = "system-ui, sans-serif"
ROW = 46
BARS_HEIGHT, BARS_WIDTH, FOOT = 260, 900, 64
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a kind of line looks; colour is never alone.

    Parameters
    ----------
    colour, dashes, width
        As in SVG.
    text
        What it means, for the legend.
    """

    colour: str
    dashes: str
    width: float
    text: str


def lines(drawing: Drawing, named: Mapping[Pair, str]) -> Map:
    """Describe a map with lines of one's own: by (source, target), the name of its stroke."""
    yes = Side("yes", 1.0, 1)
    return drawing.map([Line(*pair, told=yes, heard=yes, state=name) for pair, name in named.items()])


def picture(figure: Map, strokes: Mapping[str, Stroke], *, inside: Mapping[str, str] | None = None) -> str:
    """Draw a map.

    Parameters
    ----------
    figure
        As `lines` describes it: the ``state`` of a line is the name of its stroke.
    strokes
        By name, the most important last: it lies on top.
    inside
        By place that is lit, the short text in its circle.
    """
    order = list(strokes)
    drawn = sorted(figure["lines"], key=lambda line: order.index(line["state"]))
    width, height = figure["width"], figure["height"]
    root = _element(None, "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height + ROW}")
    for name, stroke in strokes.items():
        tip = _element(
            root, "marker", id=f"tip-{name}", viewBox="0 0 10 10", refX=9, refY=5, markerWidth=20, markerHeight=20,
            markerUnits="userSpaceOnUse", orient="auto",
        )  # fmt: skip
        _element(tip, "path", d="M0 0 10 5 0 10z", fill=stroke.colour)
    _element(root, "rect", width=width, height=height + ROW, fill=PAPER)
    for domain in figure["domains"]:
        _element(
            root, "rect", x=domain["left"], y=domain["top"], width=domain["width"], height=domain["height"], rx=24,
            fill=REGION, stroke=RIM,
        )  # fmt: skip
    for line in drawn:
        path = f"M{line['x1']} {line['y1']}Q{line['cx']} {line['cy']} {line['x2']} {line['y2']}"
        _stroke(root, path, line["state"], strokes[line["state"]])
    for domain in figure["domains"]:
        _text(root, domain["label"], domain["x"], domain["y"], size=26, fill=SOFT, font_weight=600)
    for node in figure["nodes"]:
        _node(root, node, None if inside is None else inside.get(node["id"]))
    used = {line["state"] for line in drawn}
    _legend(root, [(name, strokes[name]) for name in order if name in used], height)
    return ET.tostring(root, encoding="unicode")


def bars(values: Sequence[int], *, marked: int | None, title: str) -> str:
    """Draw a row of bars, one for each number from 0 on, with one of them marked.

    Parameters
    ----------
    values
        How often each number came.
    marked
        The number whose bar is filled.
    title
        What the numbers are, below them.
    """
    root = _element(
        None, "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {BARS_WIDTH} {BARS_HEIGHT + FOOT}"
    )
    _element(root, "rect", width=BARS_WIDTH, height=BARS_HEIGHT + FOOT, fill=PAPER)
    step, most = (BARS_WIDTH - 40) / max(1, len(values)), max([1, *values])
    for number, value in enumerate(values):
        height = (BARS_HEIGHT - 40) * value / most
        middle = 20 + step * (number + 0.5)
        here = number == marked
        _element(
            root, "rect", x=round(middle - 0.36 * step, 1), y=round(BARS_HEIGHT - height, 1),
            width=round(0.72 * step, 1), height=round(height, 1), fill=LIT if here else RIM, stroke=INK,
            stroke_width=2 if here else 0.5,
        )  # fmt: skip
        if value:
            _text(root, str(value), middle, BARS_HEIGHT - height - 8, size=17, fill=INK, text_anchor="middle")
        weight = 700 if here else 400
        _text(
            root, str(number), middle, BARS_HEIGHT + 22, size=18, fill=INK, text_anchor="middle", font_weight=weight
        )  # fmt: skip
    _text(root, title, BARS_WIDTH / 2, BARS_HEIGHT + 52, size=19, fill=SOFT, text_anchor="middle")
    return ET.tostring(root, encoding="unicode")


def _stroke(root: ET.Element, path: str, name: str, stroke: Stroke) -> None:
    drawn = _element(
        root, "path", d=path, fill="none", stroke=stroke.colour, stroke_width=stroke.width,
        marker_end=f"url(#tip-{name})",
    )  # fmt: skip
    if stroke.dashes:
        drawn.set("stroke-dasharray", stroke.dashes)


def _node(root: ET.Element, node: Mapping[str, Any], inside: str | None) -> None:
    lit = inside is not None
    circle = _element(
        root, "circle", cx=node["x"], cy=node["y"], r=node["r"], fill=LIT if lit else PAPER, stroke=INK, stroke_width=3
    )  # fmt: skip
    if node["kind"] == "audience":
        circle.set("stroke-dasharray", "3 5")
    if inside:
        _text(
            root, inside, node["x"], node["y"] + 0.28 * node["r"], size=round(0.8 * node["r"]), fill=LIT_INK,
            text_anchor="middle", font_weight=700,
        )  # fmt: skip
    for row, text in enumerate(node["rows"]):
        _text(
            root, text, node["x"], node["label_y"] + row * node["font"] * 1.1, size=node["font"], fill=INK,
            text_anchor="middle", stroke=PAPER, stroke_width=7, paint_order="stroke", stroke_linejoin="round",
        )  # fmt: skip


def _legend(root: ET.Element, entries: Sequence[tuple[str, Stroke]], top: float) -> None:
    x = 24.0
    for name, stroke in entries:
        _stroke(root, f"M{x} {top + 22}H{x + 66}", name, stroke)
        _text(root, stroke.text, x + 80, top + 29, size=22, fill=INK)
        x += 130 + 11.5 * len(stroke.text)


def _text(root: ET.Element, text: str, x: float, y: float, *, size: float, fill: str, **more: object) -> None:
    placed = _element(
        root, "text", x=round(x, 1), y=round(y, 1), fill=fill, font_family=FONT, font_size=size, **more
    )
    # XML holds no control characters and no halves of characters.
    placed.text = "".join(
        c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )


def _element(parent: ET.Element | None, name: str, **attributes: object) -> ET.Element:
    camel = {"viewBox", "refX", "refY", "markerWidth", "markerHeight", "markerUnits"}
    given = {key if key in camel else key.replace("_", "-"): str(value) for key, value in attributes.items()}
    return ET.Element(name, given) if parent is None else ET.SubElement(parent, name, given)
