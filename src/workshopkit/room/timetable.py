"""The afternoon by the clock: when each part began, and when those to come begin, worked out anew from where the room is.

A part that takes longer moves all that follow; what is planned as slack takes that up first. Nothing is stored of it: it
follows from when the facilitator opened what, and from now.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshopkit.room.fold import Room
from workshopkit.room.program import BLOCKS, Block

__all__ = ["Row", "Timetable", "block_of", "timetable"]

MINUTE = 60
SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the plan.

    Parameters
    ----------
    block
        Which one.
    begins
        When it began or, as things are, begins; None for one that was passed over.
    minutes
        How long it is to take; of the slack what is left.
    over, now
        Whether the room is past it, and whether it is there.
    past
        The minutes that it has run over its time.
    """

    block: Block
    begins: float | None
    minutes: int
    over: bool = False
    now: bool = False
    past: int = 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """The plan by the clock.

    Parameters
    ----------
    rows
        The parts, in order.
    begun
        Whether the afternoon has begun.
    end
        When the last part ends, as things are.
    spare
        The minutes that are left of what was planned; below 0 those that it takes longer.
    """

    rows: tuple[Row, ...]
    begun: bool
    end: float
    spare: int


def block_of(act: str | None, part: str | None) -> str | None:
    """Give the part of the plan to which a moment belongs."""
    if act == "case":  # its parts are those of whichever case is read
        return "case"
    return next((block.id for block in BLOCKS if block.act == act and part in block.parts), None)


def timetable(room: Room, now: float) -> Timetable:
    """Work out the plan.

    Parameters
    ----------
    room
        With what was opened when.
    now
        Seconds since the epoch; whole minutes count.
    """
    now -= now % MINUTE
    program = room.program
    first, began = _began(room)
    act, part = (room.act, room.part) if room.act is not None else room.left or (None, None)
    current = block_of(act, part)
    order = [block.id for block in BLOCKS]
    here = order.index(current) if current else -1
    rows: list[Row] = []
    cursor = now
    for block in program.blocks:
        minutes, place = block.minutes[program.length], order.index(block.id)
        if block.id == SLACK:
            continue
        if place < here:
            rows.append(Row(block, began.get(block.id), minutes, over=True))
        elif place == here:
            start = began.get(block.id, now)
            start -= start % MINUTE
            cursor = max(now, start + minutes * MINUTE)
            past = max(0, int((now - start) // MINUTE) - minutes)
            rows.append(Row(block, start, minutes, now=True, past=past))
        else:
            rows.append(Row(block, cursor, minutes))
            cursor += minutes * MINUTE
    planned = sum(block.minutes.get(program.length, 0) for block in BLOCKS) * MINUTE
    spare = int(((now if first is None else first - first % MINUTE) + planned - cursor) // MINUTE)
    rows += [Row(block, cursor, max(0, spare)) for block in program.blocks if block.id == SLACK]
    return Timetable(tuple(rows), first is not None, cursor, spare)


def _began(room: Room) -> tuple[float | None, dict[str, float]]:
    """Give when the afternoon began, and each part of it; what the room goes back to begins again."""
    first = room.program.moments[0]
    start: float | None = None
    began: dict[str, float] = {}
    before = None
    for act, part, at in room.openings:
        block = block_of(act, part)
        if (act, part) == (first.act, first.part):
            start, began = None, {}
        if at is not None and block is not None:
            start = at if start is None else start
            if block != before or block not in began:
                began[block] = at
        before = block
    return start, began
