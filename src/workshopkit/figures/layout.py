"""Where everything stands on the map: domains as regions, audiences at the right edge, nothing over anything.

Positions follow from the definition alone, so that they stay put while answers come in, and are the same for everyone.
A seed other than 0 shuffles the places within each domain.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from workshopkit.figures.labels import BROKEN, CUT, WHOLE, text_width, wrap
from workshopkit.network.actors import Actor, Definition

__all__ = ["HEIGHT", "WIDTH", "Layout", "Place", "Region", "layout"]

WIDTH, HEIGHT = 1600.0, 900.0
MARGIN = 24.0
EDGE = 270.0
HEAD = 46.0
RADIUS = 44.0
FONTS = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0)
READABLE = 18.0
ROWS = 3
LEADING = 1.15
GAP = 6.0


@dataclass(frozen=True, slots=True)
class Region:
    """The part of the map that a domain takes; `x` and `y` are where its label begins."""

    id: str
    label: str
    left: float
    top: float
    width: float
    height: float

    @property
    def x(self) -> float:
        """Give the left end of the label."""
        return self.left + 18

    @property
    def y(self) -> float:
        """Give the base line of the label."""
        return self.top + 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor stands, with its label in lines below the circle."""

    actor: Actor
    x: float
    y: float
    r: float
    font: float
    rows: tuple[str, ...]

    @property
    def label_y(self) -> float:
        """Give the base line of the first line of the label."""
        return self.y + self.r + GAP + self.font * 0.85

    def box(self) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of circle and label together."""
        half = max(self.r, max(text_width(row, self.font) for row in self.rows) / 2)
        bottom = self.y + self.r + GAP + len(self.rows) * self.font * LEADING
        return self.x - half, self.y - self.r, self.x + half, bottom


@dataclass(frozen=True)
class Layout:
    """The places and regions of one map."""

    regions: tuple[Region, ...]
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A box that one actor has for itself."""

    left: float
    top: float
    width: float
    height: float


def layout(definition: Definition, *, seed: int = 0) -> Layout:
    """Place the actors of a definition on a map of 1600 by 900."""
    draw = random.Random(seed)  # noqa: S311 - places, no secrets
    edge = EDGE if definition.audiences else 0.0
    inner = WIDTH - 2 * MARGIN - (edge + MARGIN if edge else 0.0)
    regions, groups = _regions(definition, inner)
    slots: list[tuple[Actor, _Slot]] = []
    for region, members in zip(regions, groups, strict=True):
        order = list(members)
        if seed:
            draw.shuffle(order)
        head = HEAD if region.label else 0.0
        box = _Slot(region.left, region.top + head, region.width, region.height - head)
        slots += zip(order, _grid(box, len(order)), strict=True)
    if edge:
        box = _Slot(WIDTH - MARGIN - edge, MARGIN, edge, HEIGHT - 2 * MARGIN)
        audiences = definition.audiences
        slots += zip(audiences, _grid(box, len(audiences), tall=len(audiences) <= 5), strict=True)  # noqa: PLR2004 - fits
    named = tuple(region for region in regions if region.label)
    return Layout(named, _place(slots))


