"""The shortest log that folds to a room: what was answered, without when, in which order and on whose phone.

The log of a workshop tells who tapped what at which moment, and what was taken back. None of that leaves the room. Of
each place on the map the outcome is told here as if one phone had said it in one go, in the order of the map; its other
phones only join. Where two phones still differ the latest counts, as it does on the map. Who has withdrawn is not in it,
nor is what concerns places that are on the map no longer, or cards that are read no longer, nor the game of a message on
its way: it would be told in other words, since its chances hang on events of its own (the bundle's readme says so). In anonymous mode no answer of
anybody is in it: only the released table, and what was agreed in the open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from workshopkit.network.actors import Definition
from workshopkit.report import settled_tables
from workshopkit.room.events import ANSWERABLE, WAYS
from workshopkit.room.fold import Room
from workshopkit.room.phoneless import IMPORTED, TYPED
from workshopkit.room.program import ACTS
from workshopkit.room.release import keep, released
from workshopkit.room.sheet import LISTS, Sheet

__all__ = ["FACILITATOR", "Said", "said"]

FACILITATOR = "facilitator"
Said = dict[str, Any]


def said(room: Room, *, pseudonym: Callable[[], str] = lambda: secrets.token_hex(6)) -> list[Said]:
    """Give the events, each with a number as its id; the definition is not among them.

    Parameters
    ----------
    room
        The room to fold to.
    pseudonym
        Gives a new one each time it is called.
    """
    definition = room.definition
    assert definition is not None  # noqa: S101 - a workshop is stored with its definition
    named = [one.id for one in room.agreements]
    named += [one.event for seat in definition.seats for one in room.sheet(seat.id).examples.values()]
    numbers = {id: f"{number}" for number, id in enumerate(named, start=1)}
    people = {
        seat.id: [
            *(pseudonym() for _ in range(_phones(room, seat.id))),
            *(f"{IMPORTED}{pseudonym()}" for _ in range(0 if room.anonymous else room.imported(seat.id))),
            *(f"{TYPED}{pseudonym()}" for _ in range(0 if room.anonymous else room.typed(seat.id))),
        ]
        for seat in definition.seats
    }
    told: list[Said] = []

    def say(who: str, kind: str, payload: dict[str, Any], id: str | None = None) -> None:
        act = next(iter(ANSWERABLE.get(kind, ())), None)
        # Those of agreements and examples come first, since others name them.
        number = id or f"{len(numbers) + len(told) + 1}"
        told.append({"id": number, "participant": who, "act": act, "kind": kind, "payload": payload})

    # Who has moved to another team left its answers there: it says them before it moves again.
    seats = sorted(definition.seats, key=lambda seat: bool(people[seat.id]))
    moved = next((some[0] for some in people.values() if some), None)
    for seat in seats:
        for who in people[seat.id]:
            say(who, "joined", {"actor": seat.id})
        speaker = people[seat.id][0] if people[seat.id] else moved
        answers = list(_answers(room, definition, seat.id, numbers))
        if speaker is None or not answers:
            continue
        if not people[seat.id]:
            say(speaker, "joined", {"actor": seat.id})
        for kind, payload, id in answers:
            say(speaker, kind, payload, id)
    for kind, payload in _led(room, numbers):
        say(FACILITATOR, kind, payload)
    for sitter, kind, payload in settled_tables.said(room, people):
        say(sitter or FACILITATOR, kind, payload)
    for kind, payload in _ended(room):
        say(FACILITATOR, kind, payload)
    return told


def _phones(room: Room, actor: str) -> int:
    """Give how many phones are told of: where everybody answers alone one, for what the group has agreed and chosen."""
    return (
        bool(room.sheet(actor).agreements or room.sheet(actor).accepts or settled_tables.sat(room, actor))
        if room.anonymous
        else room.phones(actor)
    )


Answer = tuple[str, dict[str, Any], str | None]


def _answers(room: Room, definition: Definition, actor: str, numbers: dict[str, str]) -> Iterator[Answer]:
    sheet = room.sheet(actor)
    others = [other.id for other in definition.actors if other.id != actor]
    yield from _rows(sheet, others)
    yield from _asides(sheet, others, spoken_for=definition.actor(actor).voice == "proxy")
    yield from _about_cards(room, sheet, numbers)
    if sheet.guess is not None:
        yield "guessed", {"tenths": sheet.guess}, None
    if sheet.walked is not None:
        yield "walked", {"answer": sheet.walked}, None
    seats = {seat.id for seat in definition.seats}
    for one in room.agreements:
        if one.other not in seats:
            continue
        if one.writer == actor:
            form = {
                "with": one.other,
                "ours": one.ours,
                **one.texts,
                "when": one.when,
                "cites": [id for id in one.cites if id in room.case.items],
                "step": one.step,
            }
            yield "agreement.written", form, numbers[one.id]
        if one.other == actor and one.answer is not None:
            yield "agreement.answered", {"agreement": numbers[one.id], "answer": one.answer}, None


def _about_cards(room: Room, sheet: Sheet, numbers: dict[str, str]) -> Iterator[Answer]:
    for card in (item.id for item in room.case.core):
        if card in sheet.marks:
            yield "case.marked", {"card": card, "mark": sheet.marks[card]}, None
        if (example := sheet.examples.get(card)) is not None:
            yield "case.example", {"card": card, "text": example.text}, numbers[example.event]


def _asides(sheet: Sheet, others: list[str], *, spoken_for: bool) -> Iterator[Answer]:
    if sheet.evidence is not None and spoken_for:
        yield "evidence", {"of": list(sheet.evidence)}, None
    if sheet.wished:
        yield "wish", {"from": sheet.wish if sheet.wish in others else None}, None
    if sheet.checked:
        yield "checked", {}, None


def _rows(sheet: Sheet, others: list[str]) -> Iterator[Answer]:
    for other in others:
        if (told := sheet.told.get(other)) is not None:
            yield "told", {"to": other, "answer": told.answer, "expected": told.expected}, None
    for other in others:
        if (heard := sheet.heard.get(other)) is not None:
            known = heard.via is None or heard.via in WAYS or heard.via in others
            via = heard.via if known else "unknown"
            yield "heard", {"from": other, "answer": heard.answer, "via": via}, None
    for name in LISTS:
        if sheet.closed.get(name):
            yield "list.closed", {"list": name}, None


def _shown(room: Room) -> Iterator[tuple[str, dict[str, Any]]]:
    if room.sponsor is not None:
        yield "sponsor.chosen", {"actor": room.sponsor}
    if room.anonymous:
        yield "release.kept", keep(released(room))
    if room.picks:
        yield "findings.picked", {"findings": list(room.picks)}
    if room.map_shown:
        yield "map.shown", {"shown": True}
    if room.marks_shown:
        yield "marks.shown", {"shown": True}


def _followed(room: Room, numbers: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    known = {which: said for which, said in room.followed.items() if which[0] in numbers}
    for (id, days, asked), said in sorted(
        known.items(), key=lambda one: (one[0][1:], int(numbers[one[0][0]]))
    ):
        yield (
            "agreement.followed",
            {"agreement": numbers[id], "days": days, "asked": asked, "answer": said},
        )


def _led(room: Room, numbers: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in sorted(room.dropped):
        yield "block.dropped", {"block": block, "dropped": True}
    for id in (id for id in numbers if id in room.hidden):
        yield "agreement.hidden", {"agreement": numbers[id], "hidden": True}
    for one in (one for one in room.agreements if one.into is not None):
        yield "agreement.merged", {"agreement": numbers[one.id], "into": numbers[str(one.into)]}
    yield from _followed(room, numbers)
    for id in (id for id in numbers if id in room.examples):
        yield "example.shown", {"example": numbers[id], "shown": room.examples[id]}
    here = room.definition.by_id if room.definition else {}
    if lines := [list(pair) for pair in room.drawn if here.keys() >= set(pair)]:
        yield "map.drawn", {"lines": lines}
    yield from _shown(room)


def _ended(room: Room) -> Iterator[tuple[str, dict[str, Any]]]:
    if room.closed:  # before what is open: the end closes every act
        yield "workshop.closed", {}
    if room.act is not None:
        parts = room.program.parts_of(room.act)
        yield "act.opened", {"act": room.act, "part": room.part if room.part in parts else parts[0]}
    elif room.opened_at is not None:
        # Something was opened once, and nothing is now: that much a report needs, for its date.
        last = ACTS[-1]
        yield "act.opened", {"act": last, "part": room.program.parts_of(last)[0]}
        yield "act.closed", {"act": last}
