"""Figures in rows, one place or line below the other, each with its name above: what fits a phone fits the big screen.

Rows stand in the order of the definition, so that they stay put between rounds.
"""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.analysis import load as loads
from workshopkit.analysis.arrival import Reach
from workshopkit.analysis.findings import Findings
from workshopkit.figures import told
from workshopkit.figures.figure import (
    FONT,
    LEADING,
    WIDTH,
    Figure,
    Shape,
    about,
    entry,
    figure,
    line,
    rect,
    rows_of,
    text,
)
from workshopkit.i18n import Translator, translator

__all__ = ["BAR", "EDGE", "FULL", "SPACE", "audiences", "heading", "load"]

EDGE, BAR, SPACE = 16, 22, 22
# Bold letters take more room than plain ones.
_BOLD = 0.88
FULL = WIDTH - 2 * EDGE


def heading(said: str, y: float, key: str) -> tuple[list[Shape], float]:
    """Write the name of a row; gives where what it names begins."""
    found = rows_of(said, EDGE, y + FONT, width=FULL * _BOLD, most=3, role="strong", key=key)
    return found, y + len(found) * LEADING + 8


def audiences(found: Findings, *, lang: str, only: str | None = None) -> Figure:
    """Show by audience how many teams reach it directly, within one stop, and at all.

    Parameters
    ----------
    only
        The one audience that is shown, on a page that has no room for all.
    """
    t, drawn, rows, y = translator(lang), [], [], 8.0
    for id, reach in found.arrival.by_audience.items():
        if id not in found.net.received or only not in (None, id):
            continue
        name = found.definition.actor(id).label
        shapes, y = ([], y) if only else heading(name, y, id)
        for way, count in _ways(reach, t).items():
            shapes += _bar(t, way, count, reach.pairs, y, f"{id} {way}")
            rows.append([name, way, count, reach.pairs])
            y += 34
        drawn += about(id, shapes)
        y += SPACE
    voices = t("Groups") if found.definition.anonymous else t("Teams")
    return figure(
        "audiences", t("What reaches the audiences"), drawn, size=(WIDTH, y if drawn else 0),
        sentences=told.audiences(found, lang, only=only), rows=rows,
        columns=[t("Audience"), t("How it arrives"), voices, t("Possible")],
    )  # fmt: skip


def _ways(reach: Reach, t: Translator) -> Mapping[str, int]:
    return {
        t("directly"): reach.direct,
        t("within one stop"): reach.within_two,
        t("in all"): reach.at_all,
    }


def _bar(t: Translator, way: str, count: int, most: int, y: float, key: str) -> list[Shape]:
    left, wide = 250, 246
    said = t("{count} of {all}", count=count, all=most)
    return [
        text("label", way, EDGE, y + FONT * 0.9),
        rect("track", left, y, wide, BAR, key=f"track {key}"),
        rect("bar", left, y, wide * count / most if most else 0, BAR, key=f"bar {key}", tip=f"{way}: {said}"),
        text("label", said, WIDTH - EDGE, y + FONT * 0.9, anchor="end", key=f"count {key}"),
    ]


def load(found: Findings, *, lang: str, capacity: Mapping[str, int] | None = None) -> Figure:
    """Show by place how many lines it carries, and how many it can.

    Parameters
    ----------
    capacity
        By place, how many lines it can carry; by its own load when left out.
    """
    t, carried = translator(lang), loads.find(found.net)
    can = {**loads.capacity(carried), **(capacity or {})}
    most, y = max([1, *carried.values(), *can.values()]), 8.0
    drawn: list[Shape] = []
    rows: list[tuple[str, int, int]] = []
    for id, lines in carried.items() if found.net.received else ():
        name = found.definition.actor(id).label
        shapes, y = heading(name, y, id)
        drawn += [*shapes, *_carried(lines, can[id], y, (FULL - 140) / most, id)]
        count = t("{count} of {all}", count=lines, all=can[id])
        drawn.append(text("label", count, WIDTH - EDGE, y + FONT * 0.9, anchor="end", key=f"count {id}"))
        rows.append((name, lines, can[id]))
        y += BAR + SPACE
    above = loads.overload(carried, can)
    legend = [entry("bar", t("lines in and out")), entry("limit", t("what a place can carry"))]
    if above:
        legend.append(entry("over", t("more than it can carry")))
    return figure(
        "load", t("How many lines each place carries"), drawn, size=(WIDTH, y if drawn else 0),
        columns=[t("Place"), t("Lines in and out"), t("Can carry")], rows=rows,
        sentences=_load_said(found, above, t), legend=legend if drawn else [],
    )  # fmt: skip


def _carried(lines: int, can: int, y: float, step: float, key: str) -> list[Shape]:
    """Draw the lines that a place carries, those above what it can as well, and where that is."""
    fits, limit = min(lines, can), EDGE + step * can
    found = [rect("bar", EDGE, y, step * fits, BAR, key=f"bar {key}")]
    if lines > fits:
        found.append(rect("over", limit, y, step * (lines - fits), BAR, key=f"over {key}"))
    return [*found, line("limit", limit, y - 4, limit, y + BAR + 4, key=f"limit {key}")]


def _load_said(found: Findings, above: int, t: Translator) -> list[str]:
    if not found.net.received:
        return [t("Nobody has answered yet.")]
    lines = len(found.net.lived)
    said = [t.n("{count} line runs on this map.", "{count} lines run on this map.", lines)]
    if not above:
        return [*said, t("Nobody carries more lines than it can.")]
    more = t.n(
        "{count} line is more than its place can carry.",
        "{count} lines are more than their places can carry.",
        above,
    )
    return [*said, more]
