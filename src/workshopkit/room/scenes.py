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
from workshopkit.room import reveal
from workshopkit.room.events import MARKS
from workshopkit.room.fold import Room

__all__ = ["Scene", "agreement_rows", "example_rows", "needs_findings", "scene"]

Scene = dict[str, Any]
_BEFORE = (None, "prepare", "case", "lines")


def needs_findings(room: Room) -> bool:
    """Tell whether anything is to be computed of the map at this moment."""
    return room.act not in _BEFORE


def scene(room: Room, findings: Findings | None, pairs: Sequence[Pairing], drawing: Drawing) -> Scene:
    """Give the scene of a room's moment; an empty one where a fixed text is shown."""
    part = room.part or ""
    if room.act == "case":
        return _case(room, part)
    if room.act == "agreements":
        return {"kind": "agreements", "rows": [row for row in agreement_rows(room) if not row["hidden"]]}
    if room.act == "silos" and findings is not None:
        return _silos(room, part, findings, pairs, drawing)
    return {}


def _silos(room: Room, part: str, findings: Findings, pairs: Sequence[Pairing], drawing: Drawing) -> Scene:
    if part in reveal.STEPS:
        return reveal.step(room, findings, drawing)
    if part == "walk":
        # The map beside the pairs: what a team corrects on its way is seen to change.
        rows = [_pair(room, pair) for pair in pairs]
        return {"kind": "pairs", "rows": rows, "map": drawing.map(findings.lines)}
    if part == "guess":
        seats = _seats(room)
        given = sum(room.sheet(seat.id).guess is not None for seat in seats)
        return {"kind": "guess", "given": given, "of": len(seats), "believed": findings.summary.believed}
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
            "cites": list(one.cites),
        }
        for one in room.agreements
    ]


def _seats(room: Room) -> tuple[Any, ...]:
    return room.definition.seats if room.definition else ()


def _case(room: Room, part: str) -> Scene:
    if part == "marks":
        return _recognition(room)
    if part == "missing":
        return {
            "kind": "thread",
            "picture": {lang: thread.picture(room.case, lang, missing=True) for lang in LANGUAGES},
            "twin": _said(lambda lang: thread.sentences(room.case, lang)),
        }
    return _card(room, part) if part in room.case.items else {}


def _card(room: Room, name: str) -> Scene:
    card = room.case.items[name]
    found: Scene = {
        "kind": "card",
        "id": name,
        **{field: dict(getattr(card, field)) for field in ("role", "title", "text", "question")},
    }
    if room.marks_shown:
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


def _pair(room: Room, pair: Pairing) -> dict[str, Any]:
    labels = {seat.id: seat.label for seat in _seats(room)}
    answers = [room.sheet(one).walked for one in pair.members]
    return {
        "members": list(pair.members),
        "labels": [labels[one] for one in pair.members],
        "source": pair.source,
        "target": pair.target,
        "reason": pair.reason,
        "done": all(answers),
    }
