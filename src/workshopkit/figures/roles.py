"""What each role of a shape looks like, on light and on dark paper: the one table of colours, dashes and ends.

Whatever must be seen stands out from the paper by at least 3 : 1, letters by 4.5 : 1. Colour is never alone: kinds of
lines differ by dashes and by how they end as well. Pages read the table as style sheet (`css`, written into
``frontend/src/figure.css`` by ``python -m workshopkit.figures.roles``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

__all__ = ["LOOKS", "PAPER", "THEMES", "Ink", "Look", "css"]

Ink = tuple[str, str]
THEMES = ("light", "dark")

PAPER: Ink = ("#ffffff", "#1d2026")
_INK: Ink = ("#1b1d22", "#f0efea")
_SOFT: Ink = ("#5a5d66", "#b3b5bd")
_FIELD: Ink = ("#85858a", "#7d8290")
_RIM: Ink = ("#d9d6cd", "#3a3e47")
_TINT: Ink = ("#f3f1ec", "#252931")
_BRAND: Ink = ("#1c4f8c", "#9cc4f5")
_ON_BRAND: Ink = ("#ffffff", "#10151c")
_BAND: Ink = ("#d5e3f3", "#2c4460")
_GREEN: Ink = ("#17704a", "#5fd09a")
_BLUE: Ink = ("#2458ab", "#86b5ff")
_PURPLE: Ink = ("#5a1658", "#e8c9f4")
_RED: Ink = ("#b23c12", "#ff9468")
_OLIVE: Ink = ("#6b5f10", "#d8c659")
# Five shades for few lines to many; what they say stands in each cell as numbers.
_SHADES: tuple[Ink, ...] = (
    PAPER, ("#e6eef8", "#223040"), ("#cbdcf0", "#29405a"), ("#acc8e7", "#304f72"), ("#8cb3dd", "#375e8a"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a role looks.

    Parameters
    ----------
    fill, stroke
        Colours on light and on dark paper; None for none.
    width, dashes
        Of the stroke, as in SVG.
    end
        How a line ends: ``"arrow"``, ``"open"``, ``"bar"`` or nothing.
    halo
        Whether a text keeps free of what lies below it.
    weight
        Of the letters of a text.
    sample
        By what kind of shape a legend shows it.
    """

    fill: Ink | None = None
    stroke: Ink | None = None
    width: float = 0
    dashes: str = ""
    end: str = ""
    halo: bool = False
    weight: int = 0
    sample: str = "path"


def _line(ink: Ink, width: float, dashes: str = "", end: str = "arrow") -> Look:
    return Look(stroke=ink, width=width, dashes=dashes, end=end)


def _place(fill: Ink, ink: Ink = _INK, width: float = 3, dashes: str = "") -> Look:
    return Look(fill, ink, width, dashes, sample="circle")


def _area(fill: Ink | None, ink: Ink | None = None, width: float = 1, dashes: str = "") -> Look:
    return Look(fill, ink, width if ink else 0, dashes, sample="rect")


