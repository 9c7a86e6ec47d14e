"""What the analyst computes of a room for the pages: plain dictionaries, ready to be stored."""

from __future__ import annotations

from typing import Any

from workshopkit.analysis.summary import summarise
from workshopkit.figures.map import Drawing
from workshopkit.figures.words import sentences
from workshopkit.i18n import LANGUAGES
from workshopkit.network.lines import reconcile
from workshopkit.room.fold import Room

__all__ = ["KINDS", "cockpit", "phones", "wall"]

KINDS = ("phones", "wall", "cockpit")
Payload = dict[str, Any]


def phones(room: Room) -> Payload:
    """Give what every phone may know of the others: how many teams are ready."""
    teams, ready = room.progress()
    return {"teams": teams, "ready": ready}


def wall(room: Room, drawing: Drawing) -> Payload:
    """Give what the big screen shows, the map included; whether it is shown is the facilitator's word."""
    definition = room.definition
    assert definition is not None  # noqa: S101 - there is no drawing without a definition
    lines = reconcile(definition, room.sheets)
    summary = summarise(definition, lines)
    figure = drawing.map(lines)
    return {
        "subject": definition.subject,
        "period": definition.period,
        "promise": definition.promise,
        **phones(room),
        "team_states": [_state(room, team.id, team.label) for team in definition.teams],
        "proxies": [_state(room, seat.id, seat.label) for seat in definition.audiences if seat.has_voice],
        "map": figure,
        "counts": summary.counts,
        "sentences": {lang: sentences(definition, summary, lang) for lang in LANGUAGES},
        "rows": [{key: line[key] for key in ("source", "target", "state")} for line in figure["lines"]],
    }


def cockpit(room: Room) -> Payload:
    """Give how far every seat is: counts of answers, never the answers."""
    seats = room.definition.seats if room.definition else ()
    labels = {domain.id: domain.label for domain in room.definition.domains} if room.definition else {}
    teams = []
    for seat in seats:
        sheet = room.sheet(seat.id)
        teams.append(
            {
                "id": seat.id,
                "label": seat.label,
                "kind": seat.kind,
                "domain": labels.get(seat.domain or ""),
                "phones": room.phones(seat.id),
                "told": len(sheet.told),
                "heard": len(sheet.heard),
                "closed": dict(sheet.closed),
                "ready": sheet.ready,
            }
        )
    return {"teams": teams, **{f"{key}_count": value for key, value in phones(room).items()}}


def _state(room: Room, actor: str, label: str) -> Payload:
    return {"id": actor, "label": label, "ready": room.sheet(actor).ready}
