"""What the analyst computes of a room for the pages: plain dictionaries, ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workshopkit.analysis import findings as analysis
from workshopkit.analysis import pairing
from workshopkit.analysis.findings import Findings
from workshopkit.analysis.pairing import Pairing
from workshopkit.analysis.summary import summarise
from workshopkit.figures.map import Drawing
from workshopkit.figures.words import sentences
from workshopkit.i18n import LANGUAGES
from workshopkit.network.lines import Lines, reconcile
from workshopkit.room import reveal, scenes
from workshopkit.room.fold import Room

__all__ = ["KINDS", "View", "cockpit", "phones", "wall"]

KINDS = ("phones", "wall", "cockpit")
Payload = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A room with what follows from its answers at this moment.

    Parameters
    ----------
    findings, pairs
        None and empty before the reveal: nothing is computed that nobody may see yet.
    """

    room: Room
    lines: Lines
    findings: Findings | None = None
    pairs: tuple[Pairing, ...] = ()

    @classmethod
    def of(cls, room: Room, before: View | None = None) -> View:
        """Look at a room; what was found before is kept while the lines are the same."""
        definition = room.definition
        assert definition is not None  # noqa: S101 - a view is of a defined workshop
        lines = reconcile(definition, room.sheets)
        if not scenes.needs_findings(room):
            return cls(room, lines)
        known = before is not None and before.lines == lines and before.room.definition == definition
        findings = before.findings if before is not None and known else None
        return cls(room, lines, findings or analysis.find(definition, lines), _pairs(room, before))


def _pairs(room: Room, before: View | None) -> tuple[Pairing, ...]:
    """Pair those who are in the room by what they had answered when the walk was opened."""
    definition, seq = room.definition, room.walk_seq
    if definition is None or seq is None:
        return ()
    known = before.room if before is not None else None
    same = known is not None and (known.definition, known.walk_seq) == (definition, seq)
    if before is not None and same and before.room.withdrawn == room.withdrawn and before.pairs:
        return before.pairs
    sheets = room.sheets_at(seq)
    wishes = {actor: sheet.wish for actor, sheet in sheets.items()}
    # A team without a phone is in the room all the same; nobody speaks for an audience whose seat was left empty.
    absent = {one.id for one in definition.audiences if not room.phones(one.id) and one.id not in sheets}
    return pairing.find(definition, reconcile(definition, sheets), wishes, absent=absent)


def phones(view: View, scene: Payload) -> Payload:
    """Give what phones may know of the others.

    How many teams are ready; the sentences of the big screen, and of which moment; and under ``seats``, for each seat
    alone, how its own lines run, whom it walks to and which agreements others have made with it. A phone's kernel passes
    on its own seat's part only.
    """
    room = view.room
    teams, ready = room.progress()
    rows = scenes.agreement_rows(room) if room.act in {"agreements", "report"} else []
    seats: dict[str, Payload] = {}
    for seat, own in reveal.own_lines(room, view.findings).items():
        seats[seat] = {"own": own}
    for pair in view.pairs if room.act == "silos" and room.part in {"walk", "break"} else ():
        for one in pair.members:
            others = [other for other in pair.members if other != one]
            seats[one] = {
                "walk": {"with": others, "source": pair.source, "target": pair.target, "reason": pair.reason}
            }
    for row in rows:
        seats.setdefault(row["other"], {}).setdefault("incoming", []).append(row)
        seats.setdefault(row["writer"], {}).setdefault("answers", {})[row["id"]] = row["answer"]
    return {
        "teams": teams,
        "ready": ready,
        "said": scene.get("said"),
        "moment": [room.act, room.part],
        "seats": seats,
    }


def wall(view: View, drawing: Drawing, scene: Payload) -> Payload:
    """Give what the big screen shows, the map included; whether it is shown is the facilitator's word."""
    room, definition = view.room, view.room.definition
    assert definition is not None  # noqa: S101 - there is no drawing without a definition
    summary = summarise(definition, view.lines)
    figure = drawing.map(view.lines)
    teams, ready = room.progress()
    return {
        "subject": definition.subject,
        "period": definition.period,
        "promise": definition.promise,
        "teams": teams,
        "ready": ready,
        "joined": room.joined(),
        "team_states": [_state(room, team.id, team.label) for team in definition.teams],
        "proxies": [_state(room, seat.id, seat.label) for seat in definition.audiences if seat.has_voice],
        "map": figure,
        "counts": summary.counts,
        "sentences": {lang: sentences(definition, summary, lang) for lang in LANGUAGES},
        "rows": [{key: line[key] for key in ("source", "target", "state")} for line in figure["lines"]],
        "scene": {"act": room.act, "part": room.part, **scene},
    }


def cockpit(room: Room, scene: Payload | None = None) -> Payload:
    """Give how far every seat is: counts of answers, never the answers; and the sentences that the room reads."""
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
                "marks": len(sheet.marks),
                "guessed": sheet.guess is not None,
                "walked": sheet.walked,
                "agreements": len(sheet.agreements),
            }
        )
    count, ready = room.progress()
    return {
        "teams": teams,
        "teams_count": count,
        "ready_count": ready,
        "joined_count": room.joined(),
        "agreements": scenes.agreement_rows(room),
        "scene": {"act": room.act, "part": room.part, "said": (scene or {}).get("said")},
        "examples": scenes.example_rows(room),
    }


def _state(room: Room, actor: str, label: str) -> Payload:
    return {"id": actor, "label": label, "ready": room.sheet(actor).ready}
