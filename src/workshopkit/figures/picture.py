"""Figures for the facilitator's acts: a map whose lines mean what the act says, and a row of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshopkit.figures import maps
from workshopkit.figures.figure import Figure, Shape, entry, figure, rect, text
from workshopkit.figures.map import Drawing, Map
from workshopkit.network.claims import Side
from workshopkit.network.lines import Line

__all__ = ["bars", "lines", "picture"]

Pair = tuple[str, str]
BARS_HEIGHT, BARS_WIDTH, FOOT = 260, 900, 64


def lines(drawing: Drawing, named: Mapping[Pair, str]) -> Map:
    """Describe a map with lines of one's own: by (source, target), the role it has."""
    yes = Side("yes", 1.0, 1)
    return drawing.map([Line(*pair, told=yes, heard=yes, state=role) for pair, role in named.items()])


def picture(drawn: Map, names: Mapping[str, str], *, inside: Mapping[str, str] | None = None) -> Figure:
    """Give a map as a figure.

    Parameters
    ----------
    drawn
        As `lines` describes it: the ``state`` of a line is its role.
    names
        By role, what it means, the most important last: it lies on top.
    inside
        By place that is lit, the short text in its circle.
    """
    order, lit = list(names), inside or {}
    drawn = {**drawn, "lines": sorted(drawn["lines"], key=lambda line: order.index(line["state"]))}
    labels = {node["id"]: node["label"] for node in drawn["nodes"]}
    used = {line["state"] for line in drawn["lines"]}
    return figure(
        "map",
        "",
        maps.shapes(drawn, place=lambda one: "lit" if one in lit else None, inside=lit, tips=names),
        size=(drawn["width"], drawn["height"]),
        legend=[entry(role, names[role]) for role in order if role in used],
        sentences=[],
        columns=[],
        rows=[
            [labels[line["source"]], labels[line["target"]], names[line["state"]]] for line in drawn["lines"]
        ],
    )


def bars(values: Sequence[int], *, marked: int | None, title: str) -> Figure:
    """Give a row of bars, one for each number from 0 on, with one of them marked.

    Parameters
    ----------
    values
        How often each number came.
    marked
        The number whose bar is filled.
    title
        What the numbers are, below them.
    """
    step, most = (BARS_WIDTH - 40) / max(1, len(values)), max([1, *values])
    found: list[Shape] = []
    for number, value in enumerate(values):
        height = (BARS_HEIGHT - 40) * value / most
        middle, here = 20 + step * (number + 0.5), number == marked
        role, letters = ("bar", "strong") if here else ("bar-soft", "label")
        top = BARS_HEIGHT - height
        found.append(rect(role, middle - 0.36 * step, top, 0.72 * step, height, key=f"bar {number}"))
        if value:
            found.append(
                text(letters, str(value), middle, top - 8, size=17, anchor="middle", key=f"count {number}")
            )
        found.append(text(letters, str(number), middle, BARS_HEIGHT + 22, size=18, anchor="middle"))
    found.append(text("soft", title, BARS_WIDTH / 2, BARS_HEIGHT + 52, size=19, anchor="middle"))
    return figure(
        "bars",
        "",
        found,
        size=(BARS_WIDTH, BARS_HEIGHT + FOOT),
        sentences=[title],
        columns=[],
        rows=[[number, value] for number, value in enumerate(values)],
    )
