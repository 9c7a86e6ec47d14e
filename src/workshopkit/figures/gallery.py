"""All figures of a map, by name: what makes each, how it is called, and which page may show it.

What phone and wall may show is what a small room can be told: counts, and no measure that has a name. The annex and the
notebook show everything; what a small map does not bear out says so in its sentences, and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workshopkit.analysis.findings import Findings
from workshopkit.figures import domains, formal, maps, perception, rows
from workshopkit.figures.figure import Figure
from workshopkit.figures.map import Drawing
from workshopkit.i18n import N_

__all__ = ["FIGURES", "PAGES", "Shown", "make"]

PAGES = ("phone", "wall", "notebook", "annex")


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure.

    Parameters
    ----------
    make
        What makes it, of findings and in a language.
    title
        How it is called, in English; the figure itself has it in the reader's language.
    pages
        Of `PAGES`, those that may show it.
    placed
        Whether it is drawn on the map: then it is also given the `Drawing` that knows the places.
    """

    make: Callable[..., Figure]
    title: str
    pages: tuple[str, ...]
    placed: bool = False


_ALL, _LARGE, _OWN = PAGES, PAGES[1:], PAGES[2:]

FIGURES: Mapping[str, Shown] = {
    "lines": Shown(maps.lines, N_("How it runs"), _LARGE, placed=True),
    "bend": Shown(maps.bent, N_("How we think it runs, and how it arrives"), _LARGE, placed=True),
    "audiences": Shown(rows.audiences, N_("What reaches the audiences"), _ALL),
    "perception": Shown(perception.perception, N_("How far the answers of both ends lie apart"), _ALL),
    "circles": Shown(maps.circles, N_("What goes round"), _LARGE, placed=True),
    "matrix": Shown(domains.matrix, N_("Lines within and between the domains"), _ALL),
    "silo": Shown(domains.band, N_("Do the domains look inward?"), _ALL),
    "load": Shown(rows.load, N_("How many lines each place carries"), _OWN),
    "core": Shown(maps.core, N_("Core and edge"), _OWN, placed=True),
    "formal": Shown(formal.chart, formal.TITLE, _OWN, placed=True),
}


def make(name: str, found: Findings, *, lang: str, drawing: Drawing | None = None) -> Figure:
    """Make a figure by its name.

    Parameters
    ----------
    name
        A key of `FIGURES`.
    found
        What was computed of a map.
    lang
        The reader's language.
    drawing
        Where the places stand; made of the definition when left out.
    """
    shown = FIGURES[name]
    if shown.placed:
        return shown.make(found, drawing=drawing or Drawing(found.definition), lang=lang)
    return shown.make(found, lang=lang)
