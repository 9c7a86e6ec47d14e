"""The answers of a team that has no phone: read from a printed card, and typed in by a helper.

A *paper* is what the cards of one seat say. What a helper types is laid beside what the seat has said so far, and only
what differs becomes an event, of the kinds that a phone would have sent: typing the same card twice stores it once. It is
a participant of its own that says so, one a seat, whose name tells that nobody held a phone; it can be taken back as a whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshopkit.room.events import validate
from workshopkit.room.fold import Room
from workshopkit.room.phoneless import TYPED, prefix
from workshopkit.room.sheet import LISTS, Sheet

__all__ = ["Paper", "changes", "check", "participant"]

Said = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Paper:
    """What the cards of one seat say.

    Parameters
    ----------
    told
        By actor that was told, ``"yes"``, or ``"doubt"`` where it is doubted that it arrived.
    heard
        By actor, ``"yes"``, ``"partly"`` or ``"via"``.
    via
        By actor that was heard via another, the way, where it is known.
    closed
        The lists of which the team said that this is everyone.
    wish
        From whom it would have liked to hear directly.
    evidence
        How those who speak for an audience know.
    marks, examples
        By card of the case, whether the team recognises it, and its own example.
    guess
        Of every ten lines, how many run straight.
    walked
        How the walk ended.
    accepts
        By agreement of another team with this one, what it says.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    heard: Mapping[str, str] = field(default_factory=dict)
    via: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    wish: str | None = None
    evidence: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    guess: int | None = None
    walked: str | None = None
    accepts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> Paper:
        """Give what a seat has said so far, as its cards would say it."""
        return cls(
            told={id: "doubt" if row.expected == "doubt" else "yes" for id, row in sheet.told.items()},
            heard={id: row.answer for id, row in sheet.heard.items()},
            via={id: row.via for id, row in sheet.heard.items() if row.answer == "via" and row.via},
            closed=frozenset(name for name in LISTS if sheet.closed[name]),
            wish=sheet.wish,
            evidence=frozenset(sheet.evidence or ()),
            marks=sheet.marks,
            examples={card: example.text for card, example in sheet.examples.items() if example.text},
            guess=sheet.guess,
            walked=sheet.walked,
            accepts=sheet.accepts,
        )


def participant(actor: str, seats: Mapping[str, str], withdrawn: Collection[str]) -> str:
    """Give the name under which the cards of a seat speak; a new one after they were taken back.

    Examples
    --------
    >>> participant("balie", {}, {"paper-0-balie"})
    'paper-1-balie'
    >>> participant("balie", {"paper-1f2e3d": "balie"}, ())
    'paper-1f2e3d'
    """
    named = (who for who, seat in seats.items() if seat == actor and prefix(who) == TYPED)
    fresh = (f"{TYPED}{number}-{actor}" for number in itertools.count())
    return next(named, None) or next(who for who in fresh if who not in withdrawn)


def changes(before: Paper, after: Paper) -> Iterator[Said]:
    """Give what a phone would have sent to come from one paper to another, in order.

    A guess, a mark and an answer that stand can be changed and not be taken back, as on a phone.

    Examples
    --------
    >>> list(changes(Paper(), Paper(told={"balie": "yes"}, closed=frozenset({"told"}))))  # doctest: +NORMALIZE_WHITESPACE
    [('told', {'to': 'balie', 'answer': 'yes', 'expected': 'yes'}), ('list.closed', {'list': 'told'})]
    """
    yield from _lines(before, after)
    for card, mark in after.marks.items():
        if before.marks.get(card) != mark:
            yield "case.marked", {"card": card, "mark": mark}
    for card in dict.fromkeys((*before.examples, *after.examples)):
        text = " ".join(after.examples.get(card, "").split())
        if before.examples.get(card, "") != text:
            yield "case.example", {"card": card, "text": text}
    if after.guess is not None and after.guess != before.guess:
        yield "guessed", {"tenths": after.guess}
    if after.walked is not None and after.walked != before.walked:
        yield "walked", {"answer": after.walked}
    for agreement, answer in after.accepts.items():
        if before.accepts.get(agreement) != answer:
            yield "agreement.answered", {"agreement": agreement, "answer": answer}


def _lines(before: Paper, after: Paper) -> Iterator[Said]:
    said = [*_told(before, after), *_heard(before, after)]
    said += [
        ("list.closed" if name in after.closed else "list.reopened", {"list": name})
        for name in LISTS
        if (name in after.closed) != (name in before.closed)
    ]
    if after.evidence != before.evidence:
        said.append(("evidence", {"of": sorted(after.evidence)}))
    if after.wish != before.wish:
        said.append(("wish", {"from": after.wish}))
    yield from said
    if said and after.closed.issuperset(LISTS):
        yield "checked", {}


def _told(before: Paper, after: Paper) -> Iterator[Said]:
    for actor in dict.fromkeys((*before.told, *after.told)):
        expected = after.told.get(actor)
        if expected != before.told.get(actor):
            yield "told", {"to": actor, "answer": "yes" if expected else "no", "expected": expected}


def _heard(before: Paper, after: Paper) -> Iterator[Said]:
    for actor in dict.fromkeys((*before.heard, *after.heard)):
        answer, via = after.heard.get(actor, "no"), after.via.get(actor)
        if (answer, via) != (before.heard.get(actor, "no"), before.via.get(actor)):
            yield "heard", {"from": actor, "answer": answer, "via": via if answer == "via" else None}


def check(said: Said, room: Room, actor: str) -> Said:
    """Check one thing that a paper says, as if the seat's own phone had sent it.

    Raises
    ------
    RefusedEvent
        With a sentence for who types.
    """
    kind, payload = said
    return kind, validate(kind, payload, room.definition, "participant", actor, case=room.case)
