"""Figures of the domains: how many lines run within and between them, and whether chance would show as many inside."""

from __future__ import annotations

from collections import Counter

from workshopkit.analysis.findings import Findings
from workshopkit.figures import told
from workshopkit.figures.figure import (
    FONT,
    WIDTH,
    Figure,
    Shape,
    about,
    entry,
    figure,
    line,
    path,
    rect,
    rows_of,
    text,
)
from workshopkit.i18n import Translator, translator

__all__ = ["MOST_DOMAINS", "band", "between", "matrix"]

MOST_DOMAINS = 8
_EDGE, _HEAD, _NAMES = 12, 76, 232
_STEPS = 4


def matrix(found: Findings, *, lang: str) -> Figure:
    """Show from which domain to which one how many of the possible lines run, and which walls are a finding."""
    t, net = translator(lang), found.net
    sizes, labels = found.silos.groups, {one.id: one.label for one in found.definition.domains}
    names = {
        id: labels.get(id, id)
        for id in [*(id for id in labels if id in sizes), *(id for id in sizes if id not in labels)]
    }
    runs = Counter(
        (net.groups[a], net.groups[b]) for a, b in net.lived if a in net.groups and b in net.groups
    )
    walls = {frozenset(wall.groups) for wall in found.silos.walls.findings}
    columns = [t("From"), t("To"), t("Lines"), t("Possible")]
    title = t("Lines within and between the domains")
    if not names or not net.received:
        said = [t("Nobody has answered yet.") if names else t("The teams have no domains.")]
        return figure("matrix", title, [], size=(0, 0), sentences=said, columns=columns, rows=[])
    order = list(names)
    possible = {(a, b): sizes[a] * (sizes[b] - (a == b)) for a in order for b in order}
    inside, lines = sum(runs[a, a] for a in order), sum(runs.values())
    said = [
        t.n(
            "{count} line runs between teams with a domain.",
            "{count} lines run between teams with a domain.",
            lines,
        )
    ]
    said.append(
        t.n("{count} of them stays within a domain.", "{count} of them stay within a domain.", inside)
    )
    said += [
        t(
            "Between {one} and {other} no line ran this time.",
            one=names[wall.groups[0]],
            other=names[wall.groups[1]],
        )
        for wall in found.silos.walls.findings
    ]
    drawn: list[Shape] = []
    wide = (WIDTH - 2 * _EDGE - _NAMES) / len(order)
    tall = max(84.0, min(wide, 96.0))
    if len(order) <= MOST_DOMAINS:
        drawn.append(text("soft", t("from ↓  to →"), _EDGE, 52, size=20))
        for row, a in enumerate(order):
            y = _HEAD + row * tall
            drawn.append(
                text(
                    "strong",
                    str(row + 1),
                    _EDGE + _NAMES + wide * (row + 0.5),
                    52,
                    anchor="middle",
                    key=f"to {a}",
                )
            )
            drawn += rows_of(
                f"{row + 1}  {names[a]}", _EDGE, y + 30, width=_NAMES - 20, size=20, most=3, key=a
            )
            for column, b in enumerate(order):
                tip = t(
                    "{source} → {target}: {count} of {all}",
                    source=names[a],
                    target=names[b],
                    count=runs[a, b],
                    all=possible[a, b],
                )
                box = (_EDGE + _NAMES + column * wide, y, wide, tall)
                cell = _cell(f"{a}>{b}", runs[a, b], possible[a, b], box, tip, t)
                if a == b:
                    cell.insert(
                        1, rect("inside", box[0] + 5, y + 5, wide - 10, tall - 10, rx=4, key=f"in {a}")
                    )
                elif frozenset((a, b)) in walls:
                    cell.insert(1, rect("wall", box[0] + 7, y + 7, wide - 14, tall - 14, key=f"wall {a}>{b}"))
                drawn += about(between(a, b), cell)
    return figure(
        "matrix", title, drawn, size=(WIDTH, _HEAD + len(order) * tall + 8 if drawn else 0),
        sentences=said, columns=columns,
        rows=[[names[a], names[b], runs[a, b], possible[a, b]] for a in order for b in order],
        legend=[
            entry("inside", t("within a domain")),
            entry("cell-4", t("the stronger the colour, the more lines run")),
            *([entry("wall", t("a little wall: chance would draw lines here"))] if walls else []),
        ] if drawn else [],
    )  # fmt: skip


