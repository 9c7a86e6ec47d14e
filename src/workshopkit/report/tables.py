"""The tables of the bundle, as text for a spreadsheet: UTF-8 with its mark, commas, a row an answer.

Rows stand in the order of the map, so nothing in them tells who answered first. A cell that a spreadsheet would take for
a formula gets a quote in front.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import TypeVar

from workshopkit.network.actors import Actor, Definition
from workshopkit.network.claims import Heard, Told
from workshopkit.network.files import csvs
from workshopkit.network.files.tables import Tables
from workshopkit.room.agreements import TEXTS
from workshopkit.room.events import MARKS
from workshopkit.room.fold import Room
from workshopkit.room.release import released

__all__ = ["actors", "agreements", "both", "lines", "mark_counts", "marks", "shares", "told"]

_LINES = ("source", "target", "perspective", "arrives", "via", "expected")
_ACTORS = ("actor", "label", "group", "kind", "voice")
_AGREEMENTS = ("line_from", "line_to", "written_by", "with", *TEXTS, "when", "answer", "cites", "step")


def both(room: Room) -> Tables:
    """Give what both sides of every line say, and the places, to write them into a file of any kind.

    In anonymous mode it is a plain list of the lines that arrive, as far as that may be told.
    """
    here = _here(room)
    if room.anonymous:
        lived = [line for line in released(room).lines if line.lived]
        return Tables.of(
            _shuffled({"source": line.source, "target": line.target} for line in lived),
            (dict(zip(_ACTORS, row, strict=True)) for row in _places(here)),
        )
    return Tables.of(
        (dict(zip(_LINES, row, strict=True)) for actor in here.seats for row in _said(room, actor)),
        (dict(zip(_ACTORS, row, strict=True)) for row in _places(here)),
        sided=True,
    )


def lines(room: Room) -> bytes:
    """Give what both sides of every line say: a row for each answer.

    A list that is still open counts for nothing on the map, and is left out. A closed list on which nobody was named has
    a row with ``no`` for everybody, so that whoever reads it sees that it was closed.
    """
    return csvs.text(_LINES, (row for actor in _here(room).seats for row in _said(room, actor)))


def told(room: Room) -> bytes:
    """Give in anonymous mode what each side of every line says together, roughly, and of how many nothing.

    A row for each side of which something may be told, in no order.
    """
    lines = released(room).lines
    rows = [
        (line.source, line.target, name, side.verdict, f"{side.strength:g}")
        for line in lines.every()
        for name, side in (("sender", line.told), ("receiver", line.heard))
        if side.strength is not None
    ]
    return csvs.text(("source", "target", "perspective", "together", "strength"), _shuffled(rows))


def shares(room: Room, lang: str) -> bytes:
    """Give in anonymous mode for each card which share of all said what, in five steps; empty where it is hidden."""
    known = released(room).marks
    cards = [card for card in room.case.core if card.id in known]
    return csvs.text(
        ("card", "title", *MARKS),
        (
            (card.id, card.title[lang], *(f"{total[mark]:g}" if total else "" for mark in MARKS))
            for card in cards
            for total in (known[card.id].total,)
        ),
    )


def actors(definition: Definition) -> bytes:
    """Give the places on the map."""
    return csvs.text(_ACTORS, _places(definition))


def agreements(room: Room) -> bytes:
    """Give the agreements, without those that the facilitator took off the wall."""
    labels = {actor.id: actor.label for actor in _here(room).actors}

    def label(id: str) -> str:
        return labels.get(id, id)

    return csvs.text(
        _AGREEMENTS,
        (
            (
                *map(label, (*one.line, one.writer, one.other)),
                *(one.texts[name] for name in TEXTS),
                one.when,
                one.answer or "",
                ";".join(one.cites),
                one.step or "",
            )
            for one in room.agreements
            if not one.hidden
        ),
    )


def marks(room: Room, lang: str) -> bytes:
    """Give for each card of the case how many teams said that it is theirs."""
    return csvs.text(
        ("card", "title", *MARKS),
        ((card.id, card.title[lang], *mark_counts(room, card.id).values()) for card in room.case.core),
    )


def mark_counts(room: Room, card: str) -> dict[str, int]:
    """Count the marks on a card."""
    given = [room.sheet(seat.id).marks.get(card) for seat in _here(room).seats]
    return {mark: given.count(mark) for mark in MARKS}


Row = TypeVar("Row")


def _shuffled(rows: Iterable[Row]) -> list[Row]:
    """Put rows in an order that tells nothing."""
    found = list(rows)
    secrets.SystemRandom().shuffle(found)
    return found


def _here(room: Room) -> Definition:
    assert room.definition is not None  # noqa: S101 - a workshop is stored with its definition
    return room.definition


def _places(definition: Definition) -> Iterator[tuple[str, ...]]:
    group = {domain.id: domain.label for domain in definition.domains}
    for one in definition.actors:
        yield one.id, one.label, group.get(one.domain or "", ""), one.kind, one.voice


def _said(room: Room, actor: Actor) -> Iterator[tuple[str, ...]]:
    sheet, others = room.sheet(actor.id), [one.id for one in _here(room).actors if one.id != actor.id]
    if sheet.closed["told"]:
        told = {other: sheet.told[other] for other in others if other in sheet.told}
        for other, row in (told or dict.fromkeys(others, Told("no"))).items():
            yield actor.id, other, "sender", row.answer, "", row.expected or ""
    if sheet.closed["heard"]:
        heard = {other: sheet.heard[other] for other in others if other in sheet.heard}
        for other, came in (heard or dict.fromkeys(others, Heard("no"))).items():
            via = came.answer == "via"
            yield (
                other,
                actor.id,
                "receiver",
                "" if via else came.answer,
                (came.via or "unknown") if via else "",
                "",
            )
