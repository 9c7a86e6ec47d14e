"""A workshop's events folded into what the room looks like now: pure and incremental.

Answers belong to the actor for which their participant joined. After a withdrawal everything is as if that participant
had never been there: the sheet of the team is folded again from what the others said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from workshopkit.case import load, model
from workshopkit.case.model import Case
from workshopkit.network.actors import Definition
from workshopkit.room import sheet as sheets
from workshopkit.room.agreements import Agreement
from workshopkit.room.program import LENGTHS, Program
from workshopkit.room.sheet import Sheet
from workshopkit.store.contract import Event

__all__ = ["Room", "fold"]

_EMPTY = Sheet()


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
    sentence
        Which of the moment's sentences the room reads, from 0 on.
    sponsor
        The place whose lines are shown before those of all; None where nobody goes first.
    walk_seq
        When the walk was opened: who walks to whom is settled by the answers of then, so that a correction made on the
        way sends nobody elsewhere. None until then, and again when the questions are opened once more.
    dropped
        The blocks that the facilitator dropped because time ran out.
    hidden
        Agreements that the facilitator took off the wall.
    examples
        By the event that told an example of the case, whether the facilitator lets the room see it.
    map_shown, marks_shown
        What is on the wall at the facilitator's word.
    drawn
        The lines that the facilitator or the learner drew before the reveal; they count nowhere on the map.
    timer
        ``{"seconds", "at"}`` of the running timer.
    seats
        By participant, the actor for which it joined; who withdrew is not in it.
    logs
        By actor, the answers of those who are still in, to fold again from.
    seq
        The newest event that is in here.
    """

    definition: Definition | None = None
    own_case: Case | None = None
    act: str | None = None
    part: str | None = None
    opened_at: float | None = None
    sentence: int = 0
    sponsor: str | None = None
    walk_seq: int | None = None
    dropped: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    examples: Mapping[str, bool] = field(default_factory=dict)
    map_shown: bool = False
    marks_shown: bool = False
    drawn: tuple[tuple[str, str], ...] = ()
    timer: Mapping[str, Any] | None = None
    closed: bool = False
    seats: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    logs: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    seq: int = 0

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

    def sheets_at(self, seq: int) -> dict[str, Sheet]:
        """Give the sheets as they were after an event, without what was withdrawn since."""
        return {
            actor: _folded((said for said in log if said.seq <= seq), actor)
            for actor, log in self.logs.items()
        }

    def phones(self, actor: str) -> int:
        """Count the participants that answer for an actor."""
        return sum(seat == actor for seat in self.seats.values())

    def evidence(self) -> dict[str, tuple[str, ...]]:
        """Give how those who speak for an audience know, for each of them that has begun to answer."""
        audiences = self.definition.audiences if self.definition else ()
        sheets = {one.id: self.sheets[one.id] for one in audiences if one.id in self.sheets}
        return {id: sheet.evidence or () for id, sheet in sheets.items() if any(sheet.closed.values())}

    def progress(self) -> tuple[int, int]:
        """Give the number of teams and how many of them are ready."""
        teams = self.definition.teams if self.definition else ()
        return len(teams), sum(self.sheet(team.id).ready for team in teams)

    def joined(self) -> int:
        """Count the teams that have a phone in the room."""
        taken = set(self.seats.values())
        return sum(team.id in taken for team in (self.definition.teams if self.definition else ()))

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Give all agreements, in the order of the teams, with what the other end said."""
        found = []
        for actor in self.definition.seats if self.definition else ():
            for one in self.sheet(actor.id).agreements.values():
                answer = self.sheet(one.other).accepts.get(one.id)
                found.append(replace(one, answer=answer, hidden=one.id in self.hidden))
        return tuple(found)

    def apply(self, event: Event) -> Room:
        """Give the room after an event."""
        return replace(_apply(self, event), seq=max(self.seq, event.seq))


def fold(events: Iterable[Event], room: Room | None = None) -> Room:
    """Fold events, in the order of their ``seq``, into a room."""
    room = room or Room()
    for event in events:
        room = room.apply(event)
    return room


def _apply(room: Room, event: Event) -> Room:
    rule = _RULES.get(event.kind)
    if rule is not None:
        return rule(room, event)
    return _answer(room, event) if sheets.is_answer(event.kind) else room


def _define(room: Room, event: Event) -> Room:
    own = event.payload.get("case")
    return replace(
        room, definition=Definition.read(event.payload), own_case=model.build(own) if own else None
    )


def _open_act(room: Room, event: Event) -> Room:
    act = event.payload["act"]
    part = event.payload.get("part") or room.program.parts_of(act)[0]
    again = (room.act, room.part) == (act, part)
    return replace(
        room,
        act=act,
        part=part,
        opened_at=room.opened_at if again else event.payload.get("at"),
        sentence=event.payload.get("sentence", 0),
        walk_seq=_walk_seq(room, act, part, event.seq),
    )


def _walk_seq(room: Room, act: str, part: str, seq: int) -> int | None:
    if act in {"prepare", "case", "lines"} or part in {"own", "guess"}:
        return None
    return seq if room.walk_seq is None and part == "walk" else room.walk_seq


def _close_act(room: Room, event: Event) -> Room:
    return replace(room, act=None, part=None, sentence=0) if room.act == event.payload["act"] else room


def _drop_block(room: Room, event: Event) -> Room:
    block = event.payload["block"]
    kept = room.dropped - {block}
    return replace(room, dropped=kept | {block} if event.payload["dropped"] else kept)


def _hide(room: Room, event: Event) -> Room:
    one = event.payload["agreement"]
    shown = room.hidden - {one}
    return replace(room, hidden=shown | {one} if event.payload["hidden"] else shown)


def _show_example(room: Room, event: Event) -> Room:
    return replace(room, examples={**room.examples, event.payload["example"]: event.payload["shown"]})


def _show_marks(room: Room, event: Event) -> Room:
    return replace(room, marks_shown=event.payload["shown"])


def _draw_map(room: Room, event: Event) -> Room:
    return replace(room, drawn=tuple((source, target) for source, target in event.payload["lines"]))


def _show_map(room: Room, event: Event) -> Room:
    return replace(room, map_shown=event.payload["shown"])


def _choose_sponsor(room: Room, event: Event) -> Room:
    return replace(room, sponsor=event.payload["actor"])


def _set_timer(room: Room, event: Event) -> Room:
    seconds, at = event.payload["seconds"], event.payload.get("at")
    return replace(room, timer=None if seconds is None else {"seconds": seconds, "at": at})


def _close(room: Room, _event: Event) -> Room:
    return replace(room, act=None, part=None, sentence=0, timer=None, closed=True)


def _join(room: Room, event: Event) -> Room:
    if event.participant in room.withdrawn:
        return room
    return replace(room, seats={**room.seats, event.participant: event.payload["actor"]})


def _answer(room: Room, event: Event) -> Room:
    actor = room.seats.get(event.participant)
    if actor is None:
        return room
    log = (*room.logs.get(actor, ()), event)
    sheet = sheets.apply(room.sheet(actor), event, actor)
    return replace(room, logs={**room.logs, actor: log}, sheets={**room.sheets, actor: sheet})


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
    return replace(room, seats=seats, logs=logs, sheets=folded, withdrawn=room.withdrawn | {participant})


def _folded(said: Iterable[Event], actor: str) -> Sheet:
    sheet = _EMPTY
    for event in said:
        sheet = sheets.apply(sheet, event, actor)
    return sheet


_RULES: Mapping[str, Callable[[Room, Event], Room]] = {
    "act.closed": _close_act,
    "act.opened": _open_act,
    "agreement.hidden": _hide,
    "block.dropped": _drop_block,
    "example.shown": _show_example,
    "joined": _join,
    "map.drawn": _draw_map,
    "map.shown": _show_map,
    "marks.shown": _show_marks,
    "sponsor.chosen": _choose_sponsor,
    "timer.set": _set_timer,
    "withdrawn": _withdraw,
    "workshop.closed": _close,
    "workshop.defined": _define,
}
