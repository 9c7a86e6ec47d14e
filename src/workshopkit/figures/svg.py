"""A figure as an SVG text, for reports, images in notebooks and files; pages draw the same description themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.figures.figure import SAMPLE, Entry, Figure
from workshopkit.figures.labels import text_width
from workshopkit.figures.roles import LOOKS, PAPER, THEMES

__all__ = ["sample", "svg"]

_FAMILY = "system-ui, sans-serif"
_MARGIN, _TITLE = 16, 1.5
# How much wider a sample of the legend is than the letters beside it are high.
_WIDE = 3.2


def svg(figure: Figure, *, theme: str = "light", alone: bool = False) -> str:
    """Draw a figure.

    Parameters
    ----------
    figure
        As `workshopkit.figures.figure` describes it.
    theme
        ``"light"`` or ``"dark"`` paper.
    alone
        Whether it goes into the world without a page around it: then title and legend are drawn as well.

    Examples
    --------
    >>> from workshopkit.figures.figure import circle, figure
    >>> one = figure("one", "One", [circle("team", 5, 5, 4)], size=(10, 10), sentences=[], columns=[], rows=[])
    >>> svg(one).count("<circle")
    1
    """
    shade, name = THEMES.index(theme), figure["name"]
    letters = max(18, figure["width"] // 60)
    head = round(letters * 1.2 * _TITLE + 16) if alone and figure["title"] else 0
    legend = _legend(figure, letters) if alone else []
    foot = round((legend[-1][1] + 1) * letters * 1.7 + 12) if legend else 0
    width, height = figure["width"], figure["height"]
    root = _element(
        None, "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 {-head} {width} {height + head + foot}",
                      "role": "img", "aria-labelledby": f"{name}-title {name}-desc", "font-family": _FAMILY}
    )  # fmt: skip
    _element(root, "title", {"id": f"{name}-title"}).text = _clean(figure["title"])
    _element(root, "desc", {"id": f"{name}-desc"}).text = _clean(" ".join(figure["sentences"]))
    paper = {"y": -head, "width": width, "height": height + head + foot, "fill": PAPER[shade]}
    _element(root, "rect", paper)
    if head:
        at = {"x": _MARGIN, "y": -head + letters * 1.2 + 8, "font-size": letters * 1.2}
        _shape(root, {"kind": "text", "role": "strong", "at": at, "text": figure["title"]}, shade)
    for shape in figure["shapes"]:
        _shape(root, shape, shade)
    for x, row, one in legend:
        y = height + 14 + row * letters * 1.7
        scale = letters * _WIDE / SAMPLE[0]
        place = _element(root, "g", {"transform": f"translate({x:g} {y:g}) scale({scale:g})"})
        for shape in one["shapes"]:
            _shape(place, shape, shade)
        at = {
            "x": x + letters * (_WIDE + 0.5),
            "y": y + SAMPLE[1] * scale / 2 + letters * 0.35,
            "font-size": letters,
        }
        _shape(root, {"kind": "text", "role": "label", "at": at, "text": one["text"]}, shade)
    return ET.tostring(root, encoding="unicode")


def sample(one: Entry) -> str:
    """Draw by what a legend shows a role, for pages that write the legend themselves."""
    root = _element(
        None,
        "svg",
        {"viewBox": f"0 0 {SAMPLE[0]} {SAMPLE[1]}", "width": 51, "height": 17, "aria-hidden": "true"},
    )
    for shape in one["shapes"]:
        _shape(root, shape, 0)
    return ET.tostring(root, encoding="unicode")


def _legend(figure: Figure, letters: float) -> list[tuple[float, int, Entry]]:
    """Place the entries in rows."""
    found, x, row = [], float(_MARGIN), 0
    for one in figure["legend"]:
        wide = letters * (_WIDE + 0.5) + text_width(one["text"], letters) + 28
        if x > _MARGIN and x + wide > figure["width"]:
            x, row = float(_MARGIN), row + 1
        found.append((x, row, one))
        x += wide
    return found


def _shape(parent: ET.Element, shape: Mapping[str, Any], shade: int) -> None:
    look = LOOKS[shape["role"]]
    given: dict[str, object] = {**shape["at"], "fill": look.fill[shade] if look.fill else "none"}
    if look.halo:
        given |= {
            "stroke": PAPER[shade],
            "stroke-width": 6,
            "paint-order": "stroke",
            "stroke-linejoin": "round",
        }
    elif look.stroke:
        given |= {"stroke": look.stroke[shade], "stroke-width": f"{look.width:g}"}
    if look.dashes:
        given["stroke-dasharray"] = look.dashes
    if look.weight:
        given["font-weight"] = look.weight
    drawn = _element(parent, shape["kind"], given)
    if "text" in shape:
        drawn.text = _clean(shape["text"])
    if shape.get("tip"):
        _element(drawn, "title", {}).text = _clean(shape["tip"])


def _element(parent: ET.Element | None, name: str, attributes: Mapping[str, object]) -> ET.Element:
    given = {key: _clean(str(value)) for key, value in attributes.items()}
    return ET.Element(name, given) if parent is None else ET.SubElement(parent, name, given)


def _clean(text: str) -> str:
    """Leave out what no XML may hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
