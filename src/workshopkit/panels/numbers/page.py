"""All numbers of a map, in groups: each opens to its formula, and what a small map does not carry is said."""

from __future__ import annotations

from collections.abc import Iterator

from workshopkit.analysis.findings import Findings
from workshopkit.i18n import Translator, translator
from workshopkit.panels import shown
from workshopkit.panels.numbers.between import BETWEEN
from workshopkit.panels.numbers.circling import CIRCLING
from workshopkit.panels.numbers.dividing import DIVIDING
from workshopkit.panels.numbers.figure import Group, entry
from workshopkit.panels.numbers.reaching import ANSWERED, REACHING
from workshopkit.panels.numbers.sticking import STICKING
from workshopkit.panels.numbers.walls import WALLS
from workshopkit.panels.shown import Shown

__all__ = ["GROUPS", "numbers"]

GROUPS = (ANSWERED, REACHING, CIRCLING, DIVIDING, WALLS, STICKING, BETWEEN)


def numbers(found: Findings, lang: str) -> Shown:
    """Give the numbers that say enough on this map; each opens to its formula and to what computes it."""
    t = translator(lang)
    return shown.together(part for group in GROUPS for part in _group(group, found, t))


def _group(group: Group, found: Findings, t: Translator) -> Iterator[Shown]:
    yield shown.heading(t(group.title), small=True)
    if here := [entry(one, found, t) for one in group.figures if one.shown(found)]:
        yield shown.opening(here)
    for one in group.figures:
        if one.unless and not one.shown(found):
            yield shown.line(t(one.unless))
