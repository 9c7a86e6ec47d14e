"""The formal chart over the lived map: reporting lines that carried the message or not, and what arrives beside them.

It is for the facilitator's notebook and the annex, never for phone or wall: see `workshopkit.figures.beside`.
"""

from __future__ import annotations

from workshopkit.analysis import formal
from workshopkit.analysis.findings import Findings
from workshopkit.analysis.formal import Reporting
from workshopkit.figures import beside, picture
from workshopkit.figures.figure import Figure, figure
from workshopkit.figures.map import Drawing
from workshopkit.i18n import N_, translator

__all__ = ["TITLE", "chart"]

TITLE = N_("The formal chart over the map")


def chart(found: Findings, *, drawing: Drawing, lang: str) -> Figure:
    """Give the chart of a workshop over its lived map; without one nothing is drawn, and it is said where to make one.

    Parameters
    ----------
    found
        What was computed of the map.
    drawing
        Where the places stand.
    lang
        The reader's language.
    """
    definition, t = found.definition, translator(lang)
    over = formal.find(found.net, definition.formal)
    rows = [
        [definition.actor(line.boss).label, definition.actor(line.reporter).label, t(_way(line))]
        for line in over.lines
    ]
    named = beside.formal_lines(found.net, over) if over.lines else {}
    drawn = picture.picture(picture.lines(drawing, named), beside.names(beside.FORMAL_ROLES, lang))
    return figure(
        "formal",
        t(TITLE),
        drawn["shapes"] if over.lines else [],
        size=(drawn["width"], drawn["height"]),
        legend=drawn["legend"],
        sentences=beside.formal(definition, over, lang),
        columns=[t("Boss"), t("Who reports"), t("This message")],
        rows=rows,
    )


def _way(line: Reporting) -> str:
    """Say which way the message went along a reporting line, or that it did not."""
    if line.down and line.up:
        return N_("down and up")
    if line.down or line.up:
        return N_("down") if line.down else N_("up")
    return beside.FORMAL_NAMES[line.state]
