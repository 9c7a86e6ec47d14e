"""A figure as one plain description: what is drawn where, what it means, and the same told in sentences and a table.

``{"name", "title", "width", "height", "shapes", "legend", "sentences", "table": {"columns", "rows"}}``. A shape is
``{"kind", "role", "at"}``, a text also has its ``text``, and some have a ``key``, a ``tip`` and an ``about``: ``kind`` and
``at`` are an SVG element and its geometry, ``role`` says what it means (how that looks: `workshopkit.figures.roles`),
``key`` stays the same from one round to the next, so that a redraw can move what was there, and ``about`` names what a
shape belongs to, so that a sentence can point at it. A figure that has nothing to draw has no shapes; its sentences say
why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from workshopkit.figures.labels import wrap
from workshopkit.figures.roles import LOOKS

__all__ = [
    "FONT",
    "LEADING",
    "SAMPLE",
    "WIDTH",
    "Entry",
    "Figure",
    "Shape",
    "about",
    "arrow",
    "circle",
    "entry",
    "figure",
    "line",
    "path",
    "rect",
    "rows_of",
    "text",
]

Shape = dict[str, Any]
Figure = dict[str, Any]
Entry = dict[str, Any]

# A phone of 390 px shows these letters at 12 px, a column of the big screen at 24.
WIDTH, FONT, LEADING = 640, 22, 27
# The box in which a legend shows a role; pages draw it at half this size.
SAMPLE = (120, 40)


def figure(
    name: str,
    title: str,
    shapes: Iterable[Shape],
    *,
    size: tuple[float, float],
    sentences: Iterable[str],
    columns: Iterable[str],
    rows: Iterable[Iterable[object]],
    legend: Iterable[Entry] = (),
) -> Figure:
    """Put a figure together.

    Examples
    --------
    >>> found = figure("one", "One", [circle("team", 5, 5, 4)], size=(10, 10), sentences=["1 place."],
    ...                columns=["Place"], rows=[["A"]])
    >>> found["shapes"][0]["at"], found["table"]["rows"]
    ({'cx': 5, 'cy': 5, 'r': 4}, [['A']])
    """
    return {
        "name": name,
        "title": title,
        "width": math.ceil(size[0]),
        "height": math.ceil(size[1]),
        "shapes": list(shapes),
        "legend": list(legend),
        "sentences": list(sentences),
        "table": {"columns": list(columns), "rows": [[str(cell) for cell in row] for row in rows]},
    }


def entry(role: str, said: str) -> Entry:
    """Give what the legend says of a role, with the shapes that show it, in a box of the size `SAMPLE`.

    Examples
    --------
    >>> entry("sent_not_heard", "told, not heard")["shapes"][1]["at"]
    {'d': 'M110 31L110 9'}
    """
    look = LOOKS[role]
    if look.sample == "circle":
        shown = [circle(role, 60, 20, 16)]
    elif look.sample == "rect":
        shown = [rect(role, 30, 4, 60, 32)]
    elif look.sample == "tick":
        shown = [line(role, 60, 4, 60, 36)]
    elif look.sample == "diamond":
        shown = [path(role, "M60 3L77 20L60 37L43 20z")]
    else:
        tip = 110 if look.end == "bar" else 116
        _, *end = arrow(role, (4, 20, 60, 20, tip, 20))
        shown = [line(role, 4, 20, 104 if look.end in {"arrow", "open"} else tip, 20), *end]
    return {"text": said, "shapes": shown}


def about(what: str, shapes: Iterable[Shape]) -> list[Shape]:
    """Say of shapes what they belong to.

    Examples
    --------
    >>> [shape["about"] for shape in about("residents", [circle("said", 0, 0, 9)])]
    ['residents']
    """
    return [{**shape, "about": what} for shape in shapes]


def rect(
    role: str, x: float, y: float, width: float, height: float, *, rx: float = 0, key: str = "", tip: str = ""
) -> Shape:
    """Describe a rectangle."""
    at = {"x": x, "y": y, "width": width, "height": height, **({"rx": rx} if rx else {})}
    return _shape("rect", role, at, key, tip)


def circle(role: str, cx: float, cy: float, r: float, *, key: str = "", tip: str = "") -> Shape:
    """Describe a circle."""
    return _shape("circle", role, {"cx": cx, "cy": cy, "r": r}, key, tip)


def path(role: str, d: str, *, key: str = "", tip: str = "") -> Shape:
    """Describe a path."""
    return {"kind": "path", "role": role, "at": {"d": d}, **_named(key, tip)}


def line(role: str, x1: float, y1: float, x2: float, y2: float, *, key: str = "", tip: str = "") -> Shape:
    """Describe a straight line, as a path."""
    return path(role, f"M{_round(x1)} {_round(y1)}L{_round(x2)} {_round(y2)}", key=key, tip=tip)


def arrow(role: str, curve: Sequence[float], *, key: str = "", tip: str = "") -> list[Shape]:
    """Describe a curve ``x1, y1, cx, cy, x2, y2`` with the end that its role has: an arrow, an open one, or a bar.

    Examples
    --------
    >>> [shape["at"]["d"] for shape in arrow("sent_not_heard", (0, 0, 50, 0, 100, 0), key="a>b")]
    ['M0 0Q50 0 100 0', 'M100 11L100 -11']
    """
    x1, y1, cx, cy, x2, y2 = curve
    end = LOOKS[role].end
    away = math.hypot(x2 - cx, y2 - cy) or 1.0
    dx, dy = (x2 - cx) / away, (y2 - cy) / away
    stop = 12 if end in {"arrow", "open"} else 0
    d = " ".join(str(_round(value)) for value in (x2 - dx * stop, y2 - dy * stop))
    drawn = [path(role, f"M{_round(x1)} {_round(y1)}Q{_round(cx)} {_round(cy)} {d}", key=key, tip=tip)]
    if end == "bar":
        drawn.append(
            line(f"{role}-end", x2 - dy * 11, y2 + dx * 11, x2 + dy * 11, y2 - dx * 11, key=key and f"{key}!")
        )
    elif end:
        left = f"{_round(x2 - dx * 20 - dy * 9)} {_round(y2 - dy * 20 + dx * 9)}"
        right = f"{_round(x2 - dx * 20 + dy * 9)} {_round(y2 - dy * 20 - dx * 9)}"
        drawn.append(
            path(f"{role}-end", f"M{left}L{_round(x2)} {_round(y2)}L{right}z", key=key and f"{key}!")
        )
    return drawn


def text(
    role: str, said: str, x: float, y: float, *, size: float = FONT, anchor: str = "start", key: str = ""
) -> Shape:
    """Describe a text; `y` is its base line."""
    at = {"x": _round(x), "y": _round(y), "font-size": size, "text-anchor": anchor}
    return {"kind": "text", "role": role, "at": at, "text": said, **_named(key, "")}


def rows_of(
    said: str,
    x: float,
    y: float,
    *,
    width: float,
    size: float = FONT,
    most: int = 2,
    key: str = "",
    role: str = "label",
) -> list[Shape]:
    """Describe a text in as many rows as it needs, the first at `y`."""
    leading = size * LEADING / FONT
    found, _ = wrap(said, width=width, font=size, rows=most)
    return [
        text(role, row, x, y + place * leading, size=size, key=f"{key}/{place}" if key else "")
        for place, row in enumerate(found)
    ]


def _shape(kind: str, role: str, at: dict[str, float], key: str, tip: str) -> Shape:
    return {
        "kind": kind,
        "role": role,
        "at": {name: _round(value) for name, value in at.items()},
        **_named(key, tip),
    }


def _named(key: str, tip: str) -> dict[str, str]:
    return {**({"key": key} if key else {}), **({"tip": tip} if tip else {})}


def _round(value: float) -> float:
    """Give a number with one digit, a whole one without."""
    found = round(value, 1)
    return int(found) if found == int(found) else found
