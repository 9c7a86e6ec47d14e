"""Answers that were given before the workshop, as the statements of their teams.

What a file says of a team is said here by one participant for that team, whose name tells that nobody held a phone. A
*batch* is what was read in one go: its participants withdraw together, and then everything is as if it had never been
there. The same answers make the same batch, so that sending them twice stores them once.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Claim, heard_side, told_side
from workshopkit.network.lines import Statements
from workshopkit.room.events import WAYS, validate
from workshopkit.room.phoneless import IMPORTED, prefix
from workshopkit.store.contract import NewEvent

if TYPE_CHECKING:
    from workshopkit.room.fold import Room

__all__ = ["Said", "answers", "batch", "batches", "events", "undone"]

_FACILITATOR = "facilitator"
_DIGITS = 12
_NO = Claim("no")
Answer = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """What a file says, in the answers of a phone.

    Parameters
    ----------
    by_seat
        By place that answers, what it says.
    divided
        The pairs (who answers, about whom) of which as many respondents of one place say yes as no: not among the answers.
    """

    by_seat: Mapping[str, tuple[Answer, ...]]
    divided: tuple[tuple[str, str], ...] = ()


def answers(definition: Definition, said: Statements) -> Said:
    """Give what the respondents of every place say together; one place has one sheet, so the majority counts.

    Parameters
    ----------
    definition
        The workshop's; who has no voice in it answers nothing.
    said
        What the rows say, with the places called by their ids.
    """
    found: dict[str, tuple[Answer, ...]] = {}
    divided: list[tuple[str, str]] = []
    for seat in (one.id for one in definition.seats):
        own: list[Answer] = []
        for other in (one.id for one in definition.actors if one.id != seat):
            own += _told(said, seat, other, divided)
        for other in (one.id for one in definition.actors if one.id != seat):
            own += _heard(definition, said, seat, other, divided)
        spoken = (("told", said.sent), ("heard", said.received))
        own += [("list.closed", {"list": name}) for name, who in spoken if who.get(seat)]
        if own:
            found[seat] = tuple(own)
    return Said(found, tuple(divided))


def _told(said: Statements, seat: str, other: str, divided: list[tuple[str, str]]) -> Iterable[Answer]:
    claims = said.told.get((seat, other), {})
    verdict = told_side([claims.get(who, _NO).answer for who in said.sent.get(seat, ())]).verdict
    if verdict == "divided":
        divided.append((seat, other))
    elif verdict == "yes":
        yield "told", {"to": other, "answer": "yes", "expected": None}


def _heard(
    definition: Definition, said: Statements, seat: str, other: str, divided: list[tuple[str, str]]
) -> Iterable[Answer]:
    by = said.heard.get((other, seat), {})
    claims = [by.get(who, _NO) for who in said.received.get(seat, ())]
    verdict = heard_side(claims).verdict
    if verdict == "divided":
        divided.append((seat, other))
    elif verdict == "yes":
        times = Counter(claim.answer for claim in claims)
        answer = "yes" if times["yes"] >= times["partly"] else "partly"
        yield "heard", {"from": other, "answer": answer, "via": None}
    elif verdict == "via":
        ways = Counter(claim.via[-1] for claim in claims if claim.via)
        way = min(ways, key=lambda way: (-ways[way], way))
        known = way in WAYS or (way in definition.by_id and way not in {seat, other})
        yield "heard", {"from": other, "answer": "via", "via": way if known else "unknown"}


def batch(workshop: str, by_seat: Mapping[str, Sequence[Answer]], withdrawn: Iterable[str]) -> str:
    """Give the number of a batch: of the same answers the same, until they were taken back."""
    said = json.dumps([workshop, {seat: list(own) for seat, own in by_seat.items()}], sort_keys=True)
    digest = hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]
    before = {_batch_of(who) for who in withdrawn if who.startswith(f"{IMPORTED}{digest}")}
    return f"{digest}x{len(before)}"


def events(
    workshop: str, definition: Definition, number: str, file: str, by_seat: Mapping[str, Sequence[Answer]]
) -> list[NewEvent]:
    """Give the events of a batch, each answer checked as that of a phone is.

    Parameters
    ----------
    workshop, definition
        Where it is read in.
    number
        Of the batch.
    file
        What the file was called, for the facilitator to know it by.
    by_seat
        By place, what it says.
    """
    told = {
        "batch": number,
        "file": file,
        "lines": sum(kind != "list.closed" for own in by_seat.values() for kind, _ in own),
    }
    made = [_event(workshop, f"{number}-0", _FACILITATOR, "lines.imported", validate("lines.imported", told, definition, "facilitator", None))]  # fmt: skip
    for place, (seat, own) in enumerate(by_seat.items(), start=1):
        for kind, payload in (("joined", {"actor": seat}), *own):
            found = validate(kind, payload, definition, "participant", seat)
            who = f"{IMPORTED}{number}-{place}"
            made.append(_event(workshop, f"{number}-{len(made)}", who, kind, found))
    return made


def batches(room: Room) -> list[dict[str, Any]]:
    """List the batches that are still in, the newest last: which file, of how many places, how many answers."""
    seats = Counter(_batch_of(who) for who in room.seats if prefix(who) == IMPORTED)
    return [
        {"batch": number, "file": one["file"], "lines": one["lines"], "seats": seats[number]}
        for number, one in room.imports.items()
        if seats[number]
    ]


def undone(workshop: str, number: str, seats: Iterable[str]) -> list[NewEvent]:
    """Give the events that take a batch back.

    Parameters
    ----------
    workshop
        Where it was read in.
    number
        Of the batch.
    seats
        The participants that are in.
    """
    own = [who for who in seats if prefix(who) == IMPORTED and _batch_of(who) == number]
    return [
        _event(workshop, f"{number}-back-{who.rpartition('-')[2]}", who, "withdrawn", {})
        for who in sorted(own)
    ]


def _batch_of(participant: str) -> str:
    return participant.removeprefix(IMPORTED).rpartition("-")[0]


def _event(workshop: str, id: str, who: str, kind: str, payload: dict[str, Any]) -> NewEvent:
    return NewEvent(id=id, workshop=workshop, participant=who, act=None, kind=kind, payload=payload)