def _regions(definition: Definition, inner: float) -> tuple[list[Region], list[list[Actor]]]:
    """Share the room among the domains that have teams, and one for teams without a domain."""
    domains = [(domain.id, domain.label) for domain in definition.domains]
    groups = [[team for team in definition.teams if team.domain == id_] for id_, _ in domains]
    known = {id_ for id_, _ in domains}
    loose = [team for team in definition.teams if team.domain not in known]
    if loose:
        domains.append(("", ""))
        groups.append(loose)
    kept = [(domain, group) for domain, group in zip(domains, groups, strict=True) if group]
    if not kept:
        return [], []
    columns = math.ceil(math.sqrt(len(kept))) if len(kept) != 3 else 3  # noqa: PLR2004 - three stand side by side
    lines = [kept[start : start + columns] for start in range(0, len(kept), columns)]
    deepest = [max(len(group) for _, group in line) for line in lines]
    weights = [math.sqrt(deep) for deep in deepest]
    free = HEIGHT - 2 * MARGIN - MARGIN * (len(lines) - 1)
    top, regions = MARGIN, []
    for line, weight in zip(lines, weights, strict=True):
        height = free * weight / sum(weights)
        shares = [math.sqrt(len(group)) for _, group in line]
        width_free = inner - MARGIN * (len(line) - 1)
        left = MARGIN
        for ((id_, label), _), share in zip(line, shares, strict=True):
            width = width_free * share / sum(shares)
            regions.append(Region(id_, label, left, top, width, height))
            left += width + MARGIN
        top += height + MARGIN
    return regions, [group for _, group in kept]


def _grid(box: _Slot, count: int, *, tall: bool = False) -> list[_Slot]:
    """Divide a box into slots, in rows as even as can be, so that three stand in a triangle."""
    best: tuple[float, int] = (-1.0, 1)
    for columns in range(1, count + 1) if not tall else (1,):
        rows = math.ceil(count / columns)
        best = max(best, (min(box.width / columns / 1.5, box.height / rows), -columns))
    columns = -best[1] if best[1] < 0 else 1
    rows = math.ceil(count / columns)
    sizes = [count // rows + (row < count % rows) for row in range(rows)]
    height = box.height / rows
    slots = []
    for row, size in enumerate(sizes):
        width = box.width / max(size, columns)
        shift = (box.width - width * size) / 2
        slots += [
            _Slot(box.left + shift + column * width, box.top + row * height, width, height)
            for column in range(size)
        ]
    return slots


def _place(slots: Sequence[tuple[Actor, _Slot]]) -> dict[str, Place]:
    """Choose one size of circle and letter for all, the largest that fits every slot."""
    if not slots:
        return {}
    narrow = min(slot.width for _, slot in slots)
    low = min(slot.height for _, slot in slots)
    radius = min(RADIUS, low * 0.22, narrow * 0.3)
    font, rows = _letters(slots, radius)
    places = {}
    for index, (actor, slot) in enumerate(slots):
        text = rows[actor.id]
        tall = 2 * radius + GAP + len(text) * font * LEADING
        slack = max(0.0, slot.height - tall - 4)
        # Neighbours in a row stand a little apart in height: a line between the outer two then misses the middle one.
        top = slot.top + 2 + slack * (0.5 + (0.22 if index % 2 else -0.22))
        places[actor.id] = Place(actor, slot.left + slot.width / 2, top + radius, radius, font, text)
    return places


def _letters(slots: Sequence[tuple[Actor, _Slot]], radius: float) -> tuple[float, dict[str, tuple[str, ...]]]:
    """Choose the largest letters in which every label is whole; or in which words are broken; or just the smallest."""
    tried = [(font, *_labels(slots, radius, font)) for font in FONTS]
    for fits, smallest in ((WHOLE, READABLE), (BROKEN, READABLE), (WHOLE, 0.0), (BROKEN, 0.0)):
        for font, worst, rows in tried:
            if worst <= fits and font >= smallest:
                return font, rows
    return FONTS[-1], tried[-1][2]


def _labels(
    slots: Sequence[tuple[Actor, _Slot]], radius: float, font: float
) -> tuple[int, dict[str, tuple[str, ...]]]:
    """Wrap all labels in one size of letter; gives the worst fit with them."""
    worst, found = WHOLE, {}
    for actor, slot in slots:
        room = slot.height - 2 * radius - GAP - 6
        fitting = max(1, min(ROWS, int(room / (font * LEADING))))
        rows, fit = wrap(actor.label, width=slot.width - 12, font=font, rows=fitting)
        worst = max(worst, fit if room >= len(rows) * font * LEADING else CUT)
        found[actor.id] = tuple(rows)
    return worst, found