_LINES: Mapping[str, Look] = {
    # what both ends say
    "confirmed": _line(_GREEN, 5),
    "heard_via": _line(_BLUE, 4, "14 6 3 6"),
    "heard_not_claimed": _line(_PURPLE, 4, "16 8", "open"),
    "sent_not_heard": _line(_RED, 4, "4 9", "bar"),
    "divided": _line(_OLIVE, 4, "10 5 2 5 2 5"),
    "unanswered": _line(_SOFT, 4, "1 9", "open"),
    # how a believed line runs
    "drawn": _line(_INK, 4),
    "straight": _line(_GREEN, 5),
    "via": _line(_BLUE, 4, "14 6 3 6"),
    "heard_via_unknown": _line(_PURPLE, 4, "16 8", "open"),
    "did_not_arrive": _line(_RED, 4, "3 14", "bar"),
    "unknown": _line(_SOFT, 4, "1 9", "open"),
    # a message on its way, and a map that is mended
    "line": _line(_FIELD, 2),
    "passed": _line(_BRAND, 6),
    "lost": _line(_RED, 5, "4 9", "bar"),
    "new": _line(_GREEN, 6),
    "gone": _line(_RED, 4, "4 9", "bar"),
    # the formal chart, and a drawing of one's own, beside how it runs
    "used": _line(_GREEN, 5),
    "unused": _line(_RED, 5, "4 9", "bar"),
    "outside": _line(_BLUE, 3, "14 6 3 6"),
    "seen": _line(_GREEN, 5),
    "mistaken": _line(_RED, 5, "4 9", "bar"),
    "unseen": _line(_BLUE, 3, "14 6 3 6"),
    # one finding before all that arrives
    "round": _line(_PURPLE, 6),
    "hangs": _line(_BLUE, 8),
    "within": _line(_OLIVE, 5),
    "apart": _line(_OLIVE, 5, "10 5 2 5"),
    "wish": _line(_BRAND, 6, "2 8", "open"),
    # core and edge, circles
    "tie-core": _line(_BRAND, 5, end=""),
    "tie-across": _line(_INK, 2.5, "10 6", end=""),
    "tie-edge": _line(_SOFT, 2, "2 6", end=""),
    "no-exit": _line(_RED, 4, "4 9", "bar"),
}
_ENDS = {
    f"{name}-end": Look(stroke=look.stroke, width=5)
    if look.end == "bar"
    else Look(PAPER, look.stroke, 3)
    if look.end == "open"
    else Look(look.stroke)
    for name, look in _LINES.items()
    if look.end
}

LOOKS: Mapping[str, Look] = {
    **_LINES,
    **_ENDS,
    "region": _area(_TINT, _RIM),
    "team": _place(PAPER),
    "audience": _place(PAPER, width=4, dashes="3 5"),
    "lit": _place(_BRAND),
    "lit-audience": _place(_BRAND, width=4, dashes="3 5"),
    "label": Look(_INK, weight=400),
    "strong": Look(_INK, weight=700),
    "soft": Look(_SOFT, weight=400),
    "name": Look(_INK, halo=True, weight=400),
    "region-name": Look(_SOFT, halo=True, weight=600),
    "on-lit": Look(_ON_BRAND, weight=700),
    "track": _area(None, _FIELD, 1.5),
    "bar": _area(_BRAND),
    "bar-soft": _area(_FIELD),
    "over": _area(PAPER, _RED, 4, "6 4"),
    "limit": Look(stroke=_INK, width=4, sample="tick"),
    "axis": Look(stroke=_FIELD, width=2),
    "band": _area(_BAND, _BLUE, 2),
    "marker": Look(_RED, PAPER, 2, sample="diamond"),
    "gap": Look(stroke=_SOFT, width=4),
    "said": _place(PAPER, _BLUE, 5),
    "heard": Look(_GREEN, sample="circle"),
    "inside": _area(None, _INK, 3),
    "wall": _area(None, _RED, 6, "18 5"),
    **{f"cell-{place}": _area(shade, _RIM) for place, shade in enumerate(_SHADES)},
}


def css() -> str:
    """Write the table as a style sheet: one class a role, with the colours of the page's own scheme.

    Examples
    --------
    >>> print(css().splitlines()[2])
    .r-confirmed { fill: none; stroke: light-dark(#17704a, #5fd09a); stroke-width: 5px; }
    """
    head = "/* Made from figures/roles.py by `python -m workshopkit.figures.roles`. */"
    paper = f".shapes {{ background: {_both(PAPER)}; }}"
    return "\n".join([head, paper, *(_rule(name, look) for name, look in LOOKS.items())]) + "\n"


def _both(ink: Ink | None) -> str:
    return f"light-dark({ink[0]}, {ink[1]})" if ink else "none"


def _rule(name: str, look: Look) -> str:
    if look.halo:
        look = replace(look, stroke=PAPER, width=6)
    said = [f"fill: {_both(look.fill)}"]
    if look.stroke:
        said += [f"stroke: {_both(look.stroke)}", f"stroke-width: {look.width:g}px"]
    if look.dashes:
        said.append(f"stroke-dasharray: {look.dashes}")
    if look.halo:
        said += ["paint-order: stroke", "stroke-linejoin: round"]
    if look.weight:
        said.append(f"font-weight: {look.weight}")
    return f".r-{name} {{ {'; '.join(said)}; }}"


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).parents[1].joinpath("frontend", "src", "figure.css").write_text(css(), encoding="utf-8")
