"""What the big screen shows at a moment of the afternoon: one figure, and a sentence or two.

A scene is a plain dictionary: ``kind`` says how it is drawn, ``said`` holds its sentences by language. Before the reveal
nobody's answers are in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.pairing import Pairing
from workshopkit.case import thread
from workshopkit.figures.map import Drawing
from workshopkit.i18n import LANGUAGES
from workshopkit.network.release import K
from workshopkit.room import could, picks, reveal, ride, ride_shown, tables
from workshopkit.room.events import MARKS
from workshopkit.room.fold import Room
from workshopkit.room.release import Released, released
from workshopkit.room.sheet import Sheet

__all__ = ["Scene", "agreement_rows", "example_rows", "needs_findings", "scene"]

Scene = dict[str, Any]
_BEFORE = (None, "prepare", "case", "lines")


def needs_findings(room: Room) -> bool:
    """Tell whether anything is to be computed of the map at this moment."""
    return room.act not in _BEFORE


def scene(
    room: Room,
    findings: Findings | None,
    pairs: Sequence[Pairing],
    drawing: Drawing,
    *,
    told: Released | None = None,
    on_its_way: ride.Ride | None = None,
    bench: tables.Bench | None = None,
) -> Scene:
    """Give the scene of a room's moment; an empty one where a fixed text is shown.

    Parameters
    ----------
    room, findings, pairs, drawing
        The room, with what was found of its map.
    told
        What may be told of its answers; worked out here when left out.
    on_its_way
        The message on its way, if one is.
    bench
        The tables of the break-through, if there are any.
    """
    told = told or released(room)
    part = room.part or ""
    if room.act == "case":
        return _case(room, told, part)
    if room.act == "agreements":
        return {"kind": "agreements", "rows": _on_the_wall(room)}
    if room.act == "silos" and findings is not None:
        return _silos(room, told, findings, pairs, drawing)
    if room.act == "message":
        return ride_shown.scene(room, on_its_way)
    if room.act == "breakthrough":
        picked = {"picked": picks.picked(room, findings)} if room.picks else {}
        return {**tables.scene(room, bench), **could.scene(room, bench), **picked}
    return {}


def _silos(
    room: Room, told: Released, findings: Findings, pairs: Sequence[Pairing], drawing: Drawing
) -> Scene:
    part = room.part or ""
    if part in reveal.STEPS:
        return reveal.step(room, findings, drawing, guesses=told.guesses)
    if part == "walk":
        # The map beside the pairs: what a team corrects on its way is seen to change.
        rows = [_pair(room, pair) for pair in pairs]
        return {"kind": "pairs", "rows": rows, "map": drawing.map(findings.lines)}
    if part == "guess":
        answers = [room.alone.get(who) for who in room.seats] if room.anonymous else _sheets(room)
        given = sum(one is not None and one.guess is not None for one in answers)
        # What everybody drew is not known before the lines are closed, and corrections are made until now.
        believed = None if room.anonymous else findings.summary.believed
        return {"kind": "guess", "given": given, "of": len(answers), "believed": believed}
    return {}


def agreement_rows(room: Room) -> list[dict[str, Any]]:
    """List all agreements with the labels of both ends."""
    labels = {actor.id: actor.label for actor in room.definition.actors} if room.definition else {}
    return [
        {
            "id": one.id,
            "writer": one.writer,
            "other": one.other,
            "from": labels.get(one.line[0], ""),
            "to": labels.get(one.line[1], ""),
            "by": labels.get(one.writer, ""),
            "with": labels.get(one.other, ""),
            "texts": dict(one.texts),
            "when": one.when,
            "answer": one.answer,
            "hidden": one.hidden,
            "into": one.into,
            "cites": list(one.cites),
            "step": one.step,
        }
        for one in room.agreements
    ]


def _on_the_wall(room: Room) -> list[dict[str, Any]]:
    """List the agreements that the room sees; those that say the same are one, with whose they are."""
    rows = agreement_rows(room)
    return [
        {**row, "also": [f"{other['by']} · {other['with']}" for other in rows if other["into"] == row["id"]]}
        for row in rows
        if not row["hidden"] and row["into"] is None
    ]


def _seats(room: Room) -> tuple[Any, ...]:
    return room.definition.seats if room.definition else ()


def _sheets(room: Room) -> list[Sheet | None]:
    return [room.sheet(seat.id) for seat in _seats(room)]


def _case(room: Room, told: Released, part: str) -> Scene:
    if part == "marks":
        return _anonymous_recognition(room, told) if room.anonymous else _recognition(room)
    if part == "missing":
        return {
            "kind": "thread",
            "picture": {lang: thread.picture(room.case, lang, missing=True) for lang in LANGUAGES},
            "twin": _said(lambda lang: thread.sentences(room.case, lang)),
        }
    return _card(room, told, part) if part in room.case.items else {}


def _card(room: Room, told: Released, name: str) -> Scene:
    card = room.case.items[name]
    found: Scene = {
        "kind": "card",
        "id": name,
        **{field: dict(getattr(card, field)) for field in ("role", "title", "text", "question")},
    }
    if room.anonymous:
        known = told.marks.get(name)
        if room.marks_shown and known is not None and known.total is not None:
            found["shares"] = dict(known.total)
        found["marked"] = sum(name in sheet.marks for sheet in room.alone.values())
        found["of"] = len(room.seats)
    elif room.marks_shown:
        marks = [room.sheet(seat.id).marks.get(name) for seat in _seats(room)]
        found["marks"] = {mark: marks.count(mark) for mark in MARKS}
        found["examples"] = [
            {"by": row["by"], "text": row["text"]} for row in example_rows(room, name) if row["shown"]
        ]
    return found


def _recognition(room: Room) -> Scene:
    """Lay all cards side by side: who has marked, and what, once the facilitator shows it."""
    seats = _seats(room)
    marked = sum(bool(room.sheet(seat.id).marks) for seat in seats)
    found: Scene = {"kind": "marks", "marked": marked, "of": len(seats)}
    if room.marks_shown:
        found["seats"] = [seat.label for seat in seats]
        found["cards"] = [
            {
                "id": card.id,
                "title": dict(card.title),
                "marks": [room.sheet(seat.id).marks.get(card.id) for seat in seats],
            }
            for card in room.case.core
            if any(card.id in room.sheet(seat.id).marks for seat in seats)
        ]
    return found


def _anonymous_recognition(room: Room, told: Released) -> Scene:
    """Lay all cards side by side: of each the share that recognises it, in every group and all together."""
    seats = _seats(room)
    marked = sum(bool(sheet.marks) for sheet in room.alone.values())
    found: Scene = {"kind": "marks", "marked": marked, "of": len(room.seats)}
    if room.marks_shown:
        found["seats"] = [seat.label for seat in seats]
        found["cards"] = [
            {
                "id": card.id,
                "title": dict(card.title),
                "shares": [known.groups.get(seat.id) for seat in seats],
                "total": None if known.total is None else known.total["ours"],
            }
            for card in room.case.core
            if (known := told.marks.get(card.id)) is not None
        ]
    return found


def example_rows(room: Room, card: str | None = None) -> list[dict[str, Any]]:
    """List the examples that teams gave, of one card or of all, with whether the room may see them."""
    allowed = room.definition is not None and room.definition.examples == "open"
    return [
        {
            "id": example.event,
            "card": name,
            "by": seat.label,
            "text": example.text,
            "shown": room.examples.get(example.event, allowed),
        }
        for seat in _seats(room)
        for name in room.case.items
        if card in (None, name) and (example := room.sheet(seat.id).examples.get(name))
    ]


def _said(say: Callable[[str], list[str]]) -> dict[str, list[str]]:
    return {lang: say(lang) for lang in LANGUAGES}


def _walked(room: Room, actor: str) -> bool:
    """Tell whether a seat has said how its walk ended; of single phones at least k."""
    if not room.anonymous:
        return room.sheet(actor).walked is not None
    said = (who for who, sheet in room.alone.items() if sheet.walked and room.seats.get(who) == actor)
    return sum(1 for _ in said) >= K


def _pair(room: Room, pair: Pairing) -> dict[str, Any]:
    labels = {seat.id: seat.label for seat in _seats(room)}
    return {
        "members": list(pair.members),
        "labels": [labels[one] for one in pair.members],
        "source": pair.source,
        "target": pair.target,
        "reason": pair.reason,
        "done": all(_walked(room, one) for one in pair.members),
    }
