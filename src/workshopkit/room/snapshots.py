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
from workshopkit.network.lines import Lines
from workshopkit.room import imported, picks, reveal, ride, scenes, tables
from workshopkit.room.fold import Room
from workshopkit.room.missing import missing
from workshopkit.room.phoneless import IMPORTED, prefix
from workshopkit.room.release import Released, released
from workshopkit.room.ride import Ride
from workshopkit.room.tables import Bench

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
    ride
        The message on its way, while the room is at it.
    bench
        The tables of the break-through, while the room is at them.
    """

    room: Room
    released: Released
    findings: Findings | None = None
    pairs: tuple[Pairing, ...] = ()
    ride: Ride | None = None
    bench: Bench | None = None

    @property
    def lines(self) -> Lines:
        """Give the lines as they may be told."""
        return self.released.lines

    @classmethod
    def of(cls, room: Room, before: View | None = None, now: float = 0.0) -> View:
        """Look at a room at a moment; what was found before is kept while the lines are the same."""
        definition = room.definition
        assert definition is not None  # noqa: S101 - a view is of a defined workshop
        may = released(room, before.released if before is not None else None)
        if not scenes.needs_findings(room):
            return cls(room, may)
        known = before is not None and before.lines == may.lines and before.room.definition == definition
        findings = before.findings if before is not None and known else None
        on_its_way = Ride.of(room, now, before.ride if before else None) if room.act == "message" else None
        known_bench = before.bench if before else None
        return cls(
            room,
            may,
            findings or analysis.find(definition, may.lines),
            _pairs(room, before),
            on_its_way,
            Bench.of(room, known_bench) if room.act == "breakthrough" else known_bench,
        )

    @property
    def due(self) -> float | None:
        """Give when this view is past without anybody doing anything; None where it lasts."""
        return self.ride.relay.ends if self.ride else None


def _pairs(room: Room, before: View | None) -> tuple[Pairing, ...]:
    """Pair those who are in the room by what they had answered when the walk was opened."""
    definition, seq = room.definition, room.walk_seq
    if definition is None or seq is None:
        return ()
    known = before.room if before is not None else None
    same = known is not None and (known.definition, known.walk_seq) == (definition, seq)
    if before is not None and same and before.room.withdrawn == room.withdrawn and before.pairs:
        return before.pairs
    then = released(room, until=seq)
    # A team without a phone is in the room all the same; nobody speaks for an audience whose seat was left empty, also
    # where a file told what reached it.
    absent = {one.id for one in definition.audiences if not room.phones(one.id) and not _spoke(room, one.id)}
    return pairing.find(definition, then.lines, then.wishes, absent=absent)


def _spoke(room: Room, actor: str) -> bool:
    """Tell whether somebody in the room has answered for an actor."""
    return any(prefix(said.participant) != IMPORTED for said in room.logs.get(actor, ()))


def phones(view: View, scene: Payload) -> Payload:
    """Give what phones may know of the others.

    How many teams are ready; the sentences of the big screen with what a phone draws of them, and of which moment; and under ``seats``, for each seat
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
    for seat, mine in ride.phones(view.ride).items():
        seats.setdefault(seat, {})["relay"] = mine
    cards, plans = tables.phones(room, view.bench) if room.act == "breakthrough" else (None, {})
    for seat, plan in plans.items():
        seats.setdefault(seat, {})["mend"] = plan
    for row in rows:
        seats.setdefault(row["other"], {}).setdefault("incoming", []).append(row)
        seats.setdefault(row["writer"], {}).setdefault("answers", {})[row["id"]] = row["answer"]
    return {
        "teams": teams,
        "ready": ready,
        "people": _people(room),
        "said": scene.get("said"),
        "scene": scene.get("phone", {}),
        "moment": [room.act, room.part],
        "seats": seats,
        **({"mend": cards} if cards else {}),
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
        # Of single phones only how many are ready.
        "team_states": []
        if room.anonymous
        else [_state(room, one.id, one.label) for one in definition.teams],
        "proxies": []
        if room.anonymous
        else [_state(room, seat.id, seat.label) for seat in definition.audiences if seat.has_voice],
        "people": _people(room),
        "map": figure,
        "counts": summary.counts,
        "sentences": {lang: sentences(definition, summary, lang) for lang in LANGUAGES},
        "rows": [{key: line[key] for key in ("source", "target", "state")} for line in figure["lines"]],
        "scene": {
            "act": room.act,
            "part": room.part,
            **{key: part for key, part in scene.items() if key != "phone"},
        },
    }


def cockpit(
    room: Room,
    scene: Payload | None = None,
    findings: Findings | None = None,
    on_its_way: Ride | None = None,
    bench: Bench | None = None,
) -> Payload:
    """Give how far every seat is: counts of answers, never the answers; and the sentences that the room reads."""
    seats = room.definition.seats if room.definition else ()
    labels = {domain.id: domain.label for domain in room.definition.domains} if room.definition else {}
    teams = []
    for seat in () if room.anonymous else seats:
        sheet = room.sheet(seat.id)
        teams.append(
            {
                "id": seat.id,
                "label": seat.label,
                "kind": seat.kind,
                "domain": labels.get(seat.domain or ""),
                "phones": room.phones(seat.id),
                "late": any(room.seats.get(who) == seat.id for who in room.late),
                "imported": room.imported(seat.id),
                "typed": room.typed(seat.id),
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
        "teams": _groups(room) if room.anonymous else teams,
        "people": _people(room),
        "teams_count": count,
        "ready_count": ready,
        "joined_count": room.joined(),
        "late_count": sum(who in room.seats for who in room.late),
        "missing": missing(room),
        "agreements": scenes.agreement_rows(room),
        "scene": {"act": room.act, "part": room.part, "said": (scene or {}).get("said")},
        "examples": scenes.example_rows(room),
        "imports": imported.batches(room),
        "findings": picks.rows(room, findings),
        "relay": ride.cockpit(room, on_its_way, findings.lines if findings else None),
        **({"mend": tables.cockpit(room, bench)} if room.act == "breakthrough" else {}),
    }


def _people(room: Room) -> int | None:
    """Give how many people are expected where everybody answers alone; None in team mode."""
    return (
        sum(seat.people or 0 for seat in room.definition.seats)
        if room.definition and room.anonymous
        else None
    )


def _groups(room: Room) -> list[Payload]:
    """Give how far every group is, in numbers of phones: nothing of what any of them answered."""
    found = []
    for seat in room.definition.seats if room.definition else ():
        own = [room.alone[who] for who, actor in room.seats.items() if actor == seat.id and who in room.alone]
        found.append(
            {
                "id": seat.id,
                "label": seat.label,
                "kind": seat.kind,
                "domain": None,
                "people": seat.people,
                "phones": room.phones(seat.id),
                "ready_phones": sum(sheet.ready for sheet in own),
                "agreements": len(room.sheet(seat.id).agreements),
            }
        )
    return found


def _state(room: Room, actor: str, label: str) -> Payload:
    return {"id": actor, "label": label, "ready": room.sheet(actor).ready}
