"""A page for each team: its own lines both ways, and the agreements that it wrote or that are with it."""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.analysis.findings import Findings
from workshopkit.figures.words import STATE_NAMES
from workshopkit.i18n import translator
from workshopkit.room.fold import Room

__all__ = ["TeamPage", "team_pages"]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """What one team reads about itself.

    Parameters
    ----------
    id, label
        The team.
    said
        How many it hears directly, and by how many it is heard.
    rows
        For every place with which it has a line: its name, the state from the team to it, and back.
    """

    id: str
    label: str
    said: str
    rows: tuple[tuple[str, str, str], ...]


def team_pages(room: Room, found: Findings, lang: str) -> tuple[TeamPage, ...]:
    """Give a page for every place of which there is something to tell; none where everybody answered alone.

    Parameters
    ----------
    room
        The workshop.
    found
        What was computed of its map.
    lang
        The reader's language.
    """
    definition = room.definition
    if definition is None or room.anonymous:
        return ()
    t, lines = translator(lang), found.lines
    agreed = {team for one in room.agreements if not one.hidden for team in (one.writer, one.other)}
    pages = []
    for seat in definition.seats:
        others = [other for other in definition.actors if other.id != seat.id]
        both = [(other.label, lines.of(seat.id, other.id), lines.of(other.id, seat.id)) for other in others]
        heard = t(
            "Hears directly from {heard} of {count} places.",
            heard=sum(back.lived for _, _, back in both),
            count=len(others),
        )
        reached = t.n(
            "{count} place hears it directly from here.",
            "{count} places hear it directly from here.",
            sum(there.lived for _, there, _ in both),
        )
        rows = tuple(
            (label, t(STATE_NAMES[there.state]), t(STATE_NAMES[back.state]))
            for label, there, back in both
            if {there.state, back.state} != {"absent"}
        )
        if rows or seat.id in agreed:
            pages.append(TeamPage(seat.id, seat.label, f"{heard} {reached}", rows))
    return tuple(pages)
