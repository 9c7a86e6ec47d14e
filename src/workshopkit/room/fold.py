"""A workshop's events folded into what the room looks like now: pure and incremental.

Answers belong to the actor for which their participant joined. After a withdrawal everything is as if that participant
had never been there: the sheet of the team is folded again from what the others said.

In anonymous mode everybody has a sheet alone, and only agreements, which a group makes in the open, are those of the
actor. Who asks for the sheet of an actor then finds no answers on it: what may be told of them is in
`workshopkit.room.release` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workshopkit.case import load
from workshopkit.case.model import Case
from workshopkit.network.actors import Definition
from workshopkit.room import relay as relays
from workshopkit.room import sheet as sheets
from workshopkit.room.agreements import Agreement
from workshopkit.room.closing import closed_by
from workshopkit.room.led import LED
from workshopkit.room.mending_rules import PLAYING as MENDING
from workshopkit.room.phoneless import IMPORTED, TYPED, prefix
from workshopkit.room.program import LENGTHS, Program
from workshopkit.room.sheet import Sheet
from workshopkit.store.contract import Event

if TYPE_CHECKING:
    from workshopkit.room.mending import Mending

__all__ = ["Room", "fold"]

_EMPTY = Sheet()
_IN_THE_OPEN = frozenset({"agreement.answered", "agreement.dropped", "agreement.written"})


@dataclass(frozen=True)
class Room:
    """The state of a workshop.

    Parameters
    ----------
    definition
        None until the workshop is defined.
    own_case
        The case that the workshop brings; None for the one that the kit has.
    act, part, opened_at
        What the facilitator opened, and when, by the server's clock.
    openings
        What the facilitator opened since the start and when, in order: act, part, time.
    left
        The act and part that were open when the facilitator closed them; None while something is.
    called
        The event with which the facilitator called everybody to what is open; None until then.
    locked
        Whether nobody new gets in.
    sentence
        Which of the moment's sentences the room reads, from 0 on.
    sponsor
        The place whose lines are shown before those of all; None where nobody goes first.
    picks
        The findings that the facilitator picked for what follows; see `picks`.
    walk_seq
        When the walk was opened: who walks to whom is settled by the answers of then, so that a correction made on the
        way sends nobody elsewhere. None until then, and again when the questions are opened once more.
    dropped
        The blocks that the facilitator dropped because time ran out.
    hidden
        Agreements that the facilitator took off the wall.
    merged
        Agreements that say the same as another one, with that other: the wall shows them as one.
    followed
        What came back after the workshop: by agreement, days and what was asked, the answer; see `followup`.
    notes
        What the facilitator noted, by moment; nobody else reads it.
    examples
        By the event that told an example of the case, whether the facilitator lets the room see it.
    imports
        By batch of answers out of a file, what it was called and how many answers there are; see `imported`.
    map_shown, marks_shown
        What is on the wall at the facilitator's word.
    drawn
        The lines that the facilitator or the learner drew before the reveal; they count nowhere on the map.
    relay
        The ride of a message that was started last; None before the first.
    mending
        What was done in the break-through; None before it is opened.
    timer
        ``{"seconds", "at"}`` of the running timer.
    late
        Who joined when the room was past the beginning, with the act and part of then, and its event.
    seats
        By participant, the actor for which it joined; who withdrew is not in it.
    logs
        By actor, the answers of those who are still in, to fold again from.
    alone, alone_logs
        In anonymous mode, by participant, its sheet and its answers; empty in team mode.
    closings
        In anonymous mode, by what was asked (see `workshopkit.room.closing`), the events with which it was closed.
    kept
        In anonymous mode, the released table that a restored workshop came with (see `workshopkit.room.kept`).
    seq
        The newest event that is in here.
    """

    definition: Definition | None = None
    own_case: Case | None = None
    act: str | None = None
    part: str | None = None
    opened_at: float | None = None
    openings: tuple[tuple[str, str, float | None], ...] = ()
    left: tuple[str, str] | None = None
    called: int | None = None
    locked: bool = False
    sentence: int = 0
    sponsor: str | None = None
    picks: tuple[str, ...] = ()
    walk_seq: int | None = None
    dropped: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    merged: Mapping[str, str] = field(default_factory=dict)
    followed: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    notes: Mapping[tuple[str | None, str | None], str] = field(default_factory=dict)
    examples: Mapping[str, bool] = field(default_factory=dict)
    imports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    map_shown: bool = False
    marks_shown: bool = False
    drawn: tuple[tuple[str, str], ...] = ()
    relay: relays.Started | None = None
    mending: Mending | None = None
    timer: Mapping[str, Any] | None = None
    closed: bool = False
    late: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    logs: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    alone: Mapping[str, Sheet] = field(default_factory=dict)
    alone_logs: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    closings: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    kept: Mapping[str, Any] | None = None
    seq: int = 0

    @property
    def anonymous(self) -> bool:
        """Tell whether everybody answers alone."""
        return self.definition is not None and self.definition.anonymous

    @property
    def case(self) -> Case:
        """Give the case that is read."""
        return self.own_case or load.default()

    @cached_property
    def program(self) -> Program:
        """Give the afternoon as it is planned now."""
        length = self.definition.length if self.definition else LENGTHS[0]
        cards = tuple(item.id for item in self.case.core)
        return Program(length, cards, self.case.few, self.dropped, self.sponsor is not None)

    def sheet(self, actor: str) -> Sheet:
        """Give an actor's sheet, empty if nothing was answered."""
        return self.sheets.get(actor, _EMPTY)

    def own_sheet(self, participant: str, actor: str) -> Sheet:
        """Give what somebody sees as its own: the sheet of its team, or in anonymous mode its own and what all agreed."""
        if not self.anonymous:
            return self.sheet(actor)
        shared = self.sheet(actor)
        return replace(
            self.alone.get(participant, _EMPTY), agreements=shared.agreements, accepts=shared.accepts
        )

    def alone_at(self, seq: int) -> dict[str, Sheet]:
        """Give the sheets of single respondents as they were after an event, without what was withdrawn since."""
        return {
            who: _folded((said for said in log if said.seq <= seq), "")
            for who, log in self.alone_logs.items()
        }

    def sheets_at(self, seq: int) -> dict[str, Sheet]:
        """Give the sheets as they were after an event, without what was withdrawn since."""
        return {
            actor: _folded((said for said in log if said.seq <= seq), actor)
            for actor, log in self.logs.items()
        }

    def phones(self, actor: str) -> int:
        """Count the participants that answer for an actor with a phone."""
        return sum(seat == actor and not prefix(who) for who, seat in self.seats.items())

    def imported(self, actor: str) -> bool:
        """Tell whether answers of an actor come out of a file."""
        return any(seat == actor and prefix(who) == IMPORTED for who, seat in self.seats.items())

    def typed(self, actor: str) -> bool:
        """Tell whether answers of an actor were typed in from a card."""
        return any(seat == actor and prefix(who) == TYPED for who, seat in self.seats.items())

    def evidence(self) -> dict[str, tuple[str, ...]]:
        """Give how those who speak for an audience know, for each of them that has begun to answer."""
        audiences = self.definition.audiences if self.definition else ()
        sheets = {one.id: self.sheets[one.id] for one in audiences if one.id in self.sheets}
        return {id: sheet.evidence or () for id, sheet in sheets.items() if any(sheet.closed.values())}

    def progress(self) -> tuple[int, int]:
        """Give the number of teams and how many of them are ready; in anonymous mode of phones."""
        if self.anonymous:
            phones = [who for who in self.seats if not prefix(who)]
            return len(phones), sum(self.alone[who].ready for who in phones if who in self.alone)
        teams = self.definition.teams if self.definition else ()
        return len(teams), sum(self.sheet(team.id).ready for team in teams)

    def joined(self) -> int:
        """Count the teams that have a phone in the room; in anonymous mode the phones."""
        taken = {who: seat for who, seat in self.seats.items() if not prefix(who)}
        if self.anonymous:
            return len(taken)
        return sum(team.id in taken.values() for team in (self.definition.teams if self.definition else ()))

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Give all agreements, in the order of the teams, with what the other end said."""
        found = []
        for actor in self.definition.seats if self.definition else ():
            for one in self.sheet(actor.id).agreements.values():
                answer = self.sheet(one.other).accepts.get(one.id)
                found.append(replace(one, answer=answer, hidden=one.id in self.hidden))
        there = {one.id for one in found}
        return tuple(replace(one, into=self._into(one.id, there)) for one in found)

    def _into(self, one: str, there: Collection[str]) -> str | None:
        """Give the agreement with which one is shown; None where it stands on its own, or that other was dropped."""
        into = self.merged.get(one)
        while into is not None and into in self.merged:
            into = self.merged[into]
        return into if into in there else None

    def apply(self, event: Event) -> Room:
        """Give the room after an event."""
        return replace(_apply(self, event), seq=max(self.seq, event.seq))


def fold(events: Iterable[Event], room: Room | None = None) -> Room:
    """Fold events, in the order of their ``seq``, into a room.

    Answers that follow each other change nothing but sheets, so they are folded seat by seat, and each log grows once:
    a long afternoon costs what its events cost, not their square.
    """
    room = room or Room()
    for answers, run in groupby(events, _is_answer):
        if answers:
            room = _answered(room, run)
        else:
            for event in run:
                room = room.apply(event)
    return room


def _apply(room: Room, event: Event) -> Room:
    rule = _RULES.get(event.kind)
    if rule is None:
        return _answered(room, (event,)) if _is_answer(event) else room
    after = rule(room, event)
    closed = closed_by(room.act, room.part, event, room.case) if room.anonymous else ()
    if not closed:
        return after
    seqs = {name: (*after.closings.get(name, ()), event.seq) for name in closed}
    return replace(after, closings={**after.closings, **seqs})


def _is_answer(event: Event) -> bool:
    return event.kind not in _RULES and sheets.is_answer(event.kind)


def _join(room: Room, event: Event) -> Room:
    if event.participant in room.withdrawn:
        return room
    who, late = event.participant, room.late
    if who not in room.seats and not prefix(who) and room.act not in {None, "prepare"}:
        late = {**late, who: (str(room.act), room.part or "", event.seq)}
    return replace(room, seats={**room.seats, who: event.payload["actor"]}, late=late)


def _play_relay(room: Room, event: Event) -> Room:
    seat = room.seats.get(event.participant)
    if room.relay is None or seat is None:
        return room
    return replace(room, relay=relays.note(room.relay, event, seat))


def _mend(room: Room, event: Event) -> Room:
    seat = room.seats.get(event.participant)
    if room.mending is None or seat is None:
        return room
    # A phone that has not come to this act does not pay for it.
    from workshopkit.room import mending as mend

    return replace(room, mending=mend.note(room.mending, event, seat))


def _answered(room: Room, events: Iterable[Event]) -> Room:
    """Give the room after answers that follow each other, between which nobody joins or withdraws."""
    shared: dict[str, list[Event]] = {}
    alone: dict[str, list[Event]] = {}
    seq = room.seq
    for event in events:
        seq = max(seq, event.seq)
        who = event.participant
        actor = room.seats.get(who)
        if actor is None:
            continue
        if not room.anonymous or event.kind in _IN_THE_OPEN:
            shared.setdefault(actor, []).append(event)
        elif not prefix(who):  # a file or a stack of cards is not one person
            alone.setdefault(who, []).append(event)
    return replace(
        room,
        seq=seq,
        logs={**room.logs, **_longer(room.logs, shared)},
        sheets={
            **room.sheets,
            **{actor: _folded(said, actor, room.sheet(actor)) for actor, said in shared.items()},
        },
        alone_logs={**room.alone_logs, **_longer(room.alone_logs, alone)},
        alone={
            **room.alone,
            **{who: _folded(said, "", room.alone.get(who, _EMPTY)) for who, said in alone.items()},
        },
    )


def _longer(
    logs: Mapping[str, tuple[Event, ...]], said: Mapping[str, list[Event]]
) -> dict[str, tuple[Event, ...]]:
    return {whose: (*logs.get(whose, ()), *more) for whose, more in said.items()}


def _withdraw(room: Room, event: Event) -> Room:
    participant = event.participant
    seats = {who: actor for who, actor in room.seats.items() if who != participant}
    logs, folded = dict(room.logs), dict(room.sheets)
    for actor, log in room.logs.items():
        kept = tuple(said for said in log if said.participant != participant)
        if len(kept) == len(log):
            continue
        logs.pop(actor)
        folded.pop(actor)
        if kept:
            logs[actor] = kept
            folded[actor] = _folded(kept, actor)
    return replace(
        room,
        seats=seats,
        logs=logs,
        sheets=folded,
        alone={who: sheet for who, sheet in room.alone.items() if who != participant},
        alone_logs={who: log for who, log in room.alone_logs.items() if who != participant},
        withdrawn=room.withdrawn | {participant},
        relay=relays.without(room.relay, participant),
        mending=_mending_without(room, participant),
    )


def _mending_without(room: Room, participant: str) -> Mending | None:
    if room.mending is None:
        return None
    from workshopkit.room import mending as mend

    return mend.without(room.mending, participant)


def _folded(said: Iterable[Event], actor: str, sheet: Sheet = _EMPTY) -> Sheet:
    for event in said:
        sheet = sheets.apply(sheet, event, actor)
    return sheet


_RULES: Mapping[str, Callable[[Room, Event], Room]] = {
    **LED,
    **dict.fromkeys(sorted(relays.KINDS), _play_relay),
    **dict.fromkeys(sorted(MENDING), _mend),
    "joined": _join,
    "withdrawn": _withdraw,
}