def between(one: str, other: str) -> str:
    """Give what the cells between two domains are about, whichever way.

    Examples
    --------
    >>> between("b", "a") == between("a", "b")
    True
    """
    return " ".join(sorted((one, other)))


def _cell(
    key: str, count: int, most: int, box: tuple[float, float, float, float], tip: str, t: Translator
) -> list[Shape]:
    """Draw how many of the possible lines run; a domain of one place has none within."""
    x, y, wide, tall = box
    shade = min(_STEPS, -(-count * _STEPS // most)) if most else 0
    found = [rect(f"cell-{shade}", x + 2, y + 2, wide - 4, tall - 4, rx=4, key=key, tip=tip)]
    middle, half = x + wide / 2, y + tall / 2
    if not most:
        return [*found, text("soft", "–", middle, half + 8, anchor="middle")]
    return [
        *found,
        text("strong", str(count), middle, half + 1, size=28, anchor="middle", key=f"n {key}"),
        text("label", t("of {all}", all=most), middle, half + 26, size=20, anchor="middle", key=f"of {key}"),
    ]


def band(found: Findings, *, lang: str) -> Figure:
    """Show how many lines stay inside the domains, against what chance mostly gives: counts, the fewest first."""
    t, silos = translator(lang), found.silos
    title, columns = t("Do the domains look inward?"), [t("What"), t("Lines")]
    said = told.silo(found, lang)
    if silos.verdict is None or silos.inside_band is None or silos.inside is None:
        return figure("silo", title, [], size=(0, 0), sentences=said, columns=columns, rows=[])
    low, high = silos.inside_band
    left, wide, y = 40.0, WIDTH - 80.0, 74.0

    def at(count: float) -> float:
        return left + wide * count / silos.lines

    x, middle = at(silos.inside), y + 30
    drawn = [
        line("axis", left, middle, left + wide, middle, key="axis"),
        rect("band", at(low), y, max(4.0, at(high) - at(low)), 60, rx=6, key="band", tip=t("by chance {low} to {high}", low=low, high=high)),
        path("marker", _diamond(x, middle, 20), key="marker", tip=t("here: {count}", count=silos.inside)),
        text("strong", t("here: {count}", count=silos.inside), min(max(x, left + 20), left + wide - 20), y - 18, size=26, anchor="middle", key="here"),
        text("label", "0", left, y + 92, anchor="middle"),
        text("label", str(silos.lines), left + wide, y + 92, anchor="middle", key="all"),
    ]  # fmt: skip
    drawn += _ends(
        low, high, at(low), at(high), y + 92, taken=(left, left + wide), t_low="low", t_high="high"
    )
    drawn.append(text("soft", t("lines that stay inside the domain"), WIDTH / 2, y + 128, anchor="middle"))
    return figure(
        "silo", title, drawn, size=(WIDTH, y + 142), sentences=said, columns=columns,
        rows=[
            [t("stay inside their own domain"), silos.inside],
            [t("by chance mostly at least"), low],
            [t("by chance mostly at most"), high],
            [t("all lines"), silos.lines],
        ],
        legend=[entry("marker", t("here")), entry("band", t("mostly by chance"))],
    )  # fmt: skip


def _diamond(x: float, y: float, r: float) -> str:
    return f"M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}z"


def _ends(
    low: int,
    high: int,
    x_low: float,
    x_high: float,
    y: float,
    *,
    taken: tuple[float, float],
    t_low: str,
    t_high: str,
) -> list[Shape]:
    """Write the ends of the band below it, as one text where they would touch."""
    near = FONT * 1.6
    if x_high - x_low < 2 * near:
        middle = min(max((x_low + x_high) / 2, taken[0] + 2 * near), taken[1] - 2 * near)
        return [text("label", f"{low}–{high}", middle, y, anchor="middle", key=t_low)]
    ends = ((low, x_low, t_low), (high, x_high, t_high))
    return [
        text("label", str(count), x, y, anchor="middle", key=key)
        for count, x, key in ends
        if min(abs(x - other) for other in taken) > near
    ]
