"""Who answers whom: the conversation under a post as a small figure, and the same in sentences.

The post stands at the left. Every row is one exchange: a comment on the post, and to its right what was answered to it.
A dashed line is one that the source leaves open; a dotted one leads to a comment that is taken up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from workshopkit.case.model import POST, Case, Item
from workshopkit.i18n import Translator, translator

__all__ = ["Place", "picture", "places", "sentences"]

_STEP_X, _STEP_Y, _R, _TOP = 84.0, 58.0, 22.0, 36.0
_POST_X, _FIRST_X, _CHARACTER = 44.0, 150.0, 8.2
_STROKE = {"fill": "none", "stroke": "currentColor", "stroke-width": "2"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: in which row, and how far to the right, from 0."""

    item: Item
    row: int
    depth: int


def places(case: Case) -> tuple[Place, ...]:
    """Place every comment: a first answer stands in the row of what it answers, another one in a row of its own.

    Examples
    --------
    >>> from workshopkit.case.load import default
    >>> [(place.item.id, place.row, place.depth) for place in places(default())][:3]
    [('C1', 0, 0), ('C2', 0, 1), ('C3', 1, 0)]
    """
    found: list[Place] = []
    before = -1
    for depth, item in case.thread():
        # A reply that is deeper than what came before it is the first one there.
        fresh = not found or depth <= found[-1].depth
        before += fresh
        found.append(Place(item, before, depth))
    return tuple(found)


def sentences(case: Case, lang: str) -> list[str]:
    """Say the figure: a sentence for every comment."""
    t = translator(lang)
    return [" ".join(_said(item, case, t)) for _, item in case.thread()]


def _said(item: Item, case: Case, t: Translator) -> Iterator[str]:
    here = {"id": item.id, "role": _small(item.role[t.lang])}
    if item.answers == POST:
        yield t("{id}, {role}, answers the post.", **here)
    else:
        yield t("{id}, {role}, answers {other}.", **here, other=item.answers)
    taken_up = [other for other in item.refers if case.items[other].part == "comment"]
    if taken_up:
        yield t("It takes up {other} again.", other=", ".join(taken_up))
    if item.uncertain[t.lang]:
        yield t("(uncertain)")


def picture(case: Case, lang: str, *, missing: bool = False) -> str:
    """Draw the figure as SVG; colours are those of the text around it.

    Parameters
    ----------
    case
        Whose conversation.
    lang
        The reader's language.
    missing
        Whether an empty place asks who is missing.
    """
    t = translator(lang)
    placed = places(case)
    rows = max((place.row for place in placed), default=-1) + 1 + missing
    labels = [""] * rows
    for place in placed:
        labels[place.row] += (" · " if labels[place.row] else "") + place.item.role[lang]
    if missing:
        labels[-1] = t("Who is missing?")
    words_x = _x(max((place.depth for place in placed), default=0)) + 1.5 * _R
    width = words_x + _CHARACTER * max(map(len, labels), default=0)
    height = _TOP * 2 + _STEP_Y * (rows - 1)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:.0f} {height:.0f}",
            "role": "img",
            "aria-label": t("Who answers whom"),
            "class": "thread",
        },
    )
    at = {place.item.id: (_x(place.depth), _y(place.row)) for place in placed}
    at[POST] = (_POST_X, height / 2)
    for place in placed:
        _line(root, at[place.item.id], at[str(place.item.answers)], dashed=bool(place.item.uncertain[lang]))
        for other in place.item.refers:
            if other in at and other != place.item.answers:
                _bow(root, at[place.item.id], at[other])
    if missing:
        end = (_FIRST_X, _y(rows - 1))
        _line(root, end, at[POST], dashed=True)
        _node(root, end, "?", dashed=True)
    _box(root, at[POST], t("post"))
    for place in placed:
        _node(root, at[place.item.id], place.item.id, core=place.item.core)
    for row, label in enumerate(labels):
        look = {"font-size": "15", "fill": "currentColor"}
        words = ET.SubElement(root, "text", {"x": f"{words_x:.0f}", "y": f"{_y(row) + 5:.0f}", **look})
        words.text = label
    return ET.tostring(root, encoding="unicode")


def _x(depth: int) -> float:
    return _FIRST_X + _STEP_X * depth


def _y(row: int) -> float:
    return _TOP + _STEP_Y * row


Point = tuple[float, float]


def _line(root: ET.Element, start: Point, end: Point, *, dashed: bool) -> None:
    (x, y), (to_x, to_y) = start, end
    middle = (x + to_x) / 2
    d = f"M{x:.0f} {y:.0f}C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    ET.SubElement(root, "path", {"d": d, **_STROKE, **({"stroke-dasharray": "7 5"} if dashed else {})})


def _bow(root: ET.Element, start: Point, end: Point) -> None:
    (x, y), (to_x, to_y) = start, end
    out = max(x, to_x) + _R + 26
    d = f"M{x:.0f} {y:.0f}C{out:.0f} {y:.0f} {out:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    ET.SubElement(root, "path", {"d": d, **_STROKE, "stroke-dasharray": "1 6", "stroke-linecap": "round"})


def _node(root: ET.Element, at: Point, text: str, *, core: bool = False, dashed: bool = False) -> None:
    x, y = at
    look = {"fill": "Canvas", "stroke": "currentColor", "stroke-width": "4" if core else "2"}
    ET.SubElement(
        root,
        "circle",
        {
            "cx": f"{x:.0f}",
            "cy": f"{y:.0f}",
            "r": f"{_R:.0f}",
            **look,
            **({"stroke-dasharray": "5 4"} if dashed else {}),
        },
    )
    _centred(root, x, y, text)


def _box(root: ET.Element, at: Point, text: str) -> None:
    x, y = at
    look = {"fill": "Canvas", "stroke": "currentColor", "stroke-width": "4"}
    shape = {"x": f"{x - 34:.0f}", "y": f"{y - 24:.0f}", "width": "68", "height": "48", "rx": "10"}
    ET.SubElement(root, "rect", {**shape, **look})
    _centred(root, x, y, text)


def _centred(root: ET.Element, x: float, y: float, text: str) -> None:
    words = ET.SubElement(
        root,
        "text",
        {
            "x": f"{x:.0f}",
            "y": f"{y + 5:.0f}",
            "font-size": "14",
            "font-weight": "700",
            "text-anchor": "middle",
            "fill": "CanvasText",
        },
    )
    words.text = text


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
